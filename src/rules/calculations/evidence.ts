import { readQuantities } from '../../quantity/index.js';
import type { Quantity } from '../../quantity/types.js';
import type { Calculation, ScoreItem } from './types.js';

/** Evidence of one item as told: a figure (as `readRange` reads it), done or not done, with the word it was told by. */
interface Told {
  value: string | boolean;
  by: string;
}

const PHRASES = /[，,、；;。！!？?\n]|以及|还有|和/;
const SIGNS: Partial<Record<NonNullable<Quantity['bound']>, string>> = {
  'at-least': '>=',
  'at-most': '<=',
  over: '>',
  under: '<',
};

/**
 * The evidence for an evaluation table that a sentence tells (“签了3份技术合作协议，办了1场论坛”), as inputs of the
 * calculation. Only a figure, or words that say done or not done, are evidence; what is not mentioned stays open. Figures
 * told by different words for one item (1场论坛、2场路演) are added up, the same word said again replaces the first.
 * @returns an empty object when the calculation has no table or the sentence tells nothing of it.
 */
export function readEvidence(calculation: Calculation, sentence: string): Record<string, string | boolean> {
  const told = new Map<string, Told[]>();
  let open: { item: ScoreItem; by: string } | null = null;
  const { aside } = calculation.told;
  const telling = aside === null ? sentence : sentence.replaceAll(aside, ' ');
  for (const phrase of telling.split(PHRASES)) {
    const named: { item: ScoreItem; by: string } | null = itemOf(calculation, phrase) ?? open;
    if (named === null) continue;
    const value = valueIn(phrase, named.item, calculation.told);
    // “发明专利方面，2项”: a name waits for its figure in the phrase after it.
    open = value === null ? named : null;
    if (value === null) continue;
    const others = (told.get(named.item.id) ?? []).filter((t) => t.by !== named.by);
    told.set(named.item.id, [...others, { value, by: named.by }]);
  }
  const items = new Map(calculation.items.map((item) => [item.id, item]));
  return Object.fromEntries([...told].map(([id, all]) => [id, together(items.get(id)!, all)]));
}

/** The item with the longest word for it in the phrase. */
function itemOf(calculation: Calculation, phrase: string): { item: ScoreItem; by: string } | null {
  return (
    calculation.items
      .flatMap((item) => item.named.filter((word) => phrase.includes(word)).map((by) => ({ item, by })))
      .sort((a, b) => b.by.length - a.by.length)[0] ?? null
  );
}

function valueIn(phrase: string, item: ScoreItem, told: Calculation['told']): string | boolean | null {
  const denied = told.denied.some((word) => phrase.includes(word));
  // “论坛和路演各1场”: how many that makes depends on what stands before.
  const unclear = told.each.some((word) => phrase.includes(word));
  const figure = readQuantities(phrase).find((q) => fits(q, item));
  // “没有超过2000万”: what that says of the figure is not for a word list to tell.
  if (figure) return denied || unclear ? null : item.least === null ? true : written(figure, phrase);
  if (denied) return false;
  return told.done.some((word) => phrase.includes(word)) ? true : null;
}

function fits(q: Quantity, item: ScoreItem): boolean {
  return item.least?.unit === 'CNY' ? q.unit === 'CNY' : q.unit === 'count' || q.unit === 'number';
}

/** The figure in the notation of ranges; a vague one in its own words. */
function written(q: Quantity, phrase: string): string {
  if (q.bound === null && q.upper === null) return q.value;
  const sign = q.upper === null && q.bound !== null ? SIGNS[q.bound] : undefined;
  return sign === undefined ? phrase.slice(q.outerStart, q.outerEnd) : `${sign}${q.value}`;
}

function together(item: ScoreItem, all: readonly Told[]): string | boolean {
  const values = all.map((t) => t.value);
  const counts = values.filter((v): v is string => typeof v === 'string' && /^\d+$/.test(v));
  // Amounts told by two words may be the same money.
  if (item.least?.unit === 'count' && counts.length > 1 && counts.length === values.length)
    return String(counts.reduce((sum, n) => sum + BigInt(n), 0n));
  return values.at(-1)!;
}
