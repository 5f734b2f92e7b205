import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** Places that no pack covers. */
export interface Places {
  words: string[];
  /** Those that are also ordinary words (朝阳, 白银): read only where the words beside them speak of a place. */
  ambiguous: ReadonlySet<string>;
}

/** Reads knowledge/places.yaml, `covered` words taken out. */
export function loadPlaces(file: string, covered: ReadonlySet<string>): Places {
  const raw = parse(readFileSync(file, 'utf8')) as {
    cities?: string;
    provinces?: string;
    ambiguous?: string;
  };
  const list = (text: string | undefined) => (text ?? '').split(/\s+/).filter((w) => w !== '');
  const all = [...list(raw.cities), ...list(raw.provinces)];
  return { words: all.filter((w) => !covered.has(w)), ambiguous: new Set(list(raw.ambiguous)) };
}
