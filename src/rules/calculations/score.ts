import type Fraction from 'fraction.js';
import { InputError } from '../../errors.js';
import {
  canonical,
  compareExact,
  isPoint,
  readQuantities,
  writeQuantity,
  ZERO,
} from '../../quantity/index.js';
import { readFact } from '../facts.js';
import type { FactSpec } from '../types.js';
import type { Kind, ScoreItem } from './types.js';

const points = (n: Fraction): string => `${canonical(n)}分`;

const accepts = (item: ScoreItem): string =>
  item.least === null
    ? 'true（做到）、false（没做到）或不填（未知）'
    : `数量（如 ${writeQuantity(item.least)}）、true、false 或不填（未知）`;

/** Points of one item from its evidence: all or none, as the table prints no part of an item's points; null while unknown. */
function scoreOf(item: ScoreItem, given: unknown): Fraction | null {
  if (given === undefined || given === null) return null;
  if (typeof given === 'boolean') return given ? item.points : ZERO;
  const number = item.least === null ? null : amountOf(item, given);
  if (number === null) {
    const shown = (JSON.stringify(given) ?? '').slice(0, 80);
    throw new InputError(`${item.id}（${item.text}）的值 ${shown} 无法读取`, accepts(item));
  }
  return compareExact(number, item.least!.exact!) >= 0 ? item.points : ZERO;
}

function amountOf(item: ScoreItem, given: unknown): Fraction | null {
  const spec = {
    id: item.id,
    label: item.text,
    type: item.least!.unit === 'CNY' ? 'money' : 'count',
    values: [],
    orWord: null,
  };
  try {
    const value = readFact(spec as unknown as FactSpec, given);
    return value?.type === 'number' && isPoint(value.range) ? value.range.lo : null;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  const read = typeof given === 'string' ? readQuantities(given) : [];
  return read.length === 1 && read[0]!.unit === item.least!.unit && read[0]!.bound === null
    ? read[0]!.exact
    : null;
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
    const known = new Set(calculation.items.map((item) => item.id));
    const stranger = Object.keys(given).find((id) => !known.has(id));
    if (stranger !== undefined)
      throw new InputError(`评价指标里没有 ${stranger.slice(0, 60)}`, [...known].join('、'));
    const scored = calculation.items.map((item) => ({ item, got: scoreOf(item, given[item.id]) }));
    const total = (rows: typeof scored) => rows.reduce((sum, row) => sum.add(row.got ?? ZERO), ZERO);
    const full = (rows: typeof scored) => rows.reduce((sum, row) => sum.add(row.item.points), ZERO);
    const open = scored.filter((row) => row.got === null);
    const most = total(scored).add(full(open));
    const by = (key: 'task' | 'indicator') =>
      [...new Set(scored.map((row) => row.item[key]))].map((label) => ({
        label,
        rows: scored.filter((row) => row.item[key] === label),
      }));
    const line = ({ label, rows }: { label: string; rows: typeof scored }) => {
      const missing = full(rows.filter((row) => row.got === null));
      return `${label}：${points(total(rows))}/${points(full(rows))}${missing.n === 0n ? '' : `，另有${points(missing)}未提供材料`}`;
    };
    const lost = scored.filter((row) => row.got !== null && compareExact(row.got, row.item.points) < 0);
    return {
      inputs: scored.flatMap(({ item }) =>
        given[item.id] === undefined || given[item.id] === null
          ? []
          : [
              {
                name: item.id,
                label: item.text,
                value: String(
                  given[item.id] === true ? '是' : given[item.id] === false ? '否' : given[item.id],
                ),
              },
            ],
      ),
      steps: [
        ...by('indicator').map(line),
        ...by('task').map(line),
        ...lost.map(({ item }) => `未得：${item.text}（${points(item.points)}）`),
        ...open.map(({ item }) => `缺材料：${item.text}（${points(item.points)}）`),
      ],
      result:
        open.length === 0
          ? `${points(total(scored))}（满分${points(full(scored))}）`
          : `已得${points(total(scored))}，最多可到${points(most)}（满分${points(full(scored))}）`,
      value:
        open.length === 0 ? canonical(total(scored)) : `>=${canonical(total(scored))} <=${canonical(most)}`,
      bounds: open.length === 0 ? null : `还有${open.length}项没有材料，按未知处理，不当作0分`,
      rows: by('indicator').map(({ label, rows }) => ({
        label,
        value: `${canonical(total(rows))}/${canonical(full(rows))}`,
        clause: rows[0]!.item.clause,
      })),
    };
  },
};
