import { canonical } from '../../quantity/index.js';
import { type Calculation, readEvidence } from '../../rules/index.js';
import { statusFirst } from '../compose/status.js';
import type { Kit, Step, Turn } from '../turn.js';
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
  if (!asking.is('points', u.text)) return null;
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
  if (!first) return null;
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
  const all = rows.flatMap((r) => r.items);
  const apart = new Set(all).size === all.length;
  const sum =
    second && apart && asking.is('sum', u.text)
      ? wording.say('score.sum', {
          city: policy.meta.cityName,
          items: rows.map((r) => `${r.name}${points(r.items)}`).join(' + '),
          total: points(all),
        })
      : null;
  return {
    intent: sum === null ? 'policy' : 'calculation',
    answered: true,
    blocks: [
      ...(sum === null ? [] : [{ kind: 'lead' as const, text: sum, cites: [] }]),
      ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
      ...lines,
    ],
  };
};

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

const points = (items: readonly Item[]): string =>
  `${canonical(items.reduce((sum, i) => sum.add(i.points), items[0]!.points.mul(0)))}分`;
