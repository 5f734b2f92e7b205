import type { Found } from './lexicon.js';
import { within } from './others.js';
import { partnerNear } from './partners.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

/** “泉港这边，收入两个亿”, “晋江独立法人”: nobody asks for the rules of a district, so a case told with one is told of a unit there. */
export function districtOf(reading: Reading, all: readonly Found<string>[]): FactMention[] {
  const { seatCues } = reading.language;
  const { text, language, vocabulary } = reading;
  if (!reading.personal || new Set(all.map((p) => p.value)).size !== 1) return [];
  const city = vocabulary.get('lead.city')?.values.find((v) => v.id === all[0]!.value);
  if (!city || city.id === 'other') return [];
  const place = all.find((p) => {
    const before = text.slice(Math.max(0, p.start - 12), p.start);
    return (
      !p.word.includes(city.label) &&
      !within(reading.others, p.start) &&
      !partnerNear(reading, before) &&
      !language.cues.deniedPlace.test(before) &&
      !seatCues.towards.test(before) &&
      !seatCues.hasUnits.test(text.slice(p.end))
    );
  });
  if (!place) return [];
  const value = { type: 'enum', value: city.id } as const;
  return [{ fact: 'lead.city', value, start: place.start, end: place.end }];
}

/** “青岛联合体，我们是企业牵头”: the city that a message opens with, where the asker's own kind is told and no other city is. */
export function headingOf(reading: Reading, all: readonly Found<string>[]): FactMention[] {
  const { text, language, vocabulary } = reading;
  const [place] = all;
  if (!place || place.start > 0 || new Set(all.map((p) => p.value)).size !== 1) return [];
  const rest = text.slice(place.end);
  if (!language.cues.headCity.test(rest) || !language.cues.leadsAsKind.test(rest)) return [];
  if (!vocabulary.get('lead.city')?.values.some((v) => v.id === place.value)) return [];
  const value = { type: 'enum', value: place.value } as const;
  return [{ fact: 'lead.city', value, start: place.start, end: place.end }];
}

/** “我们在集美，办公研发都在这儿”, “我们厂在湖里，场所都在那”: the place named before, meant by a word for there. */
export function thereToo(reading: Reading, all: readonly Found<string>[]): FactMention[] {
  const { cues } = reading.language;
  return [...reading.text.matchAll(cues.there)].flatMap((m): FactMention[] => {
    const place = all.filter((p) => p.end <= m.index).at(-1);
    const fact = cues.site.test(m[0]) ? 'lead.main_site_city' : 'lead.city';
    if (!place || !reading.vocabulary.get(fact)?.values.some((v) => v.id === place.value)) return [];
    return [
      { fact, value: { type: 'enum', value: place.value }, start: m.index, end: m.index + m[0].length },
    ];
  });
}

/** “温州，…”, “厦门：企业5家”: a city that heads what is asked, with nothing of a seat beside it. */
export function isHeading(reading: Reading, place: FactMention): boolean {
  const { seatCues } = reading.language;
  const seg = reading.segments.find((s) => place.start >= s.start && place.end <= s.end);
  if (!seg || place.start !== seg.start) return false;
  const after = reading.text.slice(place.end, seg.end);
  return seatCues.heading.test(after) || seatCues.headingColon.test(after);
}
