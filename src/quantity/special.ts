import Fraction from 'fraction.js';
import { type Read, read, skip } from './draft.js';
import { canonical } from './exact.js';
import { skipGap } from './fold.js';
import { matchAt, standsAt } from './look.js';
import { readNumeral } from './numeral.js';

const PHONE =
  /(?:0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3}[- ]?\d{4}|1[3-9]\d{9})(?:-\d{1,6})?(?![\d.,]|\s{0,12}[元万亿块家个人%a-z_])/iy;

/** A telephone number at i, its value without white space. */
export function readPhone(s: string, i: number): Read | null {
  const match = matchAt(PHONE, s, i);
  return match === null ? null : verbatim(i, i + match[0].length, 'phone', null, match[0].replace(/\s/g, ''));
}

/** The bracket, the number and, before it, up to eight characters of an issuer; a wrapped line may part its end. */
const DOCUMENT_NUMBER =
  /(?<=((?:\p{Script=Han}{0,6}\p{Script=Han}\s{0,6})?(?:\p{Script=Han}\s{0,6})?))[〔[(【]\s{0,6}((?:19|20)\d\s{0,4}\d)\s{0,6}[〕\])】]\s{0,12}第?\s{0,6}(\d{1,4})\s{0,12}号/uy;
/** Words that run into an issuer's abbreviation from the left. */
const NOT_ISSUER =
  /.*(?:根据|依据|按照|按|和|及|与|的|是|见|即|为|之|对|在|以|查|原|文件|文|了|关于|执行|依|由|将|把|等|问|下|看|比较|比|还是|或者|或|并|同|据|到|有|想|说|印发|废止|替代|请问|号)\s*/su;

/**
 * 泉科规〔2026〕3号, the bracket at i; round and square brackets too, white space anywhere. The issuer does not reach
 * before `floor`; only a number in 〔〕 may do without one.
 */
export function readDocumentNumber(s: string, i: number, floor: number): Read | null {
  const match = matchAt(DOCUMENT_NUMBER, s, i);
  if (match === null) return null;
  const [text, before, year, serial] = match as unknown as [string, string, string, string];
  const issuer = s.slice(Math.max(floor, i - before.length), i).replace(NOT_ISSUER, '');
  if (issuer === '' && s[i] !== '〔') return null;
  const value = `${issuer}〔${year}〕${Number(serial)}号`.replace(/\s/g, '');
  return verbatim(i - issuer.length, i + text.length, 'docnumber', '号', value);
}

function verbatim(
  start: number,
  end: number,
  unit: 'phone' | 'docnumber',
  measure: string | null,
  value: string,
): Read {
  return read({ start, end, unit, measure, value, exact: null, upper: null, bound: null });
}

const STRUCTURAL = /[条款项章节编目部则点方]/y;
const RANKED = /号|届|次|名|位|批|个|期|季度|年|天|轮|家|场|代/y;
const AFTER_RANK = /(?<=[名位列居])第/y;

/**
 * What 第 at i begins: an ordinal (第1212号, 第三名, 排名第三), or a label (第六条) or a word (第三方) that is no
 * quantity.
 */
export function readOrdinal(s: string, i: number): Read | null {
  const numeral = readNumeral(s, skipGap(s, i + 1));
  if (numeral === null) return null;
  const after = skipGap(s, numeral.end);
  if (numeral.places > 0 || numeral.vague !== null || standsAt(STRUCTURAL, s, after)) return skip(after);
  const measure = matchAt(RANKED, s, after)?.[0];
  if (measure !== undefined) return ordinal(i, after + measure.length, numeral.n, measure);
  if (numeral.arabic || standsAt(AFTER_RANK, s, i)) return ordinal(i, numeral.end, numeral.n, null);
  return skip(numeral.end);
}

const TOP = /(?<![目之以当此先年日月提])前/y;
const TOP_OF = /[名位强]/y;

/** 前三名, 前10强 with 前 at i; null elsewhere (目前3名). */
export function readTop(s: string, i: number): Read | null {
  if (!standsAt(TOP, s, i)) return null;
  const numeral = readNumeral(s, skipGap(s, i + 1));
  if (numeral === null || numeral.places > 0 || numeral.vague !== null) return null;
  const after = skipGap(s, numeral.end);
  const measure = matchAt(TOP_OF, s, after)?.[0];
  return measure === undefined ? null : ordinal(i, after + 1, numeral.n, measure);
}

/** The reading of an ordinal. */
export function ordinal(start: number, end: number, n: bigint, measure: string | null): Read {
  const exact = new Fraction(n, 1n);
  return read({
    start,
    end,
    unit: 'ordinal',
    measure,
    value: canonical(exact),
    exact,
    upper: null,
    bound: null,
  });
}
