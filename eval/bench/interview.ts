import { exact, point } from '../../src/quantity/index.js';
import {
  applies,
  type Criterion,
  type FactSpec,
  type Facts,
  type FactValue,
  outcomeOf,
  settle,
  type Vocabulary,
} from '../../src/rules/index.js';

/** The day on which profiles are judged. */
export const AS_OF = '2026-11-21';

/** One answer a person may give, with its chance. */
export interface Draw {
  value: FactValue;
  chance: number;
}
export type Plausible = ReadonlyMap<string, readonly Draw[]>;

/**
 * How a profile is drawn: `even` assumes nothing, `spread` draws figures around the thresholds, `half` and `qualified` meet
 * each condition with a chance of a half and of seven in ten, `caller` is of the city more often than not and says yes.
 * What is best for `even` is not for `caller`: of 青岛's lead, asking for the city first costs 1.257 and 1.756 answers,
 * asking for the kind of unit first 1.343 and 1.457. The rules assume nothing of who asks (prior.ts), so they are `even`;
 * only ties are broken for who says yes.
 */
export type Style = 'even' | 'spread' | 'half' | 'qualified' | 'caller';
const MEETS: Partial<Record<Style, number>> = { half: 0.5, qualified: 0.7 };

const each = (values: FactValue[]): Draw[] => values.map((value) => ({ value, chance: 1 / values.length }));
const number = (n: string | number): FactValue => ({ type: 'number', range: point(exact(n)) });

/** Figures of all thresholds in force anywhere, by fact: what a random profile has to straddle. */
const SPREAD: Record<string, (string | number)[]> = {
  money: [5e6, 12e6, 19999999, 2e7, 26e6, 9e7, 18e7, 2e8, 36e7, 5e8, 8e8],
  percent: ['1.2', '2.9', '3', '3.4', '3.5', '4.2', '5', '6.8', '9'],
  count: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 19, 20, 25, 30],
};

/** Counts that are set against each other (shares): few enough for the exhaustive search, and on both sides of a half. */
const SHARED = [2, 4, 6, 9];

/** The answers that may be given to each fact the criteria read. */
export function plausible(
  criteria: readonly Criterion[],
  vocabulary: Vocabulary,
  style: Style,
  city: string,
): Plausible {
  const ids = new Set(
    criteria.filter((c) => c.test).flatMap((c) => [...Object.keys(c.when ?? {}), ...c.facts]),
  );
  const draws = (id: string) => drawsOf(vocabulary.get(id)!, criteria, style, city);
  const meets = MEETS[style];
  return new Map(
    [...ids].map((id) => [id, meets === undefined ? draws(id) : weighed(id, draws(id), criteria, meets)]),
  );
}

/** The same answers, those that meet every requirement on their own fact `meets` of the time. */
function weighed(id: string, draws: Draw[], criteria: readonly Criterion[], meets: number): Draw[] {
  const own = criteria.flatMap((c) =>
    c.test ? leaves(c, id).filter((leaf) => leaf.facts.length === 1) : [],
  );
  const fits = (draw: Draw) =>
    own.every((leaf) => leaf.outcome(new Map([[id, draw.value]]), AS_OF) === 'pass');
  const fit = draws.filter(fits).length;
  if (own.length === 0 || fit === 0 || fit === draws.length) return draws;
  return draws.map((draw) => ({
    ...draw,
    chance: fits(draw) ? meets / fit : (1 - meets) / (draws.length - fit),
  }));
}

function drawsOf(spec: FactSpec, criteria: readonly Criterion[], style: Style, city: string): Draw[] {
  switch (spec.type) {
    case 'boolean':
      return style === 'caller'
        ? [
            { value: { type: 'boolean', value: true }, chance: 0.7 },
            { value: { type: 'boolean', value: false }, chance: 0.3 },
          ]
        : each([true, false].map((value) => ({ type: 'boolean', value })));
    case 'enum':
    case 'level': {
      const all = spec.values.map((v): FactValue => ({ type: 'enum', value: v.id }));
      if (style !== 'caller' || !spec.values.some((v) => v.id === city)) return each(all);
      return spec.values.map((v) => ({
        value: { type: 'enum', value: v.id },
        chance: v.id === city ? 0.6 : 0.4 / (spec.values.length - 1),
      }));
    }
    case 'date':
      return each(['never', '2025-03-01', '2019-03-01'].map((value) => ({ type: 'date', value })));
    case 'text': {
      const fits = /“(.+)”/.exec(criteria.find((c) => c.facts.includes(spec.id))!.required)![1]!;
      const name = fits.replace(/（.*）/, '').replace(/[X×]+/g, '石墨烯');
      return each([name, '石墨烯联盟'].map((value) => ({ type: 'text', value })));
    }
    default: {
      const shared = criteria.some((c) => c.test && leaves(c, spec.id).some((leaf) => leaf.facts.length > 1));
      if (shared) return each(SHARED.map(number));
      if (style !== 'even') return each(SPREAD[spec.type]!.map(number));
      const at = criteria.flatMap((c) => (c.facts.includes(spec.id) ? thresholds(c) : []));
      if (spec.type !== 'count') return each(SPREAD[spec.type]!.map(number));
      const top = 2 * Math.max(1, ...at);
      return each(Array.from({ length: top + 1 }, (_, n) => number(n)));
    }
  }
}

