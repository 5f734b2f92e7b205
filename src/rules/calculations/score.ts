import type Fraction from 'fraction.js';
import { InputError } from '../../errors.js';
import {
  canonical,
  compareRange,
  writeCount,
  writeMoney,
  writeQuantity,
  writeRange,
  ZERO,
} from '../../quantity/index.js';
import { readRange, shownAs } from '../facts.js';
import { say } from '../say.js';
import type { Kind, ScoreItem } from './types.js';

const points = (n: Fraction): string => say('score.points', { n: canonical(n) });

const accepts = (item: ScoreItem): string =>
  item.least === null
    ? say('score.acceptsYesNo')
    : say('score.acceptsCount', { example: writeQuantity(item.least) });

/**
 * Points of one item from its evidence: all or none, as the table prints no part of an item's points; null while nothing
 * is given, or only a range that leaves it open.
 */
function scoreOf(item: ScoreItem, given: unknown): Fraction | null {
  if (given === undefined || given === null) return null;
  if (typeof given === 'boolean') return given ? item.points : ZERO;
  const { least } = item;
  const range = least === null ? null : readRange(kindOf(item), given);
  if (range === null) {
    throw new InputError(
      say('score.unreadable', { id: item.id, text: item.text, shown: shownAs(given) }),
      accepts(item),
    );
  }
  const outcome = compareRange(range, 'at-least', least!.exact!);
  return outcome === 'unknown' ? null : outcome === 'pass' ? item.points : ZERO;
}

/** An evaluation table with what evidence there is: points by item, totals by indicator and task, what is still open. */
export const score: Kind = {
  inputs: (calculation) =>
    calculation.items.map((item) => ({
      name: item.id,
      label: item.text,
      accepts: accepts(item),
      required: false,
    })),
  work(calculation, given) {
    const scored: Row[] = calculation.items.map((item) => ({ item, got: scoreOf(item, given[item.id]) }));
    const open = scored.filter((row) => row.got === null);
    const most = got(scored).add(full(open));
    const by = (key: 'task' | 'indicator'): [string, Row[]][] =>
      [...new Set(calculation.items.map((item) => item[key]))].map((label) => [
        label,
        scored.filter((row) => row.item[key] === label),
      ]);
    const told = (row: Row): boolean => given[row.item.id] !== undefined && given[row.item.id] !== null;
    const entry = (key: string, { item }: Row): string =>
      say(key, { text: item.text, points: points(item.points) });
    const lost = (row: Row): string => {
      const evidenced = given[row.item.id];
      const { text, points: full } = row.item;
      return typeof evidenced === 'boolean'
        ? entry('score.lost', row)
        : say('score.lostWith', { text, points: points(full), given: evidence(row.item, evidenced) });
    };
    return {
      inputs: scored.filter(told).map(({ item }) => ({
        name: item.id,
        label: item.text,
        value: evidence(item, given[item.id]),
      })),
      steps: [
        ...by('indicator').map(line),
        ...by('task').map(line),
        ...scored.filter((row) => row.got?.n === 0n).map(lost),
        ...open.map((row) => entry(told(row) ? 'score.vague' : 'score.open', row)),
      ],
      result:
        open.length === 0
          ? say('score.total', { got: points(got(scored)), full: points(full(scored)) })
          : say('score.soFar', {
              got: points(got(scored)),
              most: points(most),
              full: points(full(scored)),
            }),
      value: open.length === 0 ? canonical(most) : `>=${canonical(got(scored))} <=${canonical(most)}`,
      bounds: open.length === 0 ? null : say('score.unknown', { n: open.length }),
      rows: by('indicator').map(([label, rows]) => ({
        label,
        value: `${canonical(got(rows))}/${canonical(full(rows))}`,
        clause: rows[0]!.item.clause,
      })),
    };
  },
};

interface Row {
  item: ScoreItem;
  got: Fraction | null;
}

const got = (rows: readonly Row[]): Fraction => rows.reduce((sum, row) => sum.add(row.got ?? ZERO), ZERO);
const full = (rows: readonly Row[]): Fraction => rows.reduce((sum, row) => sum.add(row.item.points), ZERO);

/** “责任体系：2分/6分，另有4分未提供材料”. */
function line([label, rows]: [string, Row[]]): string {
  const missing = full(rows.filter((row) => row.got === null));
  const values = { label, got: points(got(rows)), full: points(full(rows)), open: points(missing) };
  return say(missing.n === 0n ? 'score.line' : 'score.lineOpen', values);
}

/** What was given for an item, in official notation. */
function evidence(item: ScoreItem, given: unknown): string {
  if (typeof given === 'boolean') return say(given ? 'score.done' : 'score.notDone');
  const { unit, measure } = item.least!;
  return writeRange(readRange(kindOf(item), given)!, (n) =>
    unit === 'CNY' ? writeMoney(n) : writeCount(n, measure ?? ''),
  );
}

/** How the evidence of an item that is held against a figure is read. */
const kindOf = (item: ScoreItem): 'money' | 'count' => (item.least!.unit === 'CNY' ? 'money' : 'count');
