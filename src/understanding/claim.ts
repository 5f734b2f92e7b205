import { LEADERS } from './leader-named.js';
import type { Found } from './lexicon.js';
import type { Reading } from './reading.js';

/** 五家企业两所学校一家医院: one of a list, not the one who asks. */
function listed(reading: Reading, hit: Found<string>): boolean {
  const { kindCues } = reading.language;
  return reading.quantities.some(
    (q) =>
      q.unit === 'count' &&
      kindCues.countedUnits.test(q.measure ?? '') &&
      q.end < hit.start - 2 &&
      !kindCues.one.test(q.text),
  );
}

/** 华侨大学泉州校区，科研处的，想做牵头单位: the institution that the message opens with, where somebody wants to lead. */
function institutionNamed(reading: Reading, hit: Found<string>, before: string, after: string): boolean {
  const { kindCues } = reading.language;
  return (
    ['university', 'institute', 'hospital'].includes(hit.value) &&
    reading.segments[0]?.start === hit.start - before.length &&
    /^[\u4e00-\u9fff]{2,8}$/.test(before) &&
    !kindCues.joining.test(before) &&
    kindCues.department.test(after) &&
    kindCues.wantsToLead.test(reading.text.slice(hit.end))
  );
}

/** 省级企业研究院有: a word within the name of a platform, whose level is told beside it. */
function isPlatform(reading: Reading, hit: Found<string>): boolean {
  const { cues } = reading.language;
  const of = reading.names.find(
    (n) =>
      n.start <= hit.start &&
      n.end >= hit.end &&
      n.value.facts.some((f) => reading.vocabulary.get(f)?.type === 'level'),
  );
  return of !== undefined && of.word !== hit.word && cues.levelBeside.test(reading.text.slice(0, of.start));
}

/** 温州企业，有个省里批的研究院: what an enterprise that was told before has. */
const isOneItHas = (reading: Reading, hit: Found<string>, before: string): boolean =>
  hit.value !== 'enterprise' &&
  reading.language.cues.hasOne.test(before) &&
  (reading.vocabulary.get('lead.kind')?.values ?? [])
    .filter((v) => v.id === 'enterprise')
    .some((v) =>
      v.words.some(
        (w) => reading.text.slice(0, hit.start - before.length + 1).includes(w) || before.includes(w),
      ),
    );

