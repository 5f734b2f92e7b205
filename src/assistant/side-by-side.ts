import { randomUUID } from 'node:crypto';
import { InputError } from '../errors.js';
import type { Policy } from '../knowledge/index.js';
import { emptyConversation, normalise } from '../understanding/index.js';
import { compare, type Row } from './comparison.js';
import { comparedBlocks } from './compose/compared.js';
import { focusOf } from './conversation.js';
import { Evidence } from './evidence.js';
import { renderText } from './text.js';
import type { Kit } from './turn.js';
import type { Answer } from './types.js';

/** Share of a name that an entry must speak of for its topic to be meant. */
const NAMED = 0.5;

/** What is put side by side. */
export interface SideBySide {
  /** Ids of matters with commas between (facts, topics, titles), or words for them. */
  about: string;
  policies: readonly Policy[];
  asOf: string;
}

/**
 * What documents say on some matters, as a table with its citations.
 * @throws InputError when the words name no matter
 */
export function sideBySide(kit: Kit, { about, policies, asOf }: SideBySide): Answer {
  const { world } = kit;
  const evidence = new Evidence();
  const made = compare(world, policies, rowsOf(kit, about, asOf), asOf);
  const blocks = comparedBlocks(world, evidence, made, asOf);
  const name = (id: string): string => {
    const { docNumber, title } = world.library.policy(id)!.meta;
    return docNumber ?? title;
  };
  return {
    id: randomUUID(),
    question: about,
    asOf,
    intent: 'comparison',
    mode: 'offline',
    answered: true,
    text: renderText(blocks, evidence.citations, world.wording, name),
    blocks,
    facts: {},
    verdicts: [],
    citations: evidence.citations,
    next: null,
    suggestions: [],
  };
}

function rowsOf(kit: Kit, about: string, asOf: string): Row[] {
  const rows = about
    .split(/[,，、]/)
    .filter((part) => part.trim() !== '')
    .flatMap((part) => rowsNamed(kit, part.trim(), asOf));
  if (rows.length > 0) return [...new Set(rows)];
  throw new InputError(
    `没有可以对照的事项 ${JSON.stringify(about.slice(0, 60))}`,
    '事项的词或编号，如“研发投入”“奖励”“流程”',
  );
}

/** The matters that one name stands for: an id or a title, the facts it names, a general view, or the topic that it asks for. */
function rowsNamed(kit: Kit, part: string, asOf: string): Row[] {
  const { comparison, reader } = kit.world;
  const own = comparison.row(part);
  if (own) return [own];
  const text = normalise(part);
  const { asked } = reader.read(text, emptyConversation(), asOf, focusOf(kit.world));
  if (asked.length > 0) return comparison.rowsOf(asked);
  const view = comparison.view(kit.content(text));
  if (view) return view;
  const best = kit.cardsFor(text, 1)[0];
  const topic = best?.card.kind === 'entry' && best.coverage >= NAMED ? best.card.entry.topic : null;
  const row = topic === null ? null : comparison.row(topic);
  return row ? [row] : [];
}
