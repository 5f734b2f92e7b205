import type Fraction from 'fraction.js';
import type { Policy } from '../../knowledge/index.js';
import { canonical, compareExact, roundedDecimal, writePercent } from '../../quantity/index.js';
import { type Calculation, readEvidence } from '../../rules/index.js';
import { statusFirst } from '../compose/status.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';
import type { Block } from '../types.js';

type Item = Calculation['items'][number];
/** A row of an evaluation table at one of its levels, with the items under it. */
interface Row {
  name: string;
  items: readonly Item[];
}

/** How many items a row may have for each to be cited. */
const FEW = 4;
/** Share of a row's own name that a question must hold to mean it. */
const MEANT = 0.6;
/** A piece of a name this long says which row is meant, where no other row has it. */
const PIECE = 3;

/** “责任体系几分”, “攻关任务和成果转化加起来占多少分”: rows of an evaluation table with their points, and their sum. */
export const scores: Step = (kit, turn) => {
  const { asking } = kit.world;
  const { u } = turn;
  const words = kit.world.reckoning.figures;
  const reckons = [words.sum, words.difference, words.percent, words.plus].some((w) => w.test(u.text));
  const scored = asking.is('points', u.text) || (asking.is('scored', u.text) && reckons);
  const tables = turn.policies.flatMap((policy) =>
    (kit.world.calculations.get(policy.meta.id) ?? []).flatMap((c) =>
      c.items.length > 0 ? [{ policy, c }] : [],
    ),
  );
  const [table, another] = tables;
  // What was done is reckoned by the calculation.
  if (!table || another || Object.keys(readEvidence(table.c, u.text)).length > 0) return null;
  const last = turn.context ?? turn.history.findLast((t) => t.role === 'user')?.text ?? '';
  const own = rowsNamed(kit, table.c, u.text);
  // 整合创新资源里资源共享: of a row and one under it, the one under it is asked for.
  const inner = own.filter((r) => !own.some((x) => x !== r && x.items.every((i) => r.items.includes(i))));
  // “里面论坛那条几分”, after a row was spoken of: that row is told with it.
  const around = rowsNamed(kit, table.c, last).filter(
    (row) => turn.context !== null || inner.every((r) => r.items.every((i) => row.items.includes(i))),
  );
  const rows = [...around.filter((b) => !inner.some((r) => r.name === b.name)), ...inner];
  const [first, second] = rows;
  if (!first) return scored && words.sum.test(u.text) ? wholeTable(kit, turn, table.policy, table.c) : null;
  // Without a word of points, rows are spoken of where they are called by their names.
  if (!scored && !(inner.length > 0 && inner.every((r) => u.text.includes(r.name)))) return null;
  if (!scored && !reckons && !asking.is('scored', u.text)) return null;
  const { policy } = table;
  const status = statusFirst(kit.world, policy, turn.asOf);
  const { wording } = kit.world;
  const lines = rows.map((row): Block => {
    const parts = partsOf(row);
    const values = { city: policy.meta.cityName, name: row.name, points: points(row.items) };
    const items = parts.map((p) => `${p.name}${points(p.items)}`).join('；');
    return {
      kind: rows.length === 1 ? 'lead' : 'para',
      text: wording.say(parts.length > 0 ? 'score.row' : 'score.rowAlone', { ...values, items }),
      cites: citesOf(turn, table.policy, row),
    };
  });
  const lead = reckonedOf(kit, turn, policy, table.c, own, rows, second !== undefined);
  return {
    intent: lead === null ? 'policy' : 'calculation',
    answered: true,
    blocks: [
      ...(lead === null ? [] : [{ kind: 'lead' as const, text: lead, cites: [] }]),
      ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
      ...lines,
    ],
  };
};

/** What the points of rows come to, by how much they differ, or which share they are of what they belong to; null where only the points are asked for. */
function reckonedOf(
  kit: Kit,
  { u }: Turn,
  policy: Policy,
  c: Calculation,
  own: readonly Row[],
  rows: readonly Row[],
  several: boolean,
): string | null {
  const { wording, asking, reckoning } = kit.world;
  const words = reckoning.figures;
  const city = policy.meta.cityName;
  const all = rows.flatMap((r) => r.items);
  const apart = new Set(all).size === all.length;
  const valued = (r: Row) => `${r.name}${points(r.items)}`;
  if (words.percent.test(u.text)) {
    const whole = own.find(
      (r) => own.length > 1 && own.every((x) => x === r || x.items.every((i) => r.items.includes(i))),
    );
    const parts = own.filter((r) => r !== whole);
    const of = whole ?? { name: wording.say('score.full', { points: '' }), items: c.items };
    if (!apart && !whole) return null;
    const shared = total(parts.flatMap((r) => r.items))
      .div(total(of.items))
      .mul(100);
    const share = words.integer.test(u.text) ? `约${roundedDecimal(shared, 0)}%` : writePercent(shared);
    return wording.say('score.share', {
      city,
      part: parts.map(valued).join(' + '),
      whole: valued(of),
      share,
    });
  }
  if (!several && words.adds.test(u.text)) {
    const parts = partsOf(rows[0]!);
    const items = parts.map(valued).join(' + ');
    return parts.length > 1 ? wording.say('score.sum', { city, items, total: points(all) }) : null;
  }
  if (!several || !apart) return null;
  if (rows.length === 2 && words.difference.test(u.text)) {
    const [high, low] = [...rows].sort((a, b) => compareExact(total(b.items), total(a.items))) as [Row, Row];
    const gap = total(high.items).sub(total(low.items));
    if (gap.n === 0n) return wording.say('score.sameAs', { city, items: rows.map(valued).join('、') });
    const values = { city, high: valued(high), low: valued(low), gap: `${canonical(gap)}分` };
    return wording.say('score.differ', values);
  }
  if (!asking.is('sum', u.text) && !words.sum.test(u.text) && !words.plus.test(u.text)) return null;
  return wording.say('score.sum', { city, items: rows.map(valued).join(' + '), total: points(all) });
}