const thresholds = (c: Criterion): number[] =>
  [...c.required.matchAll(/\d+/g)].map((m) => Number(m[0])).filter((n) => n <= 50);

/**
 * The least expected number of answers that settles an outcome, by exhaustive memoised search over every question in
 * every state. Answers that no criterion tells apart are one answer.
 */
export function optimum(criteria: readonly Criterion[], plausibles: Plausible, asOf: string): number {
  const tested = criteria.filter((c) => c.test !== null);
  const classes = new Map<string, Draw[]>();
  for (const [id, draws] of plausibles) classes.set(id, merge(id, draws, tested, asOf));
  const memo = new Map<string, number>();
  const search = (facts: Facts): number => {
    const open = tested.filter((c) => {
      const outcome = outcomeOf(c, facts, asOf);
      return outcome === 'unknown';
    });
    const outcomes = tested.flatMap((c) => {
      const outcome = outcomeOf(c, facts, asOf);
      return outcome === null ? [] : [{ strength: c.strength, outcome }];
    });
    if (settle(outcomes) !== 'undetermined') return 0;
    const matter = [
      ...new Set(
        open.flatMap((c) => [...(applies(c, facts) === 'unknown' ? Object.keys(c.when!) : []), ...c.facts]),
      ),
    ];
    const key = `${open.map((c) => c.id)}|${matter.map((id) => `${id}=${indexOf(classes.get(id)!, facts.get(id))}`)}`;
    const known = memo.get(key);
    if (known !== undefined) return known;
    let best = Number.POSITIVE_INFINITY;
    for (const id of matter) {
      if (facts.has(id)) continue;
      let cost = 1;
      for (const draw of classes.get(id)!) {
        if (cost >= best) break;
        cost += draw.chance * search(new Map(facts).set(id, draw.value));
      }
      best = Math.min(best, cost);
    }
    memo.set(key, best);
    return best;
  };
  return search(new Map());
}

/** The exact expected number of answers of a way of asking, over all profiles. */
export function expected(
  ask: (facts: Facts) => string | null,
  criteria: readonly Criterion[],
  plausibles: Plausible,
  asOf: string,
): number {
  const tested = criteria.filter((c) => c.test !== null);
  const classes = new Map([...plausibles].map(([id, draws]) => [id, merge(id, draws, tested, asOf)]));
  const walk = (facts: Facts): number => {
    const id = ask(facts);
    if (id === null) return 0;
    return 1 + classes.get(id)!.reduce((sum, d) => sum + d.chance * walk(new Map(facts).set(id, d.value)), 0);
  };
  return walk(new Map());
}

const indexOf = (draws: readonly Draw[], value: FactValue | undefined): number =>
  value === undefined ? -1 : draws.findIndex((d) => d.value === value);

/** Joins answers that every criterion treats alike. Facts read together with others (shares) keep all of theirs. */
function merge(id: string, draws: readonly Draw[], tested: readonly Criterion[], asOf: string): Draw[] {
  const merged = new Map<string, Draw>();
  draws.forEach((draw, i) => {
    const facts = new Map([[id, draw.value]]);
    const sign = tested.map((c) => {
      const own = c.facts.includes(id)
        ? leaves(c, id).map((leaf) => (leaf.facts.length > 1 ? i : leaf.outcome(facts, asOf)))
        : [];
      return `${own}/${c.when && id in c.when ? applies(c, facts) : ''}`;
    });
    const key = sign.join(';');
    const same = merged.get(key);
    if (same) same.chance += draw.chance;
    else merged.set(key, { ...draw });
  });
  return [...merged.values()];
}

type Leaf = NonNullable<Criterion['test']>;
function leaves(c: Criterion, id: string): Leaf[] {
  const walk = (t: Leaf): Leaf[] =>
    t.mode === 'leaf' ? (t.facts.includes(id) ? [t] : []) : t.parts.flatMap(walk);
  return walk(c.test!);
}
