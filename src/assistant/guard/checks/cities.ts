import { type Check, drop } from '../context.js';
import { says } from '../lexicon.js';
import { first, has } from '../text.js';

/** A sentence speaks of the cities that it cites; a lone city of the conversation need not be named. */
export const cities: Check = ({ s, proofs, said, figures, lexicon }) => {
  const cited = new Set(proofs.flatMap((p) => (p.city === null ? [] : [p.city])));
  const named = new Set<string>();
  for (const m of s.matchAll(lexicon.cities)) {
    const city = lexicon.cityOf(m[0]);
    named.add(city);
    if (!cited.has(city) && !proofs.some((p) => p.text.includes(m[0]))) return drop('city', m[0]);
    // 泉州市、安溪县分别…: a place in a row of places stands in the row that it is cited from.
    const row = first(lexicon.re.rowed, s.slice(m.index + m[0].length));
    if (row !== null && !proofs.some((p) => p.text.includes(m[0] + row))) return drop('city', m[0] + row);
  }
  for (const segment of s.split(/[，。；：！？]/)) {
    const there = new Set([...segment.matchAll(lexicon.cities)].map((m) => lexicon.cityOf(m[0])));
    // Of several cities at once nothing is said: what holds of one is soon said of all.
    if (there.size > 1 && says(lexicon, segment) && !proofs.some((p) => p.text.includes(segment)))
      return drop('city', segment);
  }
  const weighty =
    figures.length > 0 || has(lexicon.re.levels, s) || lexicon.strengths.some(([, re]) => has(re, s));
  const [only] = cited;
  const understood = cited.size === 1 && said.cities.length === 1 && said.cities[0] === only;
  if (cited.size > 0 && weighty && !understood) {
    const missing = [...cited].find((c) => !named.has(c));
    if (missing !== undefined) return drop('city', missing);
  }
  return null;
};
