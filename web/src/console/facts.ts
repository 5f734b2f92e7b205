import type { FactSpec } from '../api/types.js';

export type FactValues = Readonly<Record<string, unknown>>;

/** What is asked of nearly every caller; the rest of the vocabulary opens on request or when a verdict asks for it. */
export const FIRST_FACTS = [
  'lead.city',
  'lead.kind',
  'lead.revenue_last_year',
  'lead.rd_spend_avg_3y',
  'lead.rd_ratio_3y',
  'lead.platform_level',
  'lead.high_tech',
  'consortium.units_total',
];

const BOUND = /^(>=|<=|>|<)?\s*(\d+(?:\.\d+)?)$/;
const BOUND_WORDS: Record<string, string> = { '>=': '≥', '<=': '≤', '>': '＞', '<': '＜' };

/** A fact as a person writes it: yuan in 亿 or 万 where that loses nothing, percents with their sign. */
export function showFact(spec: FactSpec, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (spec.type === 'money-by-year' && typeof value === 'object') {
    return Object.entries(value as Record<string, unknown>)
      .map(([year, amount]) => `${year}：${showAmount(amount)}`)
      .join('；');
  }
  if (typeof value === 'boolean') return String(value);
  if (spec.type === 'money') return showAmount(value);
  if (spec.type === 'percent') {
    const text = String(value);
    return BOUND.test(text) ? `${withBound(text, (n) => n)}%` : text;
  }
  return typeof value === 'string' ? withBound(value, (n) => n) : String(value);
}

function showAmount(value: unknown): string {
  return withBound(String(value), (digits) => {
    for (const [zeros, unit] of [
      [8, '亿元'],
      [4, '万元'],
    ] as const) {
      const short = shift(digits, zeros);
      if (short !== null) return short + unit;
    }
    return `${digits}元`;
  });
}

function withBound(text: string, show: (digits: string) => string): string {
  const match = BOUND.exec(text);
  if (!match) return text;
  return `${match[1] ? BOUND_WORDS[match[1]] : ''}${show(match[2]!)}`;
}

/** Digits divided by a power of ten, exactly, on the text; null when it would be below one or longer than it is. */
function shift(digits: string, zeros: number): string | null {
  const [whole = '', part = ''] = digits.split('.');
  if (whole.length <= zeros || whole.replace(/^0+/, '').length <= zeros) return null;
  const after = (whole.slice(-zeros) + part).replace(/0+$/, '');
  return after.length > 4 ? null : `${whole.slice(0, -zeros)}${after === '' ? '' : `.${after}`}`;
}

const BOUND_SIGNS: Record<string, string> = { '≥': '>=', '≤': '<=', '＞': '>', '＜': '<' };
const YEAR = /(\d{4})\s*年?\s*[：:=]\s*([^；;，,]+)/gu;

/**
 * What was typed into a field as the API takes it. The server reads amounts in the documents' own notation and refuses what
 * it cannot read, so nothing is guessed here.
 * @returns null for an empty field: the fact is unknown
 */
export function readFact(spec: FactSpec, typed: string): unknown {
  const text = typed.trim();
  if (text === '') return null;
  if (spec.type === 'boolean') return text === 'true';
  if (spec.type === 'money-by-year') {
    const years = Object.fromEntries([...text.matchAll(YEAR)].map((match) => [match[1]!, match[2]!.trim()]));
    return Object.keys(years).length > 0 ? years : text;
  }
  const sign = BOUND_SIGNS[text[0] ?? ''];
  if (sign)
    return `${sign}${text
      .slice(1)
      .trim()
      .replace(spec.type === 'percent' ? /%$/ : /$^/, '')}`;
  if (spec.type === 'count' && /^\d+$/.test(text)) return Number(text);
  return text;
}

/** The facts of an answer over those of before. What a person corrected by hand stays until the caller says otherwise. */
export function mergeFacts(
  before: FactValues,
  heard: FactValues,
  corrected: ReadonlySet<string>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...before };
  for (const [id, value] of Object.entries(heard)) {
    if (corrected.has(id) && before[id] !== undefined) continue;
    merged[id] = value;
  }
  return merged;
}