/** How strongly a word says what the asker's own unit is: 0 not at all, 5 outright. */
export function claim(reading: Reading, hit: Found<string>): number {
  const { text, language } = reading;
  const { cues, kindCues } = language;
  if (LEADERS.has(hit)) return 4;
  const seg = reading.segments.find((s) => hit.start >= s.start && hit.end <= s.end);
  if (!seg) return 0;
  const sameLine = text.slice(seg.start, hit.start);
  // 同一套数：企业: what a colon opens stands for itself.
  const before = sameLine.slice(Math.max(sameLine.lastIndexOf(':'), sameLine.lastIndexOf('：')) + 1);
  const after = text.slice(hit.end, seg.end).replace(/^[(（][^)）]*([)）]|$)/, '');
  if (isOneItHas(reading, hit, before)) return 0;
  // 医院附属研究院, 子公司报的 where it was asked who applies
  if (kindCues.attached.test(after)) return 0;
  if (kindCues.childOf.test(before) && reading.conversation.pending === 'lead.is_parent_company') return 0;
  // 实验室挂靠在高校名下: where a thing is kept.
  if (kindCues.keptAt.test(before) && kindCues.keptAfter.test(after)) return 0;
  // 三十个人, 那个人才: no 个人.
  if (
    kindCues.individual.test(hit.word) &&
    (kindCues.whichOne.test(before) || kindCues.talentWord.test(after))
  )
    return 0;
  // 另外加我们牵头的企业
  if (kindCues.weLead.test(before)) return 5;
  // 5家企业, 两所高校: a count of partners.
  if (
    cues.countBefore.test(before) &&
    (!cues.oneBefore.test(before.replace(kindCues.adjectives, '').slice(-3)) || listed(reading, hit))
  )
    return 0;

  // 企业六家（含我们牵头的）: the asker is one of those counted.
  if (cues.countedWithUs.test(after)) return 5;
  // 企业四家、大学三所: what is counted after its name is a partner too; 剩下一家是研究所 speaks of another.
  if (kindCues.counted.test(after)) return 0;
  // 企业六个高校一个医院没有: none of that kind.
  if (kindCues.noneOf.test(after) && reading.quantities.some((q) => q.unit === 'count')) return 0;
  if (kindCues.theRest.test(before)) return 0;
  // 又谈成了一家企业, 后来多了一家医院: one that joins.
  if (kindCues.oneMore.test(before)) return 0;

  // 有2家是我们的子公司: of others.
  if (kindCues.ofOurs.test(before)) return 0;
  // 省级研究院有: a platform.
  if (kindCues.levelBefore.test(before) || isPlatform(reading, hit)) return 0;
  // 我们公司的研究院是省级的: what a company has is not the company, unless it is what leads.
  if (cues.ownedByUs.test(before) && !cues.leads.test(after.trimStart())) return 0;
  if (kindCues.denied.test(before)) return 0;
  if (kindCues.takesPart.test(after) && kindCues.leadWord.test(text)) return 0;
  if (cues.partOf.test(after)) return 0;
  if (kindCues.attribute.test(after)) return 0;
  const leading = cues.leads.test(after.trimStart());
  // 附属医院三甲，厦门大学的: whose hospital it is.
  if (hit.value === 'university' && !leading && kindCues.hospitalOf.test(text)) return 0;
  const self = language.self.some((w) => before.includes(w));
  const person = language.inPerson.some((w) => before.includes(w));
  const isA = cues.isA.test(before);
  // 高新是我们子公司的: what is ours is not us.
  const ours = kindCues.ours.test(before);
  const itself = person && cues.isSelf.test(before) && !ours;
  if (cues.partnerKind.test(before) && !itself && !kindCues.leadWord.test(after)) return 0;
  const forward = kindCues.comesForward.test(after) && !kindCues.childOf.test(before);
  const leads = (cues.leads.test(after.trimStart()) || forward) && !kindCues.asMember.test(after);
  const partner =
    language.partner.some((w) => w.length > 1 && before.replaceAll('联合体', '').includes(w)) ||
    kindCues.joined.test(before);
  if (partner && !isA && !(person && kindCues.leadWord.test(after) && !kindCues.jointly.test(before)))
    return 0;
  if (cues.ofRules.test(after)) return 0;
  if (person && (isA || itself)) return 5;
  if (kindCues.asThe.test(before)) return 5;
  // 以研究院名义牵头
  if (kindCues.inName.test(before) && kindCues.inNameAfter.test(after)) return 5;
  // 新型研发机构，研究院性质: what it is like.
  if (kindCues.quality.test(after)) return 0.3;
  // 牵头的算企业
  if (kindCues.leaderIs.test(before)) return 5;
  // 医院要三甲吗: of one that leads in so many words nothing else is as plain.
  if (leads) return kindCues.leadWord.test(after.slice(0, 6)) ? 4.5 : 4;
  if (person && before.length <= 14 && !kindCues.has.test(before)) return 3;
  if (self && isA) return 3;
  if (isA && (reading.segments.indexOf(seg) === 0 || (reading.personal && kindCues.is.test(before))))
    return 2;
  // …，厦门大学有市级平台: an institution named further on is not the unit that the message opens with.
  // 泉州企业，高校在青岛: nor is one that is told of behind an enterprise.
  const opening = cues.headEnterprise.test(reading.segments[0]!.text);
  const named = ['university', 'institute', 'hospital'].includes(hit.value) && !self;
  const later = named && (before !== '' || opening) && reading.segments.indexOf(seg) > 0;
  if (cues.owned.test(after) && !kindCues.hasWhat.test(after)) return later ? 0.4 : 2;
  const placed = reading.places.some(
    (p) =>
      p.end === hit.start ||
      (p.start >= seg.start && p.end <= hit.start && kindCues.placed.test(text.slice(p.end, hit.start))),
  );
  // 青岛城阳独立注册的轨道交通装备企业，独立法人: the unit that a message opens with.
  const opens =
    after === '' &&
    reading.segments[0] === seg &&
    reading.segments.length > 2 &&
    reading.places.some((p) => p.start === seg.start && cues.placedUnit.test(text.slice(p.end, hit.start)));
  if (opens) return 1;
  // 他们公司是高新: of the unit that is asked for.
  if (kindCues.theirs.test(before) && kindCues.theirsAfter.test(after)) return 1;
  if (kindCues.someUnit.test(before) && after === '') return 1;
  if (institutionNamed(reading, hit, before, after)) return 0.8;
  if (placed && !kindCues.countedAfter.test(after)) return 1;
  // 青岛城阳独立注册的轨道交通装备企业
  if (after === '' && cues.seatedHere.test(before)) return 1;
  if (cues.kindAdjective.test(before)) {
    if (after === '') return before === '' ? 0.5 : 1;
    if (kindCues.hasWhat.test(after)) return 0;
    if (before !== '' && !kindCues.howMany.test(before) && after.startsWith('、')) return 1;
    return kindCues.caseFollows.test(after) ? 1 : 0;
  }
  return 0;
}
