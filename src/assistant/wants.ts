import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';

const words = z.string().min(1);
const pattern = words.transform((p) => new RegExp(p, 'u'));

const type = z.strictObject({
  want: words,
  asks: pattern,
  held: pattern,
  silent: pattern.optional(),
  unless: pattern.optional(),
});

const schema = z.strictObject({
  types: z.array(type),
  kinds: z.array(z.array(words).min(1)),
  counted: z.array(words),
  within: z.array(words),
  reach: pattern,
  open: pattern,
});

/** The kind of thing that a question asks for (a day, a system, a name), and the words by which an answer tells one. */
type WantedType = z.infer<typeof type>;

/** A kind of people, units or papers, by the words that stand for it, and how its number is asked for. */
interface WantedKind {
  names: readonly string[];
  asks: { name: string; patterns: readonly RegExp[] }[];
}

/** What knowledge/wants.yaml holds. */
export interface Wants {
  types: readonly WantedType[];
  kinds: readonly WantedKind[];
  /** Words by which a document leaves something open. */
  open: RegExp;
  /** Whether a place is asked of as a part of what is counted. */
  within(place: string, question: string): boolean;
  /** Whether a word of a question is what is asked of, not what stands beside it. */
  askedOf(word: string, question: string): boolean;
}

/** Something that a question asks for and an answer does not hold, and where it asks for it. */
export interface Missing {
  asked: string;
  at: number;
}

/** “豁不豁免”: a word asked of by its own opposite, at the end of what is read. */
const EITHER = /(\p{Script=Han})[不没]\1\p{Script=Han}*$/u;

const literal = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** knowledge/wants.yaml. @throws DataError naming what would be accepted. */
export function loadWants(file: string): Wants {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new DataError(
      file,
      null,
      `${issue.path.join('.')}: ${issue.message}; types: lines of { want, asks, held, silent, unless }, all but the name regular expressions; kinds: lists of words; counted, within: regular expressions with {kind}; reach, open: regular expressions`,
    );
  }
  const { types, kinds, counted, within, reach, open } = parsed.data;
  const named = (patterns: readonly string[], name: string) =>
    patterns.map((p) => new RegExp(p.replaceAll('{kind}', literal(name)), 'u'));
  return {
    types,
    open,
    within: (place, question) => named(within, place).some((p) => p.test(question)),
    askedOf: (word, question) => {
      for (let at = question.indexOf(word); at >= 0; at = question.indexOf(word, at + 1))
        if (reach.test(question.slice(at + word.length)) || EITHER.test(question.slice(0, at + word.length)))
          return true;
      return false;
    },
    kinds: kinds.map((names) => ({
      names,
      asks: names.map((name) => ({ name, patterns: named(counted, name) })),
    })),
  };
}

/** What is said, cut into sentences. */
const sentences = (said: string): string[] =>
  said
    .replaceAll(/(?<=[0-9])\s+|\s+(?=[0-9])/gu, '')
    .split(/[；。\n]/u)
    .filter((part) => part.trim() !== '');

/** A share that is asked for, and one that is told. */
const SHARE = /占比|比例|百分之|几成/u;
const SHARED = /%|百分之|[一二三四五六七八九]成|半/u;

/** What would be said, and what tells whether it answers. */
export interface Said {
  /** The answer's own words with what it quotes. */
  words: string;
  /** All ways of asking for it, in which a kind may go by another name. */
  asks: string;
  /** Whether a sentence says of something that it is not written. */
  silent: (sentence: string) => boolean;
}

/** What a normalised question asks for and an answer does not hold, in the order asked for. */
export function notHeld({ types, kinds }: Wants, question: string, said: Said): Missing[] {
  const parts = sentences(said.words);
  const missing = types.flatMap(({ want, asks, held, silent: open, unless }): Missing[] => {
    const found = asks.exec(question);
    if (found === null || unless?.test(question)) return [];
    const holds = parts.some((part) => (said.silent(part) ? (open ?? held) : held).test(part));
    return holds ? [] : [{ asked: want, at: found.index }];
  });
  return [...missing, ...kindsNotHeld(kinds, question, said)].sort((a, b) => a.at - b.at);
}

/** The kinds whose number a question asks for and of which an answer does not speak. */
export function kindsNotHeld(kinds: Wants['kinds'], question: string, said: Said): Missing[] {
  const parts = sentences(said.words.toLowerCase());
  return kinds.flatMap(({ names, asks }): Missing[] => {
    const found = asks
      .flatMap(({ name, patterns }) => patterns.map((p) => ({ name, found: p.exec(question) })))
      .find((m) => m.found !== null);
    if (!found?.found) return [];
    const speaks = (part: string) => names.some((name) => part.includes(name));
    // A share is told of the very kind; a number may be told of it by another name.
    const holds = SHARE.test(found.found[0])
      ? parts.some((part) => speaks(part) && (SHARED.test(part) || said.silent(part)))
      : speaks(said.asks) || parts.some((part) => speaks(part) && (/[0-9]/u.test(part) || said.silent(part)));
    return holds ? [] : [{ asked: found.name, at: found.found.index }];
  });
}
