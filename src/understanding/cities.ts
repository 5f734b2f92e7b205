import { type Found, WordFinder } from './lexicon.js';
import type { Reading } from './reader.js';
import type { FactMention } from './types.js';

/** The words that name a city, its districts included, and the places no document covers. */
export class CityBook {
  readonly #covered: WordFinder<string>;
  readonly #elsewhere: WordFinder<string>;

  /** @param cities city id → the words that name it */
  constructor(cities: ReadonlyMap<string, readonly string[]>, elsewhere: readonly string[]) {
    this.#covered = new WordFinder([...cities].flatMap(([id, words]) => words.map((w) => [w, id] as const)));
    this.#elsewhere = new WordFinder(elsewhere.map((w) => [w, w] as const));
  }

  find(text: string): Found<string>[] {
    return this.#covered.find(text);
  }

  elsewhere(text: string): Found<string>[] {
    const taken = this.find(text);
    return this.#elsewhere.find(text).filter((e) => !taken.some((t) => e.start < t.end && t.start < e.end));
  }
}

const UNIT_AFTER = /^(市|本地|当地|这边|这儿|那边)?(的|这家|一家|一个|某)?(一家|一个|某)?[^，。？?]{0,8}?(企业|公司|集团|厂|医院|高校|大学|学院|研究院|研究所|院所|研发机构|单位)/;
const SEAT = /(注册|登记|落户|工商)/;
const SITE = /(办公|研发场所|研发中心|总部|场所|经营地|实验室|厂房)/;
const LIVES_IN = /(我们|我司|公司|企业|集团|厂|咱们?|单位|总部|人|就)(就)?(是)?(在|是|位于|来自|地处)$/;

/** Where the asker's unit is registered and works, when the words say so: “晋江的厂”, “注册在厦门”, “研发场所在思明”. */
export function readCityFacts(
  reading: Reading,
  cities: readonly Found<string>[],
  elsewhere: readonly Found<string>[],
  hasKind: boolean,
): FactMention[] {
  const { vocabulary, text } = reading;
  const known = new Set(vocabulary.get('lead.city')?.values.map((v) => v.id) ?? []);
  const out: FactMention[] = [];
  const all = [...cities, ...elsewhere.map((e) => ({ ...e, value: 'other' }))].sort((a, b) => a.start - b.start);
  for (const place of all) {
    const seg = reading.segments.find((s) => place.start >= s.start && place.end <= s.end);
    if (!seg || !known.has(place.value)) continue;
    const before = text.slice(seg.start, place.start);
    const after = text.slice(place.end, seg.end);
    const near = before.slice(-8) + after.slice(0, 10);
    const add = (fact: string) =>
      out.push({ fact, value: { type: 'enum', value: place.value }, start: place.start, end: place.end });
    const denied = /(不在|不是|没在|非|没有在)[^，]{0,4}$/.test(before);
    if (denied) continue;
    const seat = SEAT.test(near);
    const site = SITE.test(near);
    if (seat) add('lead.city');
    if (site) add('lead.main_site_city');
    if (!seat && !site) {
      const unit = UNIT_AFTER.exec(after);
      const ruleWords = /(政策|办法|规定|文件|要求|条件|门槛|方案|指引|标准|牵头单位)/.test(after.slice(0, 8));
      if (LIVES_IN.test(before) || (unit && !ruleWords && !partnerBefore(reading, before) && (hasKind || selfBefore(reading, before) || after.startsWith('的')))) {
        add('lead.city');
      }
    }
  }
  return out;
}

function partnerBefore(reading: Reading, before: string): boolean {
  const tail = before.slice(-5);
  return reading.language.partner.some((w) => w.length > 1 && tail.includes(w)) || /\d家?$|[一二两三四五六七八九十]家$/.test(tail);
}

function selfBefore(reading: Reading, before: string): boolean {
  return reading.language.self.some((w) => before.includes(w));
}
