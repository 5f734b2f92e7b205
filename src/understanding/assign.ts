import type { Quantity } from '../quantity/types.js';
import type { Found } from './lexicon.js';
import type { Name, Reading } from './reading.js';

/** A figure left without a name costs this much; a name further away than that is none of its. */
const ALONE = 24;
/** Characters that may lie between a name and its figure. */
const REACH = 60;
/** Above this many figures at once the cheapest pairs are taken one after another. */
const EXHAUSTIVE = 9;

/** A name that a figure may belong to: the fact it would state (null for a decoy) and how far-fetched that is. */
export interface Candidate {
  name: Found<Name>;
  fact: string | null;
  cost: number;
}

/**
 * Gives each figure at most one name, each name at most one figure, so that all together lie closest: “2亿营收2000万研发”
 * and “营收2亿研发2000万” alike.
 * @param candidates for a figure, by name; only names whose fact can take it
 */
export function assign(
  figures: readonly Quantity[],
  candidates: (q: Quantity) => Candidate[],
): Map<Quantity, Candidate> {
  const options = figures.map((q) =>
    candidates(q)
      .filter((c) => c.cost < ALONE)
      .sort((a, b) => a.cost - b.cost)
      .slice(0, 6),
  );
  const out = new Map<Quantity, Candidate>();
  for (let from = 0; from < figures.length; from += EXHAUSTIVE) {
    const part = figures.slice(from, from + EXHAUSTIVE);
    const chosen = best(
      options.slice(from, from + EXHAUSTIVE),
      new Set([...out.values()].map((c) => c.name.start)),
    );
    part.forEach((q, i) => {
      const c = chosen[i];
      if (c) out.set(q, c);
    });
  }
  return out;
}

/** Branch and bound over all ways to give names away. */
function best(options: readonly Candidate[][], taken: Set<number>): (Candidate | null)[] {
  const floor = new Array<number>(options.length + 1).fill(0);
  for (let i = options.length - 1; i >= 0; i--)
    floor[i] = floor[i + 1]! + Math.min(ALONE, options[i]![0]?.cost ?? ALONE);
  let bestCost = Number.POSITIVE_INFINITY;
  let found: (Candidate | null)[] = options.map(() => null);
  const current: (Candidate | null)[] = [];
  const walk = (i: number, cost: number): void => {
    if (cost + floor[i]! >= bestCost) return;
    if (i === options.length) {
      bestCost = cost;
      found = [...current];
      return;
    }
    for (const c of [...options[i]!, null]) {
      if (c && taken.has(c.name.start)) continue;
      if (c) taken.add(c.name.start);
      current.push(c);
      walk(i + 1, cost + (c?.cost ?? ALONE));
      current.pop();
      if (c) taken.delete(c.name.start);
    }
  };
  walk(0, 0);
  return found;
}

/** How far-fetched it is that a figure belongs to a name: distance, statements between, other figures between. */
export function distance(
  reading: Reading,
  q: Quantity,
  name: Found<Name>,
  rivals: readonly Quantity[],
): number {
  const before = name.end <= q.start;
  const [from, to] = before ? [name.end, q.start] : [q.end, name.start];
  // Too far apart to belong together, whatever stands between.
  if (to - from > REACH) return ALONE;
  if (from > to) return name.start < q.end && q.start < name.end ? 0 : ALONE;
  const between = reading.text.slice(from, to);
  // …4.2亿。研发这关过得去吗: a new sentence names nothing before it.
  if (!before && /[。！!？?]|\.\s/.test(between)) return ALONE;
  const commas = (between.match(/[，,](?!\d{3})/g) ?? []).length;
  const stops = (between.match(/[。；;！!？?\n]/g) ?? []).length;
  const lean = between.replace(
    /[，,。；;！!？?\s:：]|的|是|有|大概|大约|差不多|去年|上年度?|前年|今年|目前|现在|一共|达到|左右|以上|约|为|在|做到|到|了|人民币/g,
    '',
  );
  // 2家是集团下属子公司: said to be what it counts.
  if (
    !before &&
    q.unit === 'count' &&
    /^(单位|企业)?(都|全)?是(我们|集团|自己|牵头|公司|控股|全资|下属|旗下|的)*$/.test(between)
  )
    return 0.5;
  let cost = lean.length + commas * 8 + stops * 14;
  const crossed = rivals.filter((r) => r !== q && r.start >= from && r.end <= to);
  cost +=
    crossed.filter((r) => r.unit === q.unit).length * 8 + crossed.filter((r) => r.unit !== q.unit).length * 3;
  const near = lean.length === 0 && commas + stops === 0;
  if (q.unit === 'count') return cost + (before ? 1.5 : near ? 0 : 3) + (before ? 0 : commas * 14);
  if (q.unit === 'date') return cost + (before ? 0 : 1) + (before ? 0 : commas * 6);
  return (
    cost +
    (before ? 0 : near && /^(的|多|元|左右|以上|以下)*$/.test(between) ? 1 : 5) +
    (before ? 0 : commas * 14)
  );
}
