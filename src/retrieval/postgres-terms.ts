import { createHash } from 'node:crypto';
import { MAX_CHARS } from './query.js';
import { normalise, walkUnits } from './tokens.js';
import type { IndexDoc } from './types.js';

/** Longest key kept as it is spelled; a tsvector takes 2046 bytes a lexeme. */
const MAX_KEY = 200;
/** Distinct terms of one clause; a tsvector takes a megabyte. */
const MAX_KEYS = 40_000;

/**
 * A term as PostgreSQL stores it: a unit as it is, two neighbours with a blank between (no unit holds one, so that `1` `23`
 * and `12` `3` stay apart).
 */
export function termKey(first: string, second = ''): string {
  const key = second === '' ? first : `${first} ${second}`;
  return key.length <= MAX_KEY ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}

/** The lexeme as a query for exactly it. */
export function tsquery(key: string): string {
  return `'${key.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** The fields of a clause in the index's order (text, title, context, asks), normalised, as PostgreSQL can hold them. */
export function fieldsOf(doc: IndexDoc): [string, string, string, string] {
  const clean = (text: string) => normalise(text).replaceAll('\u0000', ' ');
  return [clean(doc.text), clean(doc.title), clean(doc.context ?? ''), clean((doc.asks ?? []).join('\n'))];
}

/** The term where it stands in a title or an everyday phrasing; no unit holds a plus. */
export const headingKey = (key: string) => `+${key}`;

/** A unit, or two neighbours; '' for no second. */
export type Spelled = readonly [first: string, second: string];

/** Distinct terms of normalised texts by key, and how many units each text has. */
export function termsOf(texts: readonly string[]): { terms: Map<string, Spelled>; lengths: number[] } {
  const terms = new Map<string, Spelled>();
  const note = (first: string, second: string) => {
    const key = termKey(first, second);
    if (!terms.has(key)) terms.set(key, [first, second]);
  };
  const lengths = texts.map((text) => {
    let previous = '';
    let length = 0;
    walkUnits(
      text,
      (u) => {
        length++;
        if (terms.size < MAX_KEYS) {
          note(u, '');
          if (previous !== '') note(previous, u);
        }
        previous = u;
      },
      () => {
        previous = '';
      },
    );
    return length;
  });
  return { terms, lengths };
}

/** Distinct terms of a question, as much of it as is read. */
export function queryTerms(query: string): Map<string, Spelled> {
  return termsOf([normalise(query.slice(0, MAX_CHARS))]).terms;
}
