import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';

const words = z.string().min(1);

const schema = z.strictObject({
  words: z.record(z.string().regex(/^[a-z]+$/), words),
  signs: z.array(
    z.strictObject({
      sign: words,
      asks: words,
      unless: words.optional(),
      told: words.optional(),
      kinds: z.array(words),
      roster: z.boolean().default(false),
    }),
  ),
  beside: words,
  measures: z.array(z.array(words)),
});

/** A way of asking for the state of the world (who is in, how many there are), not for a rule about it. */
export interface Sign {
  /** What is asked for, as an answer names it: 名单, 统计数字. */
  sign: string;
  asks: RegExp;
  unless: RegExp | null;
  told: RegExp | null;
  /** Kinds of topic whose entries may tell it. */
  kinds: ReadonlySet<string>;
  /** True of the sign that names a list of who or which. */
  roster: boolean;
}

/** “多少篇论文”, “博士一共多少个”: the two characters that name what is counted. */
const COUNTED_AFTER =
  /(?:多少|(?<![哪好])几)[家个所位名人项场件批支种篇笔台套道次张部](?!之|以|的|次)(\p{Script=Han}{2})/u;
const COUNTED_BEFORE = /(\p{Script=Han}{2})(?:一共|总共|合计|总数)(?:有|是)?(?:多少|几)/u;

/** What knowledge/worldly.yaml holds. */
export interface Worldly {
  signs: readonly Sign[];
  /** Whether a question that names a covered city too is about a place that is not covered (某市自己的标准是多少). */
  beside(place: string, text: string): boolean;
  /** Whether words hold a figure counted as a question asks to count (几笔, 多少篇); true where it asks for no such count. */
  counts(text: string, words: string): boolean;
  /** What a question asks the number of (“博士一共多少个”); null where its words do not tell. */
  counted(text: string): string | null;
}

/** knowledge/worldly.yaml. @throws DataError naming what would be accepted. */
export function loadWorldly(file: string): Worldly {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new DataError(
      file,
      null,
      `${issue.path.join('.')}: ${issue.message}; words: a pattern a name; signs: lines of { sign, asks, unless, told, kinds }; beside: a pattern with {place}; measures: lists of words`,
    );
  }
  const named = parsed.data.words;
  const pattern = (text: string): RegExp => {
    let out = text;
    // A pattern may be made of others that are made of others.
    for (let depth = 0; depth < 4 && /\{[a-z]+\}/.test(out); depth++)
      out = out.replaceAll(/\{([a-z]+)\}/g, (_, name: string) => {
        const found = named[name];
        if (found === undefined) throw new DataError(file, null, `{${name}} is not one of "words:"`);
        return /\|/.test(found) ? `(?:${found})` : found;
      });
    return new RegExp(out, 'u');
  };
  const { beside, measures } = parsed.data;
  const known = new Set(measures.flat());
  const measure = new RegExp(
    `(?:多少|(?<![哪好])几)(${[...known, ...'篇笔张台部封票户支届'].join('|')})`,
    'u',
  );
  const signs = parsed.data.signs.map((s) => ({
    sign: s.sign,
    asks: pattern(s.asks),
    unless: s.unless === undefined ? null : pattern(s.unless),
    told: s.told === undefined ? null : pattern(s.told),
    kinds: new Set(s.kinds),
    roster: s.roster,
  }));
  return {
    signs,
    beside: (place, text) =>
      new RegExp(beside.replaceAll('{place}', place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), 'u').test(text),
    counts: (text, said) => {
      const asked = measure.exec(text)?.[1];
      if (asked === undefined) return true;
      const alike = measures.filter((line) => line.includes(asked)).flat();
      return [asked, ...alike].some((m) => new RegExp(`[0-9][多余几万千百]*${m}`, 'u').test(said));
    },
    counted: (text) => COUNTED_AFTER.exec(text)?.[1] ?? COUNTED_BEFORE.exec(text)?.[1] ?? null,
  };
}

/** The signs of a question for the state of the world that a normalised text bears. */
export function worldAsked(signs: readonly Sign[], text: string): Sign[] {
  return signs.filter((s) => s.asks.test(text) && !s.unless?.test(text));
}
