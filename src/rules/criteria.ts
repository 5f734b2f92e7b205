import { existsSync } from 'node:fs';
import { z } from 'zod';
import { DataError } from '../errors.js';
import { type Policy, readYaml } from '../knowledge/index.js';
import { readQuantities } from '../quantity/index.js';
import type { Quantity, Unit } from '../quantity/types.js';
import { noneTest, numberTest, shareTest } from './figures.js';
import { groupTest } from './group.js';
import { barredTest, isTest, levelTest, patternTest } from './kinds.js';
import type { HardBound, Test } from './test.js';
import type { FactSpec, Strength, Subject } from './types.js';
import type { Vocabulary } from './vocabulary.js';

const words = z.string().min(1);
const bound = z.enum(['at-least', 'at-most', 'over', 'under']).optional();
const value = z.union([z.string(), z.boolean()]);
const leaf = z.union([
  z.strictObject({ fact: z.string(), is: z.union([value, z.array(value).min(1)]), words }),
  z.strictObject({ fact: z.string(), none: z.literal(true), words }),
  z.strictObject({ fact: z.string(), barred: z.literal(true), words }),
  z.strictObject({ fact: z.string(), pattern: z.literal(true), words }),
  z.strictObject({ fact: z.string(), words, bound, with_this_one: z.boolean().optional() }),
  z.strictObject({ share: z.string(), of: z.string(), words, bound }),
]);
type Leaf = z.infer<typeof leaf>;
type Requirement = Leaf | { any: Requirement[] } | { all: Requirement[] };
const requirement: z.ZodType<Requirement> = z.lazy(() =>
  z.union([
    leaf,
    z.strictObject({ any: z.array(requirement).min(2) }),
    z.strictObject({ all: z.array(requirement).min(2) }),
  ]),
);
const criterionSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  subject: z.enum(['lead', 'member', 'consortium', 'talent-consortium']),
  title: words,
  when: z.record(z.string(), z.array(value).min(1)).optional(),
  strength: z.enum(['must', 'principle', 'judgement']),
  clause: words,
  quote: words,
  require: requirement.optional(),
  note: words.optional(),
});

/** One criterion of a policy, compiled: its test reads its figure out of the quote. */
export interface Criterion {
  policy: string;
  id: string;
  subject: Subject;
  title: string;
  /** Fact id → values under which the criterion concerns the case; null when it always does. */
  when: Readonly<Record<string, readonly (string | boolean)[]>> | null;
  strength: Strength;
  clause: string;
  quote: string;
  note: string | null;
  /** True when its facts are alternatives of one "or". */
  alternatives: boolean;
  /** null for judgement criteria. */
  test: Test | null;
  facts: readonly string[];
  required: string;
  /** The verbatim words the test was read from, for the ledger. */
  words: readonly string[];
}

const UNIT_OF: Partial<Record<FactSpec['type'], readonly Unit[]>> = {
  money: ['CNY'],
  percent: ['percent'],
  count: ['count'],
};

/** Where compilation is, for messages. */
interface Place {
  fail(message: string): never;
  vocabulary: Vocabulary;
  quote: string;
}

/**
 * Loads and compiles `rules.yaml` of a policy. A pack whose quote is not in the clause, whose words or figure are not in
 * the quote, or that names an unknown fact does not load.
 * @throws DataError with file, line, criterion id, what is wrong and what would be accepted.
 */
