import type { Understanding } from '../understanding/index.js';
import type { Question } from './asking/parts.js';
import { Evidence } from './evidence.js';
import type { Draft, Kit, Turn } from './turn.js';
import type { Block } from './types.js';

/** A draft and the name of the step that gave it. */
export interface Planned {
  draft: Draft;
  step: string;
}

/** Share of a part's words that the card which answers it must speak of. */
const SPEAKS = 0.55;
/** Steps whose answers tell one matter each, so that another part's may stand beside them. */
const TELLING: ReadonlySet<string> = new Set(['lookup', 'everyday', 'status', 'several']);

/**
 * A part of a message with the first thing that the first part names put before it (评估几年一次，分几等), where one card speaks of both;
 * the part as it stands where none does, or where it names a thing of its own.
 */
export function withThing(kit: Kit, turn: Turn, first: string, { text, listed }: Question): string {
  const content = kit.content(first);
  // Words that stand together are one name (首席科学家).
  const thing = kit.cards
    .about(content)
    .reduce<string | undefined>(
      (name, word) => (name === undefined ? word : content.includes(name + word) ? name + word : name),
      undefined,
    );
  const own = !listed && kit.cards.namesAThing(kit.content(text));
  if (thing === undefined || text.includes(thing) || own) return text;
  const both = `${thing}${text}`;
  const [best] = kit.cards.search(
    kit.content(both),
    kit.scope(turn).map((p) => p.meta.id),
    1,
  );
  const speaks =
    best !== undefined &&
    best.card.kind !== 'clause' &&
    best.coverage >= SPEAKS &&
    kit.cards.missing(kit.content(both), best.card).length === 0;
  return speaks ? both : text;
}

/**
 * The answer to a message of several questions with what it leaves out: what is told of a part and was not told is put after it.
 * Null where nothing is wanting.
 */
export function added(
  kit: Kit,
  turn: Turn,
  pieces: readonly Question[],
  read: (text: string) => Understanding,
  plan: (part: Turn) => Planned,
): Planned | null {
  if (turn.policies.length !== 1 || !turn.named || turn.u.english) return null;
  const brief = { ...turn, brief: true };
  const whole = plan({ ...brief, evidence: new Evidence() });
  if (!whole.draft.answered || !TELLING.has(whole.step)) return null;
  const first = pieces[0]!.text;
  const found = pieces
    .map((piece, i) => {
      const words = i === 0 ? piece.text : withThing(kit, turn, first, piece);
      return partTold(kit, brief, piece.text, words, read, plan);
    })
    .filter((p) => p !== null);
  const said = firstSaid(whole.draft);
  const told = found.filter((p, i) => found.findIndex((q) => q.said === p.said) === i);
  if (told.every((p) => p.said === said)) return null;
  // In the order asked; an answer that no part has is that of the whole, and goes first.
  const turns = told.map((p) => p.turn);
  const shown = (told.some((p) => p.said === said) ? turns : [brief, ...turns]).map((t) =>
    plan({ ...t, evidence: turn.evidence }),
  );
  const blocks: Block[] = [];
  for (const { draft } of shown)
    for (const block of draft.blocks) if (!blocks.some((b) => same(b, block))) blocks.push(block);
  return { step: 'several', draft: { ...whole.draft, blocks } };
}

/** What answers a part of a message, and what it says first; null where no card speaks of all that the part names. */
function partTold(
  kit: Kit,
  whole: Turn,
  text: string,
  words: string,
  read: (text: string) => Understanding,
  plan: (part: Turn) => Planned,
): { turn: Turn; said: string } | null {
  const u = read(words);
  const turn: Turn = {
    ...whole,
    u: { ...u, cities: whole.u.cities },
    context: null,
    evidence: new Evidence(),
  };
  const [best] = kit.rank(turn);
  const names = words !== text || kit.cards.namesAThing(kit.content(text));
  const speaks =
    names &&
    best !== undefined &&
    best.coverage >= SPEAKS &&
    kit.cards.missing(kit.content(words), best.card).length === 0;
  const { draft, step } = plan(turn);
  const said = firstSaid(draft);
  const tells = speaks && (best.card.kind !== 'entry' || said.includes(best.card.entry.say));
  return draft.answered && TELLING.has(step) && (tells || step === 'everyday') ? { turn, said } : null;
}

/** Whether two blocks say the same. */
export const same = (a: Block, b: Block): boolean => 'text' in a && 'text' in b && a.text === b.text;

/** What a draft says first with a citation; all of it where it cites nothing. */
export function firstSaid({ blocks }: Draft): string {
  const said = blocks.find((b) => 'text' in b && 'cites' in b && b.cites.length > 0);
  return said && 'text' in said ? said.text : JSON.stringify(blocks);
}
