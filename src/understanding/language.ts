import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';
import { CUES, type Cue, EVERYWHERE, SUBJECT_CUES, type Subject, type SubjectCue } from './cues.js';

const words = z.array(z.string().min(1));

/** A section of named patterns, every one of which must be there. */
const patternsOf = <K extends string>(keys: readonly K[]) =>
  z.strictObject(Object.fromEntries(keys.map((k) => [k, z.string().min(1)])) as Record<K, z.ZodString>);
const SUBJECTS = Object.keys(SUBJECT_CUES) as Subject[];

const schema = z.strictObject({
  self: words,
  inPerson: words,
  narrower: words,
  selfKind: z.record(z.string(), z.string()),
  partner: words,
  correction: words,
  hypothetical: words,
  unknownAnswer: words,
  yes: words,
  no: words,
  years: z.record(z.string(), z.number().int()),
  eachYear: words,
  lastYear: words,
  lends: z.record(z.string(), words),
  countsLead: z.record(z.string(), z.string().nullable()),
  withoutLead: z.record(z.string(), z.string()),
  quietNames: z.array(z.strictObject({ when: z.string(), names: z.record(z.string(), z.string()) })),
  decoys: words,
  notNames: words,
  localWord: z.string().min(1),
  times: z.strictObject({ past: z.string().min(1), toCome: z.string().min(1) }),
  cues: patternsOf(CUES),
  seatCues: patternsOf(SUBJECT_CUES.seatCues),
  levelCues: patternsOf(SUBJECT_CUES.levelCues),
  kindCues: patternsOf(SUBJECT_CUES.kindCues),
  figureCues: patternsOf(SUBJECT_CUES.figureCues),
  yesNoCues: patternsOf(SUBJECT_CUES.yesNoCues),
  passingCues: patternsOf(SUBJECT_CUES.passingCues),
  revokedCues: patternsOf(SUBJECT_CUES.revokedCues),
  sureCues: patternsOf(SUBJECT_CUES.sureCues),
  keyTerms: words,
  lookAlikes: words,
  particles: z.record(z.string(), z.string()),
  shorthand: z.array(z.strictObject({ from: z.string().min(1), to: z.string() })),
  talentShorthand: z.array(z.strictObject({ from: z.string().min(1), to: z.string() })),
  intents: z.record(z.string(), words),
  wants: z.record(z.string(), z.string()),
  filler: words,
  joining: z.string(),
  conditions: z.string(),
  consortiumWords: z.string(),
  talentWords: z.string(),
  remember: z.string(),
  forget: z.string(),
  forgetOne: z.string(),
  original: z.string(),
  why: z.string(),
  originalOnly: z.string(),
  benefits: z.string(),
});

const PATTERNS = [
  'joining',
  'conditions',
  'consortiumWords',
  'talentWords',
  'remember',
  'forget',
  'forgetOne',
  'original',
  'originalOnly',
  'why',
  'benefits',
] as const;

type Pattern = (typeof PATTERNS)[number];

type Subjects = { [S in Subject]: Record<SubjectCue<S>, RegExp> };

/** knowledge/language.yaml: how people ask. */
export interface Language
  extends Omit<z.infer<typeof schema>, 'intents' | 'wants' | 'cues' | Subject | Pattern>,
    Record<Pattern, RegExp>,
    Subjects {
  /** What stands beside a name or figure, by purpose (see the comments in the file). */
  cues: Record<Cue, RegExp>;
  intents: Record<string, RegExp[]>;
  wants: Record<string, RegExp>;
}

/** A comma is a half-width one in the text that patterns meet (NFKC), so what may not pass ， may not pass that. */
const ofOneStatement = (source: string): string =>
  source.replace(/\[\^([^\]]+)\]/g, (all, of: string) =>
    of.includes('，') && !of.includes(',') ? `[^,${of}]` : all,
  );

/** Reads language.yaml. @throws DataError naming the field and what would be accepted. */
export function loadLanguage(file: string): Language {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new DataError(file, null, `${issue.path.join('.')}: ${issue.message}`);
  }
  const regex = (source: string, at: string, flags = 'iu'): RegExp => {
    try {
      return new RegExp(ofOneStatement(source), flags);
    } catch (error) {
      throw new DataError(file, null, `${at}: not a regular expression: ${(error as Error).message}`);
    }
  };
  const patterns = Object.fromEntries(PATTERNS.map((p) => [p, regex(parsed.data[p], p)])) as Record<
    Pattern,
    RegExp
  >;
  const subjects = Object.fromEntries(
    SUBJECTS.map((s) => [
      s,
      Object.fromEntries(
        Object.entries<string>(parsed.data[s]).map(([c, of]) => [c, regex(of, `${s}.${c}`)]),
      ),
    ]),
  ) as Subjects;
  return {
    ...parsed.data,
    ...patterns,
    ...subjects,
    cues: Object.fromEntries(
      CUES.map((c) => [c, regex(parsed.data.cues[c], `cues.${c}`, EVERYWHERE.has(c) ? 'giu' : 'iu')]),
    ) as Record<Cue, RegExp>,
    intents: Object.fromEntries(
      Object.entries(parsed.data.intents).map(([name, list]) => [
        name,
        list.map((s) => regex(s, `intents.${name}`)),
      ]),
    ),
    wants: Object.fromEntries(
      Object.entries(parsed.data.wants).map(([name, s]) => [name, regex(s, `wants.${name}`)]),
    ),
  };
}
