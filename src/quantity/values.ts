import { canonical, exact } from './exact.js';
import { readQuantities } from './read.js';
import type { Quantity } from './types.js';

const PLAIN_NUMBER = /^\d{1,30}(?:\.\d{1,30})?$/;
const RATIO = /^\d{1,30}\/[1-9]\d{0,29}$/;

/** The one quantity that a text consists of, bound words included; null where there is anything else. */
function readSingle(text: string): Quantity | null {
  const trimmed = text.trim().replace(/[。！!]$/, '');
  if (PLAIN_NUMBER.test(trimmed) || RATIO.test(trimmed)) return plainNumber(trimmed);
  const q = readQuantities(trimmed)[0];
  return q?.outerStart === 0 && q.outerEnd === trimmed.length ? q : null;
}

function plainNumber(text: string): Quantity {
  const value = exact(text);
  const end = text.length;
  return {
    text,
    start: 0,
    end,
    unit: 'number',
    measure: null,
    value: canonical(value),
    exact: value,
    upper: null,
    bound: null,
    outerStart: 0,
    outerEnd: end,
  };
}

/** One amount in yuan: `1.8亿元`, `2000万`, `180000000`, `2亿元以上`; null for anything else. */
export function readMoney(text: string): Quantity | null {
  const q = readSingle(text);
  if (q?.unit === 'CNY') return q;
  return q?.unit === 'number' && q.measure === null ? { ...q, unit: 'CNY' } : null;
}

/** One percentage in percent points: `4.2%`, `4.2`, `百分之五`, `5个点`, `一半` (50); null for anything else. */
export function readPercent(text: string): Quantity | null {
  const q = readSingle(text);
  if (q === null || q.unit === 'percent') return q;
  if (q.unit === 'fraction') {
    const points = q.exact!.mul(100);
    return {
      ...q,
      unit: 'percent',
      exact: points,
      upper: q.upper?.mul(100) ?? null,
      value: canonical(points),
    };
  }
  return q.unit === 'number' && q.measure === null ? { ...q, unit: 'percent' } : null;
}

/** One whole number of things: `20人`, `五家`, `20`, `不少于5家`; null for anything else. */
export function readCount(text: string): Quantity | null {
  const q = readSingle(text);
  if (q === null || q.exact === null || q.exact.d !== 1n) return null;
  if (q.unit === 'count') return q;
  return q.unit === 'number' && q.measure === null ? { ...q, unit: 'count' } : null;
}

/** One date: `2025-08-10`, `2025年8月10日`, `2026年5月`; its `value` has the precision that was said. Null for anything else. */
export function readDateText(text: string): Quantity | null {
  const q = readSingle(text);
  return q?.unit === 'date' ? q : null;
}

/**
 * The year that a two-digit 年 means in speech (23年营收1.8亿): `2023`. The reader reports 23年 as a duration, since
 * only the sentence tells; this says what year it would be. Null for what cannot be one (3年, 2023年).
 */
export function shortYear(q: Quantity): string | null {
  return /^\d{2}\s*年$/.test(q.text) && q.bound === null ? `20${q.text.slice(0, 2)}` : null;
}
