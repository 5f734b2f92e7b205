import type { PlacesNamed } from './city-book.js';
import { asSubsidiary } from './holder.js';
import { inPerson } from './in-person.js';
import type { Language } from './language.js';
import type { Found } from './lexicon.js';
import { within } from './others.js';
import { partnerNear } from './partners.js';
import { isChild, isStillThere } from './passing.js';
import type { Reading } from './reading.js';
import { insteadOf } from './seat-denied.js';
import { districtOf, headingOf, thereToo } from './seat-implied.js';
import type { FactMention } from './types.js';

const LATIN_SITE =
  /(\bhq\b|headquarters?|offices?|\blabs?\b|r&d (cent(er|re)s?|sites?))[a-z &]{0,30}\b(in|at)( the)? $/;

/** Where the asker's unit is registered and works: “晋江的厂”, “注册在厦门”, “研发场所在思明”. */
export function readCityFacts(
  reading: Reading,
  places: PlacesNamed,
  hasKind: boolean,
  passing: readonly Found<string>[],
): FactMention[] {
  const { vocabulary, text, language } = reading;
  const { cues, seatCues } = language;
  const known = new Set(vocabulary.get('lead.city')?.values.map((v) => v.id) ?? []);
  const all = merged([...places.cities, ...places.elsewhere.map((e) => ({ ...e, value: 'other' }))]);
  // 客户在温州, 在厦门被撤销了: nothing of where the asker is.
  const inPassing = (p: Found<string>) => passing.some((q) => q.start >= p.start && q.end <= p.end);
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
    const parent = seatCues.parentSeat.test(before) && cues.noUnitHere.test(text) && !asSubsidiary(reading);
    if (within(reading.others, place.start) || (inPassing(place) && !parent)) return;
    if (all.length > 1 && seatCues.otherSeat.test(before) && !parent) return;
    // 打算从厦门迁来泉州: in Xiamen still; 厦门公司的泉州子公司: where the subsidiary is.
    const prior = inSeg(all[i - 1]) ? all[i - 1]! : null;
    if (isStillThere(text, seg, place, language) || (prior && isChild(text, seg, prior, place, language))) {
      const value = { type: 'enum', value: place.value } as const;
      out.push({ fact: 'lead.city', value, start: place.start, end: place.end });
      return;
    }
    // 听说泉州的医院可以: nothing of one's own.
    if (cues.hearsay.test(whole)) return;
    // 另外4家是厦门福州的
    if (seatCues.placedMembers.test(whole)) return;
    // 乐清三家，杭州一家企业: members counted by place.
    const counted = reading.quantities.filter(
      (q) => q.unit === 'count' && seatCues.countedUnits.test(q.measure ?? ''),
    );
    if (counted.length > 1 && seatCues.placedCount.test(after)) return;
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
    if (seatCues.moved.test(before)) {
      const planned = seatCues.planned.test(whole);
      const supposed =
        language.hypothetical.some((w) => whole.includes(w)) || seatCues.supposed.test(seg.text);
      if (planned && !supposed) return;
      const site = cues.site.test(before) || seatCues.workplace.test(before);
      if (!site || cues.seat.test(before)) add('lead.city');
      if (site) add('lead.main_site_city');
      return;
    }
    // 注册在泉州办公在厦门: the words before decide; 泉州注册 and 厦门办公 put them after.
    const lead = before.slice(-9);
    const latin = before.slice(-48);
    // 青岛注册的公司想在泉州牵头: where one would lead, not where one is.
    const aim = seatCues.aim.test(before) && seatCues.aimed.test(after);
    const seatBefore =
      /registered[a-z ]*\b(in|at)( the)? $/.test(latin) ||
      (!aim && cues.seat.test(lead) && seatCues.seatLink.test(lead));
    const siteBefore =
      LATIN_SITE.test(latin) ||
      (cues.site.test(lead) && !seatCues.inNameOnly.test(lead) && seatCues.siteLink.test(lead));
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
    const asks = seatCues.mustBe.test(before) || seatCues.mustBeAfter.test(after.replace(cues.unitAfter, ''));
    // 我院（泉州，…）, 帮公司查的：晋江: said of the asker in passing.
    if (
      /[(（:：]$/.test(text.slice(0, place.start).trimEnd()) &&
      seatCues.aside.test(text.slice(place.end)) &&
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
    if (seatCues.at.test(before) && cues.foundedThere.test(after) && (hasKind || reading.personal)) {
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
    const unit = said && seatCues.takesPart.test(said[0]) ? null : said;
    // 福州的企业到泉州牵头: where a unit is from, though no document covers it.
    if (
      place.value === 'other' &&
      unit &&
      places.cities.some((c) => c.start > place.end && seatCues.comesTo.test(text.slice(0, c.start)))
    ) {
      add('lead.city');
      return;
    }
    const partnered = partnerNear(reading, whole) || cues.countBefore.test(before);
    if (partnered || foreign) return;
    if (
      cues.livesIn.test(before) &&
      !seatCues.consortiumAfter.test(after) &&
      !seatCues.ofRules.test(after.slice(0, 6))
    )
      add('lead.city');
    else if (
      unit &&
      !cues.rulesOfPlace.test(after) &&
      (owns ||
        (hasKind &&
          (seatCues.hopes.test(text) ||
            cues.oneUnit.test(whole.slice(-2) + after) ||
            opens(place, seg.end, unit[0]))))
    )
      add('lead.city');
    // 龙港印刷包装，企业
    else if (
      owns &&
      before === '' &&
      seatCues.trade.test(after) &&
      !seatCues.ofPlan.test(after) &&
      seatCues.unitBegins.test(reading.segments[reading.segments.indexOf(seg) + 1]?.text ?? '')
    )
      add('lead.city');
    else if (owns && seatCues.atEnd.test(before) && cues.holdsThere.test(after)) add('lead.city');
    else if (
      (reading.segments.indexOf(seg) <= 2 || (all.length === 1 && reading.personal)) &&
      seatCues.district.test(after) &&
      before === '' &&
      reading.segments.length > 2 &&
      (reading.personal || hasKind)
    )
      add('lead.city');
    else if (seatCues.standsAt.test(before) && seatCues.quarter.test(after) && owns) add('lead.city');
    else if (owns && seatCues.ofPlaceNoRules.test(after) && !language.passingCues.askedOf.test(before))
      add('lead.city');
  });
  out.push(...thereToo(reading, all));
  if (!out.some((m) => m.fact === 'lead.city')) out.push(...districtOf(reading, all));
  if (!out.some((m) => m.fact === 'lead.city')) out.push(...headingOf(reading, all));
  return out;
}

/** “厦门科企，平台啥都没有”: a unit by its place and kind is all that the first statement of a case tells. */
const opens = (place: Found<string>, end: number, unit: string): boolean =>
  place.start === 0 && place.end + unit.length === end;

const unitFollows = (cues: Language['cues'], after: string): boolean => cues.unitAfter.test(after);

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
