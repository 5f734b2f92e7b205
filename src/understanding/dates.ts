import type { Quantity } from '../quantity/types.js';
import type { Reading } from './reader.js';

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
