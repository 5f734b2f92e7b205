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
  deeds: z.array(z.array(words).min(1)),
  done: z.array(words),
  reach: pattern,
  open: pattern,
});

/** The kind of thing that a question asks for (a day, a system, a name), and the words by which an answer tells one. */
type WantedType = z.infer<typeof type>;

/** A kind of people, units or papers, by the words that stand for it, and how its number is asked for. */
interface WantedKind {
  names: readonly string[];
  asks: readonly RegExp[];
}

/** What knowledge/wants.yaml holds. */
export interface Wants {
  types: readonly WantedType[];
  kinds: readonly WantedKind[];
  /** What is done, by the words that stand for it, and how one asks whether, when or by whom it is done. */
  deeds: readonly WantedKind[];
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

const literal = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** knowledge/wants.yaml. @throws DataError naming what would be accepted. */
export function loadWants(file: string): Wants {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new DataError(
      file,
      null,
      `${issue.path.join('.')}: ${issue.message}; types: lines of { want, asks, held, silent, unless }, all but the name regular expressions; kinds, deeds: lists of words; counted, done, within: regular expressions with {kind}; reach, open: regular expressions`,
    );
  }
  const { types, kinds, counted, within, deeds, done, reach, open } = parsed.data;
  const named = (patterns: readonly string[], name: string) =>
    patterns.map((p) => new RegExp(p.replaceAll('{kind}', name), 'u'));
  const askedFor = (lines: readonly string[][], patterns: readonly string[]): WantedKind[] =>
    lines.map((names) => ({ names, asks: named(patterns, `(?<kind>${names.map(literal).join('|')})`) }));
  return {
    types,
    open,
    within: (place, question) => named(within, literal(place)).some((p) => p.test(question)),
    askedOf: (word, question) => {
      for (let at = question.indexOf(word); at >= 0; at = question.indexOf(word, at + 1))
        // “豁不豁免”: asked of by its own opposite.
        if (reach.test(question.slice(at + word.length)) || question.slice(0, at).endsWith(`${word[0]}不`))
          return true;
      return false;
    },
    kinds: askedFor(kinds, counted),
    deeds: askedFor(deeds, done),
  };
}

/** What is said, cut into sentences. */
const sentences = (said: string): string[] =>
  said
    .replaceAll(/(?<=[0-9])\s+|\s+(?=[0-9])/gu, '')
    .split(/[；。\n]/u)
    .filter((part) => part.trim() !== '');

/** A share that is asked for, and one that is told. */
const SHARE = /占比|比例|百分之|几成|占了?(?:多少|几)/u;
const SHARED = /%|百分之|[一二三四五六七八九]成|半/u;

/** That there is none. */
const NOT = /没有|未/u;

/** What would be said, and what tells whether it answers. */
export interface Said {
  /** The answer's own words with what it quotes. */
  words: string;
  /** The ways of asking for what it tells, in which a kind may go by another name; and for all it says, silences too. */
  asks: string;
  all: string;
  /** Whether a sentence says of something that it is not written. */
  silent: (sentence: string) => boolean;
}

/** What a normalised question asks for and an answer does not hold, in the order asked for. */
export function notHeld({ types, kinds, deeds }: Wants, question: string, said: Said): Missing[] {
  const parts = sentences(said.words);
  const missing = types.flatMap(({ want, asks, held, silent: open, unless }): Missing[] => {
    const found = asks.exec(question);
    if (found === null || unless?.test(question)) return [];
    const holds = parts.some((part) => (said.silent(part) ? (open ?? held) : held).test(part));
    return holds ? [] : [{ asked: want, at: found.index }];
  });
  const undone = deeds.flatMap(({ names, asks }): Missing[] => {
    if (names.some((name) => said.words.includes(name) || said.all.includes(name))) return [];
    const found = firstAsked(asks, question);
    return found === null ? [] : [found];
  });
  return [
    ...missing,
    ...kindsNotHeld(kinds, question, said),
    ...sharesNotHeld(parts, question, said),
    ...undone,
  ].sort((a, b) => a.at - b.at);
}

/** Which of some words for one thing a question asks for, and in what words. */
function firstAsked(asks: WantedKind['asks'], question: string): (Missing & { text: string }) | null {
  for (const pattern of asks) {
    const found = pattern.exec(question);
    if (found) return { asked: found.groups!.kind!, at: found.index, text: found[0] };
  }
  return null;
}

const SHARE_OF =
  /(?<part>\p{Script=Han}{2})的?(?:占比|比例)(?:要求|至少|最少|最低|最高|不低于|要|是|为|有|得|占|到|达到)*(?:多少|几|百分之)/u;

/** The thing whose share is asked for (设备占比要多少), where no share that is told is of it. */
function sharesNotHeld(parts: readonly string[], question: string, said: Said): Missing[] {
  const found = SHARE_OF.exec(question);
  const part = found?.groups?.part;
  if (!found || part === undefined) return [];
  const holds = parts.some((p) => p.includes(part) && (SHARED.test(p) || NOT.test(p)));
  return holds || said.asks.includes(part) ? [] : [{ asked: `${part}占比`, at: found.index }];
}

/** The kinds whose number a question asks for and of which an answer does not speak. */
export function kindsNotHeld(kinds: Wants['kinds'], question: string, said: Said): Missing[] {
  const parts = sentences(said.words.toLowerCase());
  return kinds.flatMap(({ names, asks }): Missing[] => {
    const found = firstAsked(asks, question);
    if (found === null) return [];
    const speaks = (part: string) => names.some((name) => part.includes(name));
    // A share is told of the very kind; a number may be told of it by another name.
    const holds = SHARE.test(found.text)
      ? parts.some((part) => speaks(part) && (SHARED.test(part) || said.silent(part)))
      : speaks(said.asks) || parts.some((part) => speaks(part) && (/[0-9]/u.test(part) || said.silent(part)));
    return holds ? [] : [found];
  });
}
