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

/** What a fact's type is called in messages. */
const typeName = (spec: FactSpec): string => say(`type.${spec.type}`);

function fact(id: string, place: Place): FactSpec {
  return place.vocabulary.get(id) ?? place.fail(say('pack.noFact', { id }));
}

/** The fact, whose list of values must hold all of these. */
export function checkValues(id: string, values: readonly (string | boolean)[], place: Place): FactSpec {
  const spec = fact(id, place);
  const known = spec.type === 'boolean' ? [true, false] : spec.values.map((v) => v.id);
  if (known.length === 0) place.fail(say('pack.noValues', { id, label: spec.label, type: typeName(spec) }));
  const stranger = values.find((v) => !known.includes(v as never));
  if (stranger !== undefined)
    place.fail(
      say('pack.noValue', { id, label: spec.label, stranger: String(stranger), known: known.join('、') }),
    );
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
  if (!place.quote.includes(squeeze(r.words))) place.fail(say('pack.wordsAway', { words: r.words }));
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
      : place.fail(say('pack.noYears', { words: r.words }));
  }
  if (spec.type === 'level') return levelTest(spec, level(spec, r.words, place));
  const units =
    UNIT_OF[spec.type] ??
    place.fail(say('pack.noFigure', { id: spec.id, label: spec.label, type: typeName(spec) }));
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
      say('pack.oneFigureLike', {
        text,
        units: units.map((u) => say(`unit.${u}`)).join('或'),
        n: found.length,
      }),
    );
  }
  const quantity = found[0]!;
  const sign = given ?? quantity.bound;
  if (sign === null || sign === 'about') {
    return place.fail(say('pack.noBound', { text }));
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
    return place.fail(say('pack.noLevel', { text, levels: spec.values.map((v) => v.label).join('、') }));
  }
  return named.id;
}
