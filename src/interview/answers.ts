import { point, quantityRange, readQuantities, ZERO } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import type { FactSpec, FactType, FactValue } from '../rules/index.js';
import type { Words } from './words.js';

/** What came of reading an answer to one question: its value, that it is not known, or what is wrong with it. */
export type Answer =
  | { value: FactValue }
  | { unsure: true }
  | { fault: 'nothing' | 'unit' | 'several' | 'day' | 'which-day' };

const NOTHING: Answer = { fault: 'nothing' };
const UNITS: Partial<Record<FactType, string[]>> = {
  money: ['CNY'],
  percent: ['percent', 'fraction', 'number'],
  count: ['count', 'number'],
};

/** Longest answer that is read as a whole; what is longer tells of more than one thing. */
const LONGEST = 40;

/**
 * An answer in words that the general reader leaves open, because only the question tells what they mean:
 * “都签好了”, “去年1.8亿”, “正在申请”, “市里的”. The fact's own name in it adds nothing.
 */
export function readAnswer(spec: FactSpec, said: string, words: Words): Answer {
  const text = bare(spec, said);
  if (text.length > LONGEST) return NOTHING;
  switch (spec.type) {
    case 'boolean':
      return readYesNo(spec, said, text, words);
    case 'money':
    case 'percent':
    case 'count':
      return readFigure(spec, text, words);
    case 'date':
      return readDay(spec, text, words);
    case 'enum':
    case 'level':
      return readChoice(spec, text, words);
    case 'text':
      return readName(said, words);
    case 'money-by-year':
      return words.is('unsure', text) ? { unsure: true } : { fault: amounts(text) ? 'several' : 'nothing' };
  }
}

/** Without the fact's own names, joining words before and particles after. */
function bare(spec: FactSpec, said: string): string {
  let text = said.trim();
  for (const word of [spec.label, ...spec.synonyms].sort((a, b) => b.length - a.length)) {
    if (word.length > 1 && text.toLowerCase().includes(word.toLowerCase())) {
      const rest = text.toLowerCase().replace(word.toLowerCase(), '');
      if (/[\p{L}\p{N}]/u.test(rest)) text = rest;
      break;
    }
  }
  return text
    .replace(/^[\s，,：:、。]+/, '')
    .replace(/[\s，,。！!~～.；;、]+$/g, '')
    .trim();
}

function readYesNo(spec: FactSpec, said: string, text: string, words: Words): Answer {
  const own = words.answers.get(spec.id);
  if (own?.no.test(said)) return { value: { type: 'boolean', value: false } };
  if (own?.yes.test(said)) return { value: { type: 'boolean', value: !words.is('no', text) } };
  if (words.is('unsure', text)) return { unsure: true };
  if (words.is('noInstead', text) || words.is('no', text))
    return { value: { type: 'boolean', value: false } };
  if (words.is('yes', text)) return { value: { type: 'boolean', value: true } };
  // “国高” to “是高新技术企业吗”: its name alone says yes.
  const named = [spec.label, ...spec.synonyms].some((w) => w.toLowerCase() === text.toLowerCase());
  return named ? { value: { type: 'boolean', value: true } } : NOTHING;
}

const amounts = (text: string): boolean => readQuantities(text).some((q) => q.unit === 'CNY');

function readFigure(spec: FactSpec, text: string, words: Words): Answer {
  const units = UNITS[spec.type]!;
  const found = readQuantities(text).filter((q) => units.includes(q.unit) && fits(spec, q));
  const [q, ...more] = found;
  if (more.length > 0) return { fault: 'several' };
  if (q === undefined) {
    if (words.is('unsure', text)) return { unsure: true };
    const [number] = readQuantities(text).filter((n) => n.unit === 'number');
    // Nought is nought in any unit.
    if (spec.type === 'money' && number?.exact?.n === 0n)
      return { value: { type: 'number', range: point(ZERO) } };
    if (spec.type === 'money' && number) return { fault: 'unit' };
    const zero: Answer = { value: { type: 'number', range: point(ZERO) } };
    const none = spec.noneWords.some((w) => text.length > 2 && w.startsWith(text));
    if (spec.type === 'count' && (none || (words.is('never', text) && text.length <= 8))) return zero;
    return NOTHING;
  }
  const range = quantityRange(q);
  return range === null || !whole(spec, q) ? NOTHING : { value: { type: 'number', range } };
}

function fits(spec: FactSpec, q: Quantity): boolean {
  if (spec.type === 'count') return q.measure === null || spec.measures.includes(q.measure);
  return spec.type !== 'percent' || q.unit !== 'number' || (q.exact !== null && q.exact.compare(100) <= 0);
}

const whole = (spec: FactSpec, q: Quantity): boolean => spec.type !== 'count' || q.exact?.d === 1n;

function readDay(spec: FactSpec, text: string, words: Words): Answer {
  const date = readQuantities(text).find((q) => q.unit === 'date');
  if (date)
    return date.value.length === 10 ? { value: { type: 'date', value: date.value } } : { fault: 'day' };
  if (words.is('unsure', text)) return { unsure: true };
  if (spec.orWord !== null && words.is('never', text)) return { value: { type: 'date', value: spec.orWord } };
  return words.is('yes', text) ? { fault: 'which-day' } : NOTHING;
}

/** The value of a list that stands for what it does not hold. */
const OTHER = 'other';

function readChoice(spec: FactSpec, text: string, words: Words): Answer {
  const low = text
    .toLowerCase()
    .replace(/^(是|有|属于|在|我们是|就是|算是|算)/, '')
    .replace(/的$/, '');
  const hits = spec.values.flatMap((v) =>
    [v.label, v.id, ...v.words]
      .map((w) => w.toLowerCase().replace(/的$/, ''))
      .filter((w) => w.length > 1 && low.includes(w))
      .map((w) => ({ id: v.id, w })),
  );
  const best = hits.sort((a, b) => b.w.length - a.w.length)[0];
  const denied = /^(不是|没有.|不)/.test(low);
  const other = spec.values.find((v) => v.id === OTHER);
  if (!best && other && words.is('noneOf', text)) return { value: { type: 'enum', value: OTHER } };
  if (best && !denied && !words.is('unsure', text)) return { value: { type: 'enum', value: best.id } };
  return words.is('unsure', text) ? { unsure: true } : NOTHING;
}

/** Names shorter than this are none. */
const SHORTEST_NAME = 3;

function readName(said: string, words: Words): Answer {
  if (words.is('unsure', said)) return { unsure: true };
  const name = said
    .trim()
    .replace(words.pattern('nameNoise'), '')
    .replace(/[\s。！!，,~；;]+$/, '')
    .replace(/^[“"「《]+|[”"」》]+$/g, '');
  if (name.length < SHORTEST_NAME || words.is('no', name) || words.is('change', name)) return NOTHING;
  return { value: { type: 'text', value: name } };
}
