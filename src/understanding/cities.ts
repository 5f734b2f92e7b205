import { segmentAt } from './context.js';
import { asSubsidiary } from './holder.js';
import { type Found, type Language, type Places, WordFinder } from './lexicon.js';
import { within } from './others.js';
import type { Reading } from './reader.js';
import type { FactMention } from './types.js';

/** The places of one question. */
export interface PlacesNamed {
  /** Cities that a document covers and that the question is about. */
  cities: Found<string>[];
  /** Places that no document covers. */
  elsewhere: Found<string>[];
}

/** A unit that is not the asker's, said to be somewhere. */
const OTHER_SEAT = /(母公司|总公司|子公司|分公司|股东|上级单位)(都|也|则|注册)?(是|在|位于|设在)*$/;
const PARENT_SEAT = /(母公司|总公司|集团)(都|也|则|注册|登记)?(是|在|位于|设在)*$/;
const OTHER_UNIT =
  /(母公司|总公司|子公司|分公司|股东|上级单位|成员(单位|企业)?|共建单位|合作(单位|企业|方)|伙伴|客户|供应商)(的)?(注册地?|登记地?|都|也)*$/;
/** A seat or a site that moved. */
const MOVED = /(迁|搬|转移|挪)(移)?(到|至|去|往|进|来|了|在)?$/;
const LATIN_SITE =
  /(\bhq\b|headquarters?|offices?|\blabs?\b|r&d (cent(er|re)s?|sites?))[a-z &]{0,30}\b(in|at)( the)? $/;

/** The words that name a city, its districts included, and the places no document covers. */
export class CityBook {
  readonly #covered: WordFinder<string>;
  readonly #elsewhere: WordFinder<string>;
  readonly #ambiguous: ReadonlySet<string>;
  /** All words of the covered cities. */
  readonly words: readonly string[];

  /** @param cities city id → the words that name it */
  constructor(cities: ReadonlyMap<string, readonly string[]>, places: Places) {
    this.words = [...cities.values()].flat();
    this.#covered = new WordFinder([...cities].flatMap(([id, words]) => words.map((w) => [w, id] as const)));
    this.#elsewhere = new WordFinder(places.words.map((w) => [w, w] as const));
    this.#ambiguous = places.ambiguous;
  }

  /** The words of covered cities, wherever they stand. */
  find(text: string): Found<string>[] {
    return this.#covered.find(text).filter((c) => c.word.length > 1 || standsForCity(text, c));
  }

  /** Every word of a place, those in names of institutions too: of a covered city with its id, of others with 'other'. */
  all(text: string): Found<string>[] {
    const covered = this.find(text);
    const others = this.#elsewhere
      .find(text)
      .filter(
        (e) => !this.#ambiguous.has(e.word) && !covered.some((c) => e.start < c.end && c.start < e.end),
      );
    return [...covered, ...others.map((e) => ({ ...e, value: 'other' }))].sort((a, b) => a.start - b.start);
  }

  /** A city inside the name of a partner institution (联合厦门大学) is not what the question is about. */
  read(text: string, language: Language): PlacesNamed {
    const all = this.find(text);
    const institutional = (p: Found<string>) => language.cues.institution.test(text.slice(p.end, p.end + 14));
    const plain = all.filter((c) => !institutional(c));
    const cities = plain.length > 0 ? plain : all.filter((c) => !partner(text, c, language));
    const elsewhere = this.#elsewhere
      .find(text)
      .filter((e) => !all.some((c) => e.start < c.end && c.start < e.end))
      .filter((e) => !institutional(e) && !partner(text, e, language))
      .filter(
        (e) =>
          !this.#ambiguous.has(e.word) ||
          /^(市|的|那边|这边|企业|公司)/.test(text.slice(e.end)) ||
          /[在到去]$/.test(text.slice(0, e.start)),
      );
    return { cities, elsewhere };
  }
}

/** 泉, 厦 alone: 泉企, 在厦, 厦泉两地; not 温泉, 大厦. */
function standsForCity(text: string, c: Found<string>): boolean {
  const before = text[c.start - 1] ?? '';
  return (
    /[在来驻入]/.test(before) ||
    (/^[企厦泉温青]/.test(text.slice(c.end)) && !/[温山甘清酒阳大高广]/.test(before))
  );
}

function partner(text: string, p: Found<string>, language: Language): boolean {
  const tail = text.slice(Math.max(0, p.start - 4), p.start);
  return language.partner.some((w) => tail.endsWith(w) || tail.endsWith(`${w}了`));
}

