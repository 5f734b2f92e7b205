import { z } from 'zod';
import { DataError } from '../../errors.js';
import { readYaml } from '../../knowledge/index.js';

const pattern = z.string().min(1);

const DAYS = [
  'asks',
  'between',
  'not',
  'whole',
  'compares',
  'months',
  'years',
  'weeks',
  'today',
  'claimed',
  'thing',
  'others',
  'bareDay',
] as const;

/** The days that a document has: those of its life, and that of the yearly report. */
export const EVENTS = ['annual', 'expires', 'effective', 'issued'] as const;
export type Event = (typeof EVENTS)[number];

const FIGURES = [
  'sum',
  'difference',
  'rest',
  'share',
  'each',
  'joint',
  'noise',
  'had',
  'local',
  'cap',
  'integer',
  'count',
  'money',
  'plus',
  'units',
  'unitsBefore',
  'times',
  'percent',
  'adds',
  'ratio',
  'asked',
  'rows',
  'whole',
] as const;
const figuresShape = Object.fromEntries(FIGURES.map((k) => [k, pattern])) as Record<
  (typeof FIGURES)[number],
  typeof pattern
>;

const schema = z.strictObject({
  figures: z.strictObject(figuresShape),
  days: z.strictObject({
    ...(Object.fromEntries(DAYS.map((k) => [k, pattern])) as Record<(typeof DAYS)[number], typeof pattern>),
    events: z.strictObject(
      Object.fromEntries(EVENTS.map((e) => [e, pattern])) as Record<Event, typeof pattern>,
    ),
    relative: z.strictObject({ last: pattern, this: pattern, next: pattern }),
  }),
});

/** The words by which a stretch of time is asked for. */
export type DayWords = Readonly<Record<(typeof DAYS)[number], RegExp>> & {
  events: Readonly<Record<Event, RegExp>>;
  /** Words for a year beside this one → how many years on. */
  relative: readonly [RegExp, number][];
};

/** The words by which a reckoning with stated figures is asked for. */
export type FigureWords = Readonly<Record<(typeof FIGURES)[number], RegExp>>;

/** knowledge/reckoning.yaml: what is to be reckoned with the figures and dates that the documents state. */
export interface ReckoningWords {
  days: DayWords;
  figures: FigureWords;
}

/** @throws DataError naming the field and what would be accepted. */
export function loadReckoning(file: string): ReckoningWords {
  const { value, lineOf } = readYaml(file);
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new DataError(file, lineOf(issue.path), `${issue.path.join('.')}: ${issue.message}`);
  }
  const { relative, events, ...days } = parsed.data.days;
  const read = (source: string) => new RegExp(source, 'iu');
  const all = <K extends string>(sources: Record<K, string>) =>
    Object.fromEntries(Object.entries<string>(sources).map(([k, v]) => [k, read(v)])) as Record<K, RegExp>;
  return {
    figures: all(parsed.data.figures),
    days: {
      ...all(days),
      events: all(events),
      relative: [
        [read(relative.last), -1],
        [read(relative.this), 0],
        [read(relative.next), 1],
      ],
    },
  };
}
