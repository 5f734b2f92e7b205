import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';

const characters = z
  .string()
  .min(1)
  .transform((s) => [...s]);
const list = z.string().transform((s) => s.split(/\s+/).filter((w) => w !== ''));
const schema = z.strictObject({
  cities: list,
  provinces: list,
  ambiguous: list,
  oneCharacter: z.strictObject({ after: characters, ahead: characters, ordinaryAfter: characters }),
});

/** Places that no pack covers, and what tells a place from an ordinary word. */
export interface Places {
  words: string[];
  /** Those that are also ordinary words (朝阳, 白银): read only where the words beside them speak of a place. */
  ambiguous: ReadonlySet<string>;
  /** Characters beside the one character that stands for a city: before it, behind it, and before it in an ordinary word. */
  oneCharacter: z.infer<typeof schema>['oneCharacter'];
}

/** Reads knowledge/places.yaml, `covered` words taken out. @throws DataError naming the field and what would be accepted. */
export function loadPlaces(file: string, covered: ReadonlySet<string>): Places {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new DataError(file, null, `${issue.path.join('.')}: ${issue.message}`);
  }
  const { cities, provinces, ambiguous, oneCharacter } = parsed.data;
  return {
    words: [...cities, ...provinces].filter((w) => !covered.has(w)),
    ambiguous: new Set(ambiguous),
    oneCharacter,
  };
}