/** “五大任务加起来几分”: the tasks of the table with their points, and what they come to. */
function wholeTable(kit: Kit, turn: Turn, policy: Policy, c: Calculation): Draft | null {
  const { wording, reckoning, asking } = kit.world;
  const { text } = turn.u;
  if (!reckoning.figures.rows.test(text) || !asking.is('points', text) || !asking.is('scored', text))
    return null;
  const tasks = [...new Set(c.items.map((i) => i.task))].map((name) => ({
    name,
    items: c.items.filter((i) => i.task === name),
  }));
  const status = statusFirst(kit.world, policy, turn.asOf);
  const lead = wording.say('score.sum', {
    city: policy.meta.cityName,
    items: tasks.map((r) => `${r.name}${points(r.items)}`).join(' + '),
    total: points(c.items),
  });
  return {
    intent: 'calculation',
    answered: true,
    blocks: [
      { kind: 'lead', text: lead, cites: [turn.evidence.cite(policy, c.clause, c.quote)] },
      ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
    ],
  };
}

/** The rows that a question names, in its order, each word read as one row's. */
function rowsNamed(kit: Kit, c: Calculation, question: string): Row[] {
  // 成果转化和产业化, 成果转化与产业化: however two words are joined.
  const joined = (words: string) => kit.world.asking.split('ands', words).join('');
  const text = joined(question);
  const by = (key: (i: Item) => string): Row[] =>
    [...new Set(c.items.map(key))].map((name) => ({ name, items: c.items.filter((i) => key(i) === name) }));
  const levels = [by((i) => i.task), by((i) => i.indicator)];
  const found: { row: Row; at: number }[] = [];
  let rest = text;
  // The row that most of its name stands for goes first: 产业化成效 is not 成果转化与产业化.
  for (;;) {
    const named = levels.flatMap((rows) =>
      rows.flatMap((row) => {
        const piece = longest(rest, joined(row.name));
        const own = piece.length >= PIECE && rows.filter((r) => joined(r.name).includes(piece)).length === 1;
        const share = piece.length / joined(row.name).length;
        const taken = found.some((f) => f.row.name === row.name);
        return !taken && (own || share >= MEANT) ? [{ row, piece, share }] : [];
      }),
    );
    const [best] = named.sort((a, b) => b.piece.length - a.piece.length || b.share - a.share);
    if (!best) break;
    found.push({ row: best.row, at: text.indexOf(best.piece) });
    rest = rest.replace(best.piece, ' ');
  }
  for (const item of c.items) {
    const word = item.named.filter((w) => rest.includes(w)).sort((a, b) => b.length - a.length)[0];
    if (word === undefined) continue;
    found.push({ row: { name: item.text, items: [item] }, at: text.indexOf(word) });
    rest = rest.replace(word, ' ');
  }
  return found.sort((a, b) => a.at - b.at).map((f) => f.row);
}

/** The longest piece of a name that stands in a text. */
function longest(text: string, name: string): string {
  for (let length = name.length; length >= 2; length--)
    for (let at = 0; at + length <= name.length; at++)
      if (text.includes(name.slice(at, at + length))) return name.slice(at, at + length);
  return '';
}

/** The rows one level below; none under a single item. */
function partsOf(row: Row): Row[] {
  const indicators = [...new Set(row.items.map((i) => i.indicator))];
  if (indicators.length > 1)
    return indicators.map((name) => ({ name, items: row.items.filter((i) => i.indicator === name) }));
  return row.items.length > 1 ? row.items.map((i) => ({ name: i.text, items: [i] })) : [];
}

function citesOf(turn: Turn, policy: Calculation['policy'], row: Row): number[] {
  const firsts = row.items.filter(
    (item, i) => row.items.findIndex((x) => x.clause === item.clause) === i || row.items.length <= FEW,
  );
  return [...new Set(firsts.map((item) => turn.evidence.cite(policy, item.clause, item.words)))];
}

const total = (items: readonly Item[]): Fraction =>
  items.reduce((sum, i) => sum.add(i.points), items[0]!.points.mul(0));

const points = (items: readonly Item[]): string => `${canonical(total(items))}分`;