/** “温州总共5家，3家温州的”: members of the city asked about are local ones. */
export function localMembers(text: string, found: readonly Found<string>[], local: string): string {
  return [...found].reverse().reduce((out, c) => {
    const counted = /([\d几]|[一二两三四五六七八九十])[家个所]$/.test(text.slice(0, c.start));
    const noun = /^(市|本地|当地|市内)?(注册)?的?(单位|企业|公司|成员)?(?=[，,。；;、！!？?\s]|$|有|和)/.test(
      text.slice(c.end),
    );
    const asked = found.some((o) => o !== c && o.value === c.value);
    return counted && noun && asked ? `${out.slice(0, c.start)}${local}${out.slice(c.end)}` : out;
  }, text);
}

/** Where the asker's unit is registered and works: “晋江的厂”, “注册在厦门”, “研发场所在思明”. */
export function readCityFacts(reading: Reading, places: PlacesNamed, hasKind: boolean): FactMention[] {
  const { vocabulary, text, language } = reading;
  const { cues } = language;
  const known = new Set(vocabulary.get('lead.city')?.values.map((v) => v.id) ?? []);
  const all = merged([...places.cities, ...places.elsewhere.map((e) => ({ ...e, value: 'other' }))]);
  const out: FactMention[] = [];
  all.forEach((place, i) => {
    const seg = reading.segments.find((s) => place.start >= s.start && place.end <= s.end);
    if (!seg || !known.has(place.value)) return;
    const inSeg = (p: Found<string> | undefined) =>
      p !== undefined && p.start >= seg.start && p.end <= seg.end;
    const from = inSeg(all[i - 1]) ? all[i - 1]!.end : seg.start;
    const to = inSeg(all[i + 1]) ? all[i + 1]!.start : seg.end;
    const before = text.slice(from, place.start);
    const whole = text.slice(seg.start, place.start);
    const after = text.slice(place.end, to);
    // 我们客户在惠安, 母公司在深圳，我们在泉州: of another unit.
    // 总公司在杭州，厦门只有办事处: where there is no unit here, the parent company is who asks.
    const parent = PARENT_SEAT.test(before) && cues.noUnitHere.test(text) && !asSubsidiary(reading);
    if (within(reading.others, place.start)) return;
    if (all.length > 1 && OTHER_SEAT.test(before) && !parent) return;
    // 听说泉州的医院可以: nothing of one's own.
    if (cues.hearsay.test(whole)) return;
    // 另外4家是厦门福州的
    if (/[\d几两二三四五六七八九十]+[家个所](都|全)?(是|在|来自)[^，]{0,6}$/.test(whole)) return;
    // 乐清三家，杭州一家企业: members counted by place.
    const counted = reading.quantities.filter((q) => q.unit === 'count' && /[家所]/.test(q.measure ?? ''));
    if (counted.length > 1 && /^市?的?[\d一二两三四五六七八九十]+[家所个]/.test(after)) return;
    // 5家温州本地注册的: of members.
    if (cues.deniedPlace.test(before) || cues.countBefore.test(before)) return;
    const instead = insteadOf(reading, place);
    if (instead === '') return;
    if (instead) {
      out.push({
        fact: instead,
        value: { type: 'enum', value: place.value },
        start: place.start,
        end: place.end,
      });
      return;
    }
    const add = (fact: string) =>
      out.push({ fact, value: { type: 'enum', value: place.value }, start: place.start, end: place.end });
    // 迁到厦门了, 注册和办公研发都搬到厦门: where it is from then on, unless it is only planned.
    if (MOVED.test(before)) {
      const planned = /(打算|准备|计划|明年|后年|考虑|在谈|正在|将来|以后|想)/.test(whole);
      const supposed = language.hypothetical.some((w) => whole.includes(w)) || /呢$/.test(seg.text);
      if (planned && !supposed) return;
      const site = cues.site.test(before) || /(办公|研发)/.test(before);
      if (!site || cues.seat.test(before)) add('lead.city');
      if (site) add('lead.main_site_city');
      return;
    }
    // 注册在泉州办公在厦门: the words before decide; 泉州注册 and 厦门办公 put them after.
    const lead = before.slice(-9);
    const latin = before.slice(-48);
    const seatBefore =
      /registered[a-z ]*\b(in|at)( the)? $/.test(latin) ||
      (cues.seat.test(lead) && /(在|于|地|是|到|:|：|为|注册|登记|落户)/.test(lead));
    const siteBefore =
      LATIN_SITE.test(latin) ||
      (cues.site.test(lead) && !/名义/.test(lead) && /(在|于|地|是|到|:|：|为|都|办公)/.test(lead));
    const near = seatBefore || siteBefore ? '' : (cues.siteAfter.exec(after)?.[0] ?? '');
    // 注册及主要办公、研发场所均在厦门
    if (cues.seatAndSite.test(before)) {
      add('lead.city');
      add('lead.main_site_city');
      return;
    }
    // 牵头是乐清的电气公司，成员有杭州的芯片公司
    if (out.some((m) => m.fact === 'lead.city') && cues.memberIntro.test(whole)) return;
    if (cues.leaderIs.test(before) && unitFollows(cues, after)) {
      add('lead.city');
      return;
    }
    const asks =
      /(\bmust\b|\bshould\b|\bneed|必须|要不要|需要|是不是|要求|非得|一定|才能|得)/.test(before) ||
      /^[^，]{0,10}(必须|要求|才能|才行)/.test(after.replace(cues.unitAfter, ''));
    // 我院（泉州，…）, 帮公司查的：晋江: said of the asker in passing.
    if (
      /[(（:：]$/.test(text.slice(0, place.start).trimEnd()) &&
      /^([市县区]|[^，,。；;()（）\d的]{1,5}区)?([，,)）]|$)/.test(text.slice(place.end)) &&
      (reading.personal || seg.end < text.length)
    ) {
      add('lead.city');
      return;
    }
    if (asks && !inPerson(reading, whole)) return;
    // Asked where it is, a place is the answer; “那厦门呢”, “厦门要什么材料” ask in turn.
    const { pending } = reading.conversation;
    if (
      pending !== null &&
      !cues.interrogative.test(seg.text + seg.mark) &&
      !cues.rulesOfPlace.test(after) &&
      cues.placeAlone.test(after) &&
      vocabulary.get(pending)?.values.some((v) => v.id === place.value) &&
      all.length === 1 &&
      text.length < 16
    ) {
      add(pending);
      return;
    }
    const seat = seatBefore || cues.seat.test(near);
    const site = siteBefore || cues.site.test(near);
    if (seat) add('lead.city');
    if (site) add('lead.main_site_city');
    if (seat || site) return;
    // 公司2019年在厦门成立的
    if (/[在于]$/.test(before) && cues.foundedThere.test(after) && (hasKind || reading.personal)) {
      add('lead.city');
      return;
    }
    // a Jinjiang-based enterprise
    if (/^-based\b/.test(after)) {
      add('lead.city');
      return;
    }
    const owns = inPerson(reading, whole) || reading.personal;
    const foreign = out.some(
      (m) => m.fact === 'lead.city' && m.value.type === 'enum' && m.value.value === 'other',
    );
    // 泉州本地共建单位那5家: of members.
    const said = cues.unitAfter.exec(after);
    const unit = said && /(共建|成员|参与)/.test(said[0]) ? null : said;
    // 福州的企业到泉州牵头: where a unit is from, though no document covers it.
    if (
      place.value === 'other' &&
      unit &&
      places.cities.some((c) => c.start > place.end && /(到|来|去|在|跑|往)$/.test(text.slice(0, c.start)))
    ) {
      add('lead.city');
      return;
    }
    const partnered = partnerNear(reading, whole) || cues.countBefore.test(before);
    if (partnered || foreign) return;
    if (
      cues.livesIn.test(before) &&
      !/^(市)?(创新)?联合体/.test(after) &&
      !/的?(政策|办法|规定)/.test(after.slice(0, 6))
    )
      add('lead.city');
    else if (
      unit &&
      !cues.rulesOfPlace.test(after) &&
      (owns ||
        (hasKind &&
          (/(能|可以|够|符合|行|想)/.test(text) ||
            cues.oneUnit.test(whole.slice(-2) + after) ||
            opens(place, seg.end, unit[0]))))
    )
      add('lead.city');
    // 龙港印刷包装，企业
    else if (
      owns &&
      before === '' &&
      /^[^，的\d]{0,6}$/.test(after) &&
      !/(联合体|政策|办法|规定|标准|牵头|要求|条件|成员|申报)/.test(after) &&
      /^(企业|公司|厂)/.test(reading.segments[reading.segments.indexOf(seg) + 1]?.text ?? '')
    )
      add('lead.city');
    else if (owns && /在$/.test(before) && cues.holdsThere.test(after)) add('lead.city');
    else if (
      (reading.segments.indexOf(seg) <= 2 || (all.length === 1 && reading.personal)) &&
      /^(市|这边|那边)?(([^，的]{0,5}(区|县|园|镇|街道))?的?|(做|搞|生产|卖|开)[^，的]{1,8}的?)$/.test(
        after,
      ) &&
      before === '' &&
      reading.segments.length > 2 &&
      (reading.personal || hasKind)
    )
      add('lead.city');
    else if (
      /^(在|位于|地处|坐落在|来自)$/.test(before) &&
      /^(岛内|岛外|市区?|这边|本地|市内|[^，]{0,4}(区|园|县))?$/.test(after) &&
      owns
    )
      add('lead.city');
    else if (owns && /^的(?!(政策|办法|规定|文件|要求|条件|门槛|方案|标准|联合体|创新))/.test(after))
      add('lead.city');
  });
  out.push(...thereToo(reading, all));
  if (!out.some((m) => m.fact === 'lead.city')) out.push(...districtOf(reading, all));
  if (!out.some((m) => m.fact === 'lead.city')) out.push(...headingOf(reading, all));
  return out;
}

