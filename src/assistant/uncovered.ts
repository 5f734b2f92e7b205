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
    `${issue.path.join('.')}: ${issue.message}; each line is { matter, office, words, patterns }, the patterns regular expressions`,
  );
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
    return !/^[a-z]/.test(word) || new RegExp(`(?<![a-z])${word}(?![a-z])`).test(text);
  };
  const asks = (pattern: RegExp): boolean => {
    const found = pattern.exec(text);
    return found !== null && !elsewhere.includes(found[0]);
  };
  return matters.find((m) => m.words.some(names) || m.patterns.some(asks)) ?? null;
}
