import type { Reading } from './reader.js';

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
  if (last < 0) return fact;
  const seg = reading.segments.find((s) => last >= s.start && last < s.end)!;
  const lead = reading.text.slice(seg.start, last);
  const person = (t: string) => inPerson.some((w) => t.includes(w));
  if (cues.isSelf.test(lead) && (person(lead) || seg === reading.segments[0])) return fact;
  if (/^(作为|来)?(牵头|能牵头|想牵头)/.test(reading.text.slice(end))) return fact;
  const since = reading.text.slice(end, at);
  if (/(我们|我司|咱们?|我院|我校|我所|本公司|牵头单位|牵头企业|我公司|我厂|自己)/.test(since)) return fact;
  const others =
    partner.some((w) => w.length > 1 && before.includes(w)) || /(有|带|拉|找)[^，]{0,6}$/.test(lead);
  const institutional = reading.kind !== null && !['enterprise', 'group'].includes(reading.kind);
  return others || institutional || /^(共建|参与|成员|合作|那家)/.test(reading.text.slice(last))
    ? other.id
    : fact;
}