/** “泉港这边，收入两个亿”, “晋江独立法人”: nobody asks for the rules of a district, so a case told with one is told of a unit there. */
function districtOf(reading: Reading, all: readonly Found<string>[]): FactMention[] {
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
      !/[到去来跑往]$/.test(before) &&
      !/^[市县区]?(也|还|那边|这边)?(有|的)?[\d一二两三四五六七八九十几]+[家所个]/.test(text.slice(p.end))
    );
  });
  if (!place) return [];
  const value = { type: 'enum', value: city.id } as const;
  return [{ fact: 'lead.city', value, start: place.start, end: place.end }];
}

/** “公司注册地不在温州，在丽水”: what a place is told of that takes the place of one denied before it. */
function insteadOf(reading: Reading, place: Found<string>): string | null {
  const denied = reading.whereabouts.findLast((p) => p.end <= place.start);
  const { cues } = reading.language;
  if (!denied || !cues.deniedFor.test(reading.text.slice(denied.end, place.start))) return null;
  const seg = segmentAt(reading, denied.start);
  const before = reading.text.slice(seg?.start ?? 0, denied.start);
  const not = cues.deniedPlace.exec(before);
  const of = not ? before.slice(0, not.index) : '';
  const asked =
    cues.interrogative.test(before) || reading.language.hypothetical.some((w) => before.includes(w));
  if (!not || asked) return null;
  // 子公司不在厦门，在漳州: of another unit, so of nothing here.
  if (OTHER_UNIT.test(of) || partnerNear(reading, of) || cues.memberIntro.test(of)) return '';
  if (cues.site.test(of) && !cues.seat.test(of)) return 'lead.main_site_city';
  return cues.seat.test(of) || cues.livesIn.test(of) ? 'lead.city' : null;
}

