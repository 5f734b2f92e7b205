import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';

const regex = z.string().min(1);
const names = [
  'begin',
  'beginWithin',
  'beginNot',
  'leave',
  'restart',
  'back',
  'skip',
  'keep',
  'why',
  'ifNot',
  'help',
  'report',
  'full',
  'summary',
  'changeSubject',
  'changePolicies',
  'addPolicies',
  'cityNoise',
  'replacePolicies',
  'onlyPolicies',
  'ours',
  'all',
  'change',
  'changeNoise',
  'whatIf',
  'unsure',
  'question',
  'outcome',
  'yes',
  'no',
  'noInstead',
  'never',
  'noneOf',
  'oneYear',
  'whatOf',
  'otherSubject',
  'ownKind',
  'naming',
  'nameNoise',
] as const;
type Name = (typeof names)[number];
const answers = z.strictObject({ yes: regex, no: regex });
const schema = z.strictObject({
  ...(Object.fromEntries(names.map((n) => [n, regex])) as Record<Name, typeof regex>),
  subjects: z.record(z.enum(['lead', 'member', 'consortium', 'talent-consortium']), regex),
  answers: z.record(z.string(), answers),
});

/** How an interview's answers are read: the patterns of wording-interview.yaml, by name. */
export interface Words {
  is(name: Name, text: string): boolean;
  pattern(name: Name): RegExp;
  subjects: readonly (readonly [string, RegExp])[];
  /** Words that answer one yes/no question alone, by fact. */
  answers: ReadonlyMap<string, { yes: RegExp; no: RegExp }>;
}

/**
 * Reads the `read` part of knowledge/wording-interview.yaml.
 * @throws DataError naming the field and what is wrong with it.
 */
export function loadWords(file: string): Words {
  const parsed = schema.safeParse((parse(readFileSync(file, 'utf8')) as { read?: unknown })?.read);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new DataError(file, null, `read.${issue.path.join('.')}: ${issue.message}`);
  }
  const { subjects, answers: own, ...rest } = parsed.data;
  const compile = (name: string, source: string, flags = 'iu') => {
    try {
      return new RegExp(source, flags);
    } catch (error) {
      throw new DataError(file, null, `read.${name}: ${(error as Error).message}`);
    }
  };
  const patterns = Object.fromEntries(names.map((n) => [n, compile(n, rest[n])])) as Record<Name, RegExp>;
  return {
    is: (name, text) => patterns[name].test(text),
    pattern: (name) => patterns[name],
    subjects: Object.entries(subjects).map(
      ([id, source]) => [id, compile(`subjects.${id}`, source)] as const,
    ),
    answers: new Map(
      Object.entries(own).map(([id, { yes, no }]) => [
        id,
        { yes: compile(`answers.${id}.yes`, yes), no: compile(`answers.${id}.no`, no) },
      ]),
    ),
  };
}
