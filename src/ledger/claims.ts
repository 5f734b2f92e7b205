import type { Entry, Policy } from '../knowledge/index.js';
import { readQuantities } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import type { Calculation, Criterion } from '../rules/index.js';

/** What of a policy accounts for figures. */
export interface Accounts {
  policy: Policy;
  criteria: readonly Criterion[];
  calculations: readonly Calculation[];
  entries: readonly Entry[];
}

/** Words of a rule or an entry, at each place where they stand inside their quote. */
export interface Claim {
  account: 'criterion' | 'calculation' | 'lookup';
  by: string;
  words: string;
  /** The quantities that the rule reads in the words. */
  reads: Quantity[];
  places: { start: number; end: number }[];
}

/** All claims on figures, the strongest account first: criteria, calculations, lookups. */
export function claimsOf({ policy, criteria, calculations, entries }: Accounts): Claim[] {
  const claim = (
    account: Claim['account'],
    by: string,
    words: string,
    anchors: readonly { clause: string; quote: string }[],
  ): Claim => ({
    account,
    by,
    words,
    reads: readQuantities(words),
    places: anchors.flatMap((a) => placesOf(policy, a.clause, a.quote, words)),
  });
  return [
    ...criteria.flatMap((c) => c.words.map((words) => claim('criterion', c.id, words, [c]))),
    ...calculations.flatMap((c) => [
      ...[...c.figures.values()].map((f) => claim('calculation', c.id, f.words, [c])),
      ...c.items.map((item) =>
        claim('calculation', c.id, item.words, [{ clause: item.clause, quote: item.words }]),
      ),
    ]),
    ...entries.flatMap((e) => e.figures.map((f) => claim('lookup', e.id, f.text, [...e.at, ...e.steps]))),
  ];
}

/** Every place of words inside a quote, white space aside. */
function placesOf(
  policy: Policy,
  clause: string,
  quote: string,
  words: string,
): { start: number; end: number }[] {
  const whole = policy.find(quote, clause);
  if (whole === null) return [];
  const wanted = words.replace(/\s+/g, '');
  const at: number[] = [];
  let squeezed = '';
  for (let i = whole.start; i < whole.end; i++) {
    if (/\s/.test(policy.source[i]!)) continue;
    squeezed += policy.source[i];
    at.push(i);
  }
  const places: { start: number; end: number }[] = [];
  for (let i = squeezed.indexOf(wanted); i >= 0; i = squeezed.indexOf(wanted, i + 1))
    places.push({ start: at[i]!, end: at[i + wanted.length - 1]! + 1 });
  return places;
}
