import type { Block } from '../types.js';

/** What code says with one citation and no other. */
export function saidOf(blocks: readonly Block[], n: number): string[] {
  const alone = (x: { cites: number[] }) => x.cites.length === 1 && x.cites[0] === n;
  return blocks.flatMap((b): string[] => {
    if (b.kind === 'list') return b.items.filter(alone).map((i) => i.text);
    if (b.kind === 'heading' || b.kind === 'table') return [];
    return alone(b) && b.kind !== 'quote' ? [b.text] : [];
  });
}

/** All that a block says, line by line. */
export function wordsOf(block: Block): string {
  if (block.kind === 'list') return block.items.map((i) => i.text).join('\n');
  if (block.kind === 'table') return block.rows.map((r) => r.map((c) => c.text).join('，')).join('\n');
  return block.text;
}

/** Blocks in parts that each begin with a lead: one a verdict, where there are several. */
export function splitByLead(blocks: readonly Block[]): Block[][] {
  const parts: Block[][] = [];
  for (const b of blocks) {
    if (b.kind === 'lead') parts.push([b]);
    else parts.at(-1)?.push(b);
  }
  return parts;
}