export function loadCriteria(file: string, policy: Policy, vocabulary: Vocabulary): Criterion[] {
  if (!existsSync(file)) return [];
  const { value: read, lineOf } = readYaml(file);
  const raw = read ?? [];
  if (!Array.isArray(raw))
    throw new DataError(file, 1, 'a rules file is a list of criteria, each starting with "- id:"');
  const seen = new Set<string>();
  const faults: DataError[] = [];
  const criteria = raw.flatMap((item: unknown, i): Criterion[] => {
    const name = typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : `#${i + 1}`;
    const fail = (message: string): never => {
      throw new DataError(file, lineOf([i]), `criterion ${name}: ${message}`);
    };
    try {
      const parsed = criterionSchema.safeParse(item);
      if (!parsed.success) return fail(schemaFault(parsed.error.issues[0]!));
      if (seen.has(parsed.data.id))
        return fail('this id stands twice; every criterion of a policy needs its own');
      seen.add(parsed.data.id);
      return [compile(parsed.data, policy, { fail, vocabulary, quote: squeeze(parsed.data.quote) })];
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      faults.push(error);
      return [];
    }
  });
  const [first, ...more] = faults;
  if (first) throw more.length === 0 ? first : DataError.all(first, more);
  return criteria;
}

const SHAPES =
  '{ fact, words }, { fact, is, words }, { fact, none: true, words }, { fact, barred: true, words }, ' +
  '{ fact, pattern: true, words }, { share, of, words }, { any: [two or more] } or { all: [two or more] }';

function schemaFault(issue: z.core.$ZodIssue): string {
  const where = issue.path.join('.');
  if (issue.path[0] === 'require' && issue.code === 'invalid_union')
    return `${where}: takes one of the shapes ${SHAPES}`;
  return `${where || 'criterion'}: ${issue.message}`;
}

const squeeze = (text: string): string => text.replace(/\s+/g, '');

function compile(data: z.infer<typeof criterionSchema>, policy: Policy, place: Place): Criterion {
  const clause = policy.clause(data.clause);
  if (clause === null) {
    return place.fail(
      `there is no clause “${data.clause}” in ${policy.meta.id}; clauses are cited as 三（一） or 第六条（二）1`,
    );
  }
  if (policy.find(data.quote, clause.label) === null) {
    return place.fail(
      `the quote “${data.quote}” does not stand in ${clause.label}; that clause reads: ${clause.text.slice(0, 160)}…`,
    );
  }
  for (const [fact, values] of Object.entries(data.when ?? {})) checkValues(fact, values, place);
  if ((data.require === undefined) !== (data.strength === 'judgement')) {
    place.fail('a judgement has no "require"; a must or principle criterion has one');
  }
  const used: string[] = [];
  const test = data.require === undefined ? null : compileRequirement(data.require, place, used);
  if (test !== null && needsNote(data.require!) && data.note === undefined) {
    place.fail(
      'it sets a bound that the words do not state, so it needs a "note" that says how the text is read',
    );
  }
  return {
    policy: policy.meta.id,
    id: data.id,
    subject: data.subject,
    title: data.title,
    when: data.when ?? null,
    strength: data.strength,
    clause: clause.label,
    quote: data.quote,
    note: data.note ?? null,
    alternatives: data.require !== undefined && 'any' in data.require,
    test,
    facts: test?.facts ?? [],
    required: test?.required ?? '由评审判断',
    words: used,
  };
}

function needsNote(r: Requirement): boolean {
  if ('any' in r) return r.any.some(needsNote);
  if ('all' in r) return r.all.some(needsNote);
  return 'bound' in r && r.bound !== undefined;
}

function fact(id: string, place: Place): FactSpec {
  return place.vocabulary.get(id) ?? place.fail(`there is no fact “${id}” in facts.yaml`);
}

function checkValues(id: string, values: readonly (string | boolean)[], place: Place): FactSpec {
  const spec = fact(id, place);
  const known = spec.type === 'boolean' ? [true, false] : spec.values.map((v) => v.id);
  if (known.length === 0) place.fail(`${id} is a ${spec.type} and has no list of values to hold it against`);
  const stranger = values.find((v) => !known.includes(v as never));
  if (stranger !== undefined) place.fail(`${id} has no value “${stranger}”; it takes ${known.join(', ')}`);
  return spec;
}

function compileRequirement(r: Requirement, place: Place, used: string[]): Test {
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
  if (!named || !/以上|最低/.test(bare)) {
    return place.fail(
      `“${text}” names no level with 及以上; levels are ${spec.values.map((v) => v.label).join('、')}`,
    );
  }
  return named.id;
}
