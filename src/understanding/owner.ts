import type { Reading } from './reading.js';

/**
 * Whose figure it is: a fact of the lead, or the same fact of the backbone enterprise where the words last spoke of that
 * one (“共建的龙头企业营收1.2亿”). “我们是龙头企业” speaks of the lead.
 * @param fact as the name alone says it
 */
export function ownerOf(reading: Reading, fact: string, at: number): string {
  const dot = fact.indexOf('.');
  if (fact.slice(0, dot) !== 'lead') return fact;
  const other = reading.vocabulary.get(`backbone.${fact.slice(dot + 1)}`);
  if (!other) return fact;
  const { cues, inPerson, partner } = reading.language;
  const before = reading.text.slice(0, at);
  let last = -1;
  let end = 0;
  for (const m of before.matchAll(new RegExp(cues.backboneOwner.source, 'giu'))) {
    last = m.index;
    end = m.index + m[0].length;
  }
  const institutional = reading.kind !== null && INSTITUTIONS.includes(reading.kind);
  if (last < 0) return ofThatOne(reading, before, institutional) ? other.id : fact;
  const seg = reading.segments.find((s) => last >= s.start && last < s.end)!;
  const lead = reading.text.slice(seg.start, last);
  const person = (t: string) => inPerson.some((w) => t.includes(w));
  if (cues.isSelf.test(lead) && (person(lead) || seg === reading.segments[0])) return fact;
  if (/^(作为|来)?(牵头|能牵头|想牵头)/.test(reading.text.slice(end))) return fact;
  // 骨干企业我们找了一家，它是高新: found by the asker, and spoken of.
  const since = reading.text.slice(end, at).replace(new RegExp(cues.weFound.source, 'giu'), '');
  if (/(我们|我司|咱们?|我院|我校|我所|本公司|牵头单位|牵头企业|我公司|我厂|自己)/.test(since)) return fact;
  const others =
    partner.some((w) => w.length > 1 && before.includes(w)) || /(有|带|拉|找)[^，]{0,6}$/.test(lead);
  return others || institutional || /^(共建|参与|成员|合作|那家)/.test(reading.text.slice(last))
    ? other.id
    : fact;
}

/** Units of which neither sales nor certificates of enterprises are told: theirs are those of the enterprise beside them. */
const INSTITUTIONS = ['university', 'institute', 'hospital', 'new-rd-institution', 'other'];

/** 拉了一家企业，它去年收入8000万; 那家其实才9000万, where that one's figures were told before: the enterprise beside an institution. */
function ofThatOne(reading: Reading, before: string, institutional: boolean): boolean {
  const { cues } = reading.language;
  const told = [...reading.conversation.facts.keys()].some((f) => f.startsWith('backbone.'));
  if (!institutional && !told) return false;
  const spoken = [...before.matchAll(new RegExp(cues.thatOne.source, 'giu'))].at(-1);
  if (!spoken) return false;
  const since = before.slice(spoken.index + spoken[0].length);
  return !/(我们|我司|咱们?|我院|我校|我所|牵头单位|自己)/.test(since);
}
