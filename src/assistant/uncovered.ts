import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';

const schema = z.array(
  z.strictObject({
    matter: z.string().min(1),
    office: z.string().min(1),
    words: z.array(z.string().min(1)).default([]),
    // Read once: a question is held against all of them.
    patterns: z
      .array(
        z
          .string()
          .min(1)
          .transform((p) => new RegExp(p, 'u')),
      )
      .default([]),
    // What is asked about something else that only comes up beside it (有人举报…造假，后果是什么).
    unless: z
      .string()
      .min(1)
      .transform((p) => new RegExp(p, 'u'))
      .optional(),
  }),
);

/** A matter that no document deals with, and whom to ask about it. */
export type Matter = z.infer<typeof schema>[number];

/** knowledge/uncovered.yaml. @throws DataError naming what would be accepted. */
export function loadUncovered(file: string): Matter[] {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new DataError(
    file,
    null,
    `${issue.path.join('.')}: ${issue.message}; each line is { matter, office, words, patterns, unless }, the patterns and unless regular expressions`,
  );
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Whether a word stands in a text as more than the end of one word and the beginning of the next (直接|送 is no 接送). */
function stands(text: string, word: string): boolean {
  // An English word is bounded by letters, a single character by nothing.
  if (!/^\p{Script=Han}{2,}$/u.test(word)) return text.includes(word);
  const cuts = [...segmenter.segment(text)];
  const torn = (at: number): boolean => {
    const over = cuts.find((c) => c.index < at && at < c.index + c.segment.length);
    if (!over || at + word.length <= over.index + over.segment.length) return false;
    // What is left before it must be no word of its own: 泉州|市长 and 来回|路费 are cut elsewhere by mistake.
    return [...segmenter.segment(text.slice(0, at))].at(-1)?.segment.length === 1;
  };
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) if (!torn(at)) return true;
  return false;
}

/**
 * The matter that a normalised text names with a word that `elsewhere` does not hold; null when it names none.
 * @param same what else a word is used for: a word for something that `elsewhere` speaks of (“体检” of a consortium) names no other matter
 */
export function matterNamed(
  matters: readonly Matter[],
  text: string,
  elsewhere: string,
  same: (word: string) => readonly string[] = () => [],
): Matter | null {
  const names = (word: string): boolean => {
    if (!text.includes(word) || [word, ...same(word)].some((w) => elsewhere.includes(w))) return false;
    if (!/^[a-z]/.test(word)) return stands(text, word);
    return new RegExp(`(?<![a-z])${word}(?![a-z])`).test(text);
  };
  const asks = (pattern: RegExp): boolean => {
    const found = pattern.exec(text);
    return found !== null && !elsewhere.includes(found[0]);
  };
  return matters.find((m) => (m.words.some(names) || m.patterns.some(asks)) && !m.unless?.test(text)) ?? null;
}
