import type { Quantity } from '../quantity/types.js';
import type { FactValue } from '../rules/types.js';
import type { Language } from './language.js';
import type { Reading } from './reading.js';

/**
 * Years said by a word, as numbers: 去年8月, 去年（2025年）2月, 前年年底被取消 (where a title was lost, a year tells when). A year
 * told twice is told once. Where a day is what was asked for, the word alone tells the year (前年的事).
 */
export function withYears(text: string, language: Language, thisYear: number, dayAsked = false): string {
  const words = Object.keys(language.years).sort((a, b) => b.length - a.length);
  const word = `(${words.join('|')})`;
  const { titleLost, titleLostOn } = language.cues;
  const year = (w: string) => `${thisYear + language.years[w]!}年`;
  const alone = new RegExp(`^(?:有过?|是|在|大概|好像|应该|就|,|，)*${word}(?=$|[^\\d月]{0,6}$)`);
  return (dayAsked ? text.replace(alone, (_, w: string) => year(w)) : text)
    .replace(new RegExp(`${word}\\((20\\d\\d)年?\\)`, 'g'), (_, _w: string, y: string) => `${y}年`)
    .replace(new RegExp(`(20\\d\\d)年\\(${word}\\)`, 'g'), '$1年')
    .replace(
      new RegExp(`${word}的?(?=(\\d{1,2}|[一二三四五六七八九十]{1,2})月|${titleLost.source})`, 'g'),
      (_, w: string) => year(w),
    )
    .replace(new RegExp(`(?<=${titleLostOn.source})${word}`, 'g'), (_, w: string) => year(w))
    .replace(/(20\d\d)年的?(\d{1,2}月\d{1,2}[日号])[(（](?:\1年?|[去前]年)[)）]/g, '$1年$2')
    .replace(/(?<=20\d\d年)的(?=\d{1,2}月)/g, '');
}

/** First and last month of the parts of a year. */
const PARTS: Readonly<Record<string, [string, string]>> = {
  上半年: ['01', '06-30'],
  下半年: ['07', '12-31'],
  一: ['01', '03-31'],
  二: ['04', '06-30'],
  三: ['07', '09-30'],
  四: ['10', '12-31'],
};

/** A day, or the days of a month, of a part of a year or of a year of which only that much is told. */
export function daysOf(reading: Reading, q: Quantity, coarse: boolean): FactValue | null {
  const { value } = q;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return { type: 'date', value };
  if (!coarse) return null;
  if (/^\d{4}$/.test(value)) {
    const m = /^的?(?:(上半年|下半年)|第?([一二三四1-4])季度)/.exec(reading.text.slice(q.end));
    const part = m && PARTS[m[1] ?? m[2]!.replace(/\d/, (d) => '一二三四'[Number(d) - 1]!)];
    const [from, to] = part ?? ['01', '12-31'];
    return { type: 'date', value: `${value}-${from}-01`, latest: `${value}-${to}` };
  }
  const m = /^(\d{4})-(\d\d)$/.exec(value);
  if (!m) return null;
  const last = new Date(Date.UTC(Number(m[1]), Number(m[2]), 0)).getUTCDate();
  return { type: 'date', value: `${value}-01`, latest: `${value}-${last}` };
}

/** The figures of a text, with a day completed by the year that the words before it name (去年3月1日, 前年5月8号). */
export function completeDates(reading: Reading): Quantity[] {
  const thisYear = Number(reading.asOf.slice(0, 4));
  const words = Object.entries(reading.language.years).sort((a, b) => b[0].length - a[0].length);
  return reading.quantities.map((q) => {
    if (q.unit !== 'monthday' || !/^--\d\d-\d\d$/.test(q.value)) return q;
    const before = reading.text.slice(Math.max(0, q.start - 6), q.start).replace(/(的|是|在|就)+$/, '');
    const short = /(?<!\d)(\d\d)年$/.exec(before);
    if (short && Number(short[1]) <= thisYear - 2000)
      return { ...q, unit: 'date', value: `20${short[1]}-${q.value.slice(2)}` };
    const word = words.find(([w]) => before.endsWith(w));
    return word ? { ...q, unit: 'date', value: `${thisYear + word[1]}-${q.value.slice(2)}` } : q;
  });
}
