import { z } from 'zod';
import { readQuantities } from '../quantity/index.js';
import type { Quantity, Unit } from '../quantity/types.js';
import { noneTest, numberTest, shareTest } from './figures.js';
import { groupTest } from './group.js';
import { barredTest, isTest, levelTest, patternTest } from './kinds.js';
import { say } from './say.js';
import type { HardBound, Test } from './test.js';
import type { FactSpec } from './types.js';
import type { Vocabulary } from './vocabulary.js';

const words = z.string().min(1);
/** A value of a list or a yes/no fact, as packs write it. */
export const value = z.union([z.string(), z.boolean()]);
const bound = z.enum(['at-least', 'at-most', 'over', 'under']).optional();
const leaf = z.union([
  z.strictObject({ fact: z.string(), is: z.union([value, z.array(value).min(1)]), words }),
  z.strictObject({ fact: z.string(), none: z.literal(true), words }),
  z.strictObject({ fact: z.string(), barred: z.literal(true), words }),
  z.strictObject({ fact: z.string(), pattern: z.literal(true), words }),
  z.strictObject({ fact: z.string(), words, bound, with_this_one: z.boolean().optional() }),
  z.strictObject({ share: z.string(), of: z.string(), words, bound }),
]);
type Leaf = z.infer<typeof leaf>;
/** The `require` of a criterion: one of the shapes, or several of them. */
export type Requirement = Leaf | { any: Requirement[] } | { all: Requirement[] };
export const requirement: z.ZodType<Requirement> = z.lazy(() =>
  z.union([
    leaf,
    z.strictObject({ any: z.array(requirement).min(2) }),
    z.strictObject({ all: z.array(requirement).min(2) }),
  ]),
);

/** The shapes a requirement may take, for messages. */
export const SHAPES =
  '{ fact, words }, { fact, is, words }, { fact, none: true, words }, { fact, barred: true, words }, ' +
  '{ fact, pattern: true, words }, { share, of, words }, { any: [two or more] } or { all: [two or more] }';

const UNIT_OF: Partial<Record<FactSpec['type'], readonly Unit[]>> = {
  money: ['CNY'],
  percent: ['percent'],
  count: ['count'],
};

/** Where compilation is, for messages. */
export interface Place {
  fail(message: string): never;
  vocabulary: Vocabulary;
  quote: string;
}

/** A text without white space, as quotes and words are compared. */
export const squeeze = (text: string): string => text.replace(/\s+/g, '');

/** Whether it sets a bound of its own, which the words do not state. */
export function needsNote(r: Requirement): boolean {
  if ('any' in r) return r.any.some(needsNote);
  if ('all' in r) return r.all.some(needsNote);
  return 'bound' in r && r.bound !== undefined;
}

function fact(id: string, place: Place): FactSpec {
  return place.vocabulary.get(id) ?? place.fail(`there is no fact “${id}” in facts.yaml`);
}

/** The fact, whose list of values must hold all of these. */
export function checkValues(id: string, values: readonly (string | boolean)[], place: Place): FactSpec {
  const spec = fact(id, place);
  const known = spec.type === 'boolean' ? [true, false] : spec.values.map((v) => v.id);
  if (known.length === 0) place.fail(`${id} is a ${spec.type} and has no list of values to hold it against`);
  const stranger = values.find((v) => !known.includes(v as never));
  if (stranger !== undefined) place.fail(`${id} has no value “${stranger}”; it takes ${known.join(', ')}`);
  return spec;
}

/** The test of a requirement; the words it was read from are added to `used`. */
export function compileRequirement(r: Requirement, place: Place, used: string[]): Test {
  if ('any' in r)
    return groupTest(
      'any',
      r.any.map((part) => compileRequirement(part, place, used)),
    );
  if ('all' in r)
    return groupTest(
      'all',
      r.all.map((part) => compileRequirement(part, place, used)),
    );
  if (!place.quote.includes(squeeze(r.words))) place.fail(`the words “${r.words}” do not stand in the quote`);
  used.push(r.words);
  if ('share' in r) {
    const [limit, sign] = figure(r.words, ['percent'], r.bound, place);
    return shareTest(fact(r.share, place), fact(r.of, place), sign, limit.exact!);
  }
  const spec = fact(r.fact, place);
  if ('is' in r) {
    const allowed = Array.isArray(r.is) ? r.is : [r.is];
    checkValues(r.fact, allowed, place);
    return isTest(spec, allowed, r.words);
  }
  if ('none' in r) return noneTest(spec, r.words);
  if ('pattern' in r) return patternTest(spec, r.words);
  if ('barred' in r) {
    const term = readQuantities(r.words).find((q) => q.unit === 'duration' && q.measure === '年');
    return term?.exact?.d === 1n
      ? barredTest(spec, Number(term.exact.n), r.words)
      : place.fail(`“${r.words}” names no number of years, such as 三年内`);
  }
  if (spec.type === 'level') return levelTest(spec, level(spec, r.words, place));
  const units =
    UNIT_OF[spec.type] ?? place.fail(`${spec.id} is a ${spec.type} and cannot be held against a figure`);
  const [limit, sign] = figure(r.words, units, 'bound' in r ? r.bound : undefined, place);
  const already = 'with_this_one' in r && r.with_this_one === true ? 1 : 0;
  return numberTest(spec, sign, limit.exact!, limit.measure ?? spec.measures[0] ?? '', already);
}

function figure(
  text: string,
  units: readonly Unit[],
  given: HardBound | undefined,
  place: Place,
): [Quantity, HardBound] {
  const found = readQuantities(text).filter(
    (q) => units.includes(q.unit) && q.exact !== null && q.upper === null,
  );
  if (found.length !== 1) {
    place.fail(
      `“${text}” must hold exactly one figure (${units.join(', ')}), such as 不低于2000万元; it holds ${found.length}`,
    );
  }
  const quantity = found[0]!;
  const sign = given ?? quantity.bound;
  if (sign === null || sign === 'about') {
    return place.fail(
      `“${text}” states no bound (以上, 不低于, 不超过 …); widen the words or give "bound" with a note`,
    );
  }
  return [quantity, sign];
}

function level(spec: FactSpec, text: string, place: Place): string {
  const bare = squeeze(text);
  const named = spec.values
    .flatMap((v) => [v.label, ...v.words].map((word) => ({ id: v.id, word })))
    .filter(({ word }) => bare.includes(word))
    .sort((a, b) => b.word.length - a.word.length)[0];
  if (!named || !new RegExp(say('read.orHigher')).test(bare)) {
    return place.fail(
      `“${text}” names no level with 及以上; levels are ${spec.values.map((v) => v.label).join('、')}`,
    );
  }
  return named.id;
}