/** “厦门科企，平台啥都没有”: a unit by its place and kind is all that the first statement of a case tells. */
const opens = (place: Found<string>, end: number, unit: string): boolean =>
  place.start === 0 && place.end + unit.length === end;

const unitFollows = (cues: Language['cues'], after: string): boolean => cues.unitAfter.test(after);

/** “青岛联合体，我们是企业牵头”: the city that a message opens with, where the asker's own kind is told and no other city is. */
function headingOf(reading: Reading, all: readonly Found<string>[]): FactMention[] {
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
function thereToo(reading: Reading, all: readonly Found<string>[]): FactMention[] {
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

/** 厦门海沧: one place, said in two words. */
function merged(places: Found<string>[]): Found<string>[] {
  const out: Found<string>[] = [];
  for (const p of [...places].sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last?.end === p.start && last.value === p.value)
      out[out.length - 1] = { ...last, end: p.end, word: last.word + p.word };
    else out.push(p);
  }
  return out;
}

/** Whether the asker speaks in person; Latin words whole (we, not must). */
const inPerson = (reading: Reading, text: string): boolean =>
  reading.language.inPerson.some((w) =>
    /[a-z]/.test(w) ? new RegExp(`\\b${w}\\b`).test(text) : text.includes(w),
  );

function partnerNear(reading: Reading, before: string): boolean {
  const tail = before.slice(-6).replaceAll('联合体', '').replace(/^合体/, '');
  return reading.language.partner.some((w) => (w.length > 1 ? tail.includes(w) : tail.endsWith(w)));
}

/** “厦门没有法人主体”, “青岛没有子公司”: what a unit lacks at a place is said of the place, not of the unit. */
export function lackingThere(reading: Reading, start: number): boolean {
  const place = reading.whereabouts.findLast((p) => p.end <= start && start - p.end <= 12);
  return place !== undefined && reading.language.cues.lacksThere.test(reading.text.slice(place.end, start));
}
