import type { Policy } from '../../knowledge/index.js';
import type { Cell, Comparison } from '../comparison.js';
import type { Evidence } from '../evidence.js';
import type { Block } from '../types.js';
import type { World } from '../world.js';
import { detail, whoFor } from './requirements.js';
import { statusFirst } from './status.js';

/** Rows shown at once; the rest are folded: a phone screen's worth. */
const SHOWN = 5;

/** A comparison as a table: a matter a row, a city a column, clause and strength in each cell, 未规定 where nothing is said. */
export function comparedBlocks(
  world: World,
  evidence: Evidence,
  comparison: Comparison,
  asOf: string,
): Block[] {
  const policies = comparison.columns.map((c) => world.library.policy(c.policy)!);
  const statuses = [...new Set(policies.map((p) => statusFirst(world, p, asOf)))].filter((s) => s !== null);
  const notes = statuses.map((text): Block => ({ kind: 'note', text, cites: [] }));
  const head = ['', ...policies.map((p) => p.meta.cityName)];
  const rows = comparison.rows.map(({ row, cells }) => [
    { text: row.title, cites: [] },
    ...cells.map((cell, i) => ({
      text: cellText(world, cell),
      cites: cell.anchors.map((a) => evidence.cite(policies[i] as Policy, a.clause, a.quote)),
    })),
  ]);
  const first = rows.length <= SHOWN + 1 ? rows : rows.slice(0, SHOWN);
  const rest = rows.slice(first.length);
  return [
    ...notes,
    { kind: 'table', head, rows: first },
    ...(rest.length > 0 ? [{ kind: 'table' as const, head, rows: rest, more: true }] : []),
  ];
}

/** What a cell says: the requirement with its strength, the first sentence of an entry, or 未规定. */
function cellText(world: World, cell: Cell): string {
  const { wording } = world;
  if (cell.kind === 'silent') return wording.say('compare.none');
  if (cell.kind === 'entry') return firstSentence(cell.entry!.say);
  const alone = cell.criteria.length === 1;
  return cell.criteria
    .map((c) => {
      const words = detail(world, c);
      const text = words === '' ? c.title : alone ? words : `${c.title}${words}`;
      return wording.say('compare.cell', {
        text: `${text}${whoFor(world, c)}`,
        strength: wording.say(`compare.${c.strength}`),
      });
    })
    .join(wording.say('compare.join'));
}

/** The first sentence; what stands after a semicolon adds to it. */
function firstSentence(text: string): string {
  return /^[^；。]+/.exec(text)?.[0] ?? text;
}
