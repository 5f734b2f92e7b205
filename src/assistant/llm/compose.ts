import { readQuantities } from '../../quantity/index.js';
import { renderText } from '../text.js';
import type { Answer, Block, Citation } from '../types.js';
import type { World } from '../world.js';
import type { Kept } from './sift.js';

/**
 * The answer of the offline plan with a model's sentences around it. Verdicts, tables, calculations and citations are the
 * plan's own blocks; its single sentence gives way only to sentences that cite the same and hold all its figures.
 */
export function compose(world: World, base: Answer, kept: readonly Kept[]): Answer {
  const citations: Citation[] = [...base.citations];
  const number = (c: Citation): number => {
    const at = citations.findIndex(
      (x) => x.policy === c.policy && x.clause === c.clause && x.quote === c.quote,
    );
    return at >= 0 ? at + 1 : citations.push(c);
  };
  const own: Block[] = kept.map(({ text, evidence }) => ({
    kind: 'para',
    text,
    cites: [...new Set(evidence.flatMap((e) => e.citations.map(number)))],
  }));
  const blocks = place(base, own);
  const name = (id: string): string => {
    const { docNumber, title } = world.library.policy(id)!.meta;
    return docNumber ?? title;
  };
  return {
    ...base,
    mode: 'llm',
    blocks,
    citations,
    text: renderText(blocks, citations, world.wording, name),
  };
}

function place(base: Answer, own: Block[]): Block[] {
  // What code decides is read first.
  if (base.verdicts.length > 0 || base.intent === 'calculation' || base.intent === 'status')
    return [...base.blocks, ...own];
  const [first, ...rest] = base.blocks;
  if (first?.kind === 'lead' && says(own, first.text, first.cites))
    return [{ ...(own[0] as Extract<Block, { kind: 'para' }>), kind: 'lead' }, ...own.slice(1), ...rest];
  return [...own, ...base.blocks];
}

/** Whether sentences say all that a sentence of code says: its figures, its citations, its length about. */
function says(own: readonly Block[], lead: string, cites: readonly number[]): boolean {
  const text = own.map((b) => ('text' in b ? b.text : '')).join('');
  const cited = new Set(own.flatMap((b) => ('cites' in b ? b.cites : [])));
  const values = new Set(readQuantities(text).map((q) => `${q.unit} ${q.value}`));
  return (
    cites.length > 0 &&
    cites.every((n) => cited.has(n)) &&
    readQuantities(lead).every((q) => values.has(`${q.unit} ${q.value}`)) &&
    wordsMissing(lead, text) <= 0.25
  );
}

/** Share of a text's neighbouring pairs that another lacks. */
function wordsMissing(text: string, other: string): number {
  const bare = text.replace(/[^\p{L}\p{N}]/gu, '');
  let missing = 0;
  for (let i = 0; i + 2 <= bare.length; i++) if (!other.includes(bare.slice(i, i + 2))) missing++;
  return bare.length < 2 ? 0 : missing / (bare.length - 1);
}
