import { point, ZERO } from '../quantity/index.js';
import type { FactValue } from '../rules/types.js';
import { readBareAnswer } from './bare.js';
import { readChain } from './chain.js';
import { lackingThere } from './cities.js';
import { type Beside, beside, deniedBefore, type Stance, segmentAt, stance } from './context.js';
import { asSubsidiary, heldByOther } from './holder.js';
import { readLevel } from './level.js';
import type { Found } from './lexicon.js';
import { within } from './others.js';
import { ownerOf } from './owner.js';
import type { Name, Reading } from './reader.js';
import { stateAround } from './state.js';
import type { FactMention } from './types.js';
import { weighed } from './weigh.js';
import { readWorded } from './worded.js';

/** Who applies is no thing that one holds or lacks. */
const PARENT = 'lead.is_parent_company';

const zero = (): FactValue => ({ type: 'number', range: point(ZERO) });

/**
 * Yes/no facts, levels, counts of nothing and dates-or-never from the words: “不是高新”, “有省级重点实验室”,
 * “没被取消过”, “没有子公司参与”. A condition that is asked about (“要不要高新”) states nothing.
 */
export function readYesNo(
  reading: Reading,
  taken: ReadonlySet<number>,
): { mentions: FactMention[]; used: Set<number> } {
  const mentions: FactMention[] = [];
  const used = new Set<number>();
  const worded = readWorded(reading);
  mentions.push(...worded);
  for (const n of reading.names)
    if (worded.some((m) => n.start < m.end && m.start < n.end)) used.add(n.start);
  for (const group of groups(reading)) {
    const first = group[0]!;
    const last = group.at(-1)!;
    const b: Beside = {
      ...beside(reading, last.start, last.end),
      before: beside(reading, first.start, first.end).before,
    };
    for (const name of group) {
      if (used.has(name.start)) continue;
      // 签了协议 is a name with its verb: the verb counts with the words before.
      const verb = /^(签署?了|聘请?了|交了|编写?了|有)(?=.)/.exec(group[0]!.word)?.[0] ?? '';
      for (const read of readName(reading, name, { ...b, before: b.before + verb }, group, taken)) {
        mentions.push(read);
        used.add(name.start);
      }
    }
  }
  mentions.push(...readElliptic(reading), ...readChain(reading));
  const level = readLevel(reading);
  mentions.push(...level.mentions);
  for (const start of level.used) used.add(start);
  const bare = readBareAnswer(reading);
  if (bare) mentions.push(bare);
  return { mentions, used };
}

/** “供应商是高新，我们不是”: a bare denial or claim of one's own, of what was named last before. */
function readElliptic(reading: Reading): FactMention[] {
  const { cues } = reading.language;
  return reading.segments.flatMap((seg): FactMention[] => {
    const lacks =
      cues.selfLacks.test(seg.text) && !(asSubsidiary(reading) && /^[^我咱]*(母|集团)/.test(seg.text));
    const denied = cues.weLack.test(seg.text) || lacks;
    if (!denied && !cues.weHold.test(seg.text)) return [];
    const named = [...reading.names, ...reading.namesOfOthers]
      .filter(
        (n) => n.end <= seg.start && seg.start - n.end <= 30 && (yes(reading, n) || leveled(reading, n)),
      )
      .sort((a, b) => a.start - b.start);
    const last = named.at(-1);
    if (!last) return [];
    const at = segmentAt(reading, last.start);
    const ofOther = (n: Found<Name>) =>
      within(reading.others, n.start) || heldByOther(reading, n.start, n.end);
    // All that another unit was said to hold, or what was named last.
    const meant = lacks
      ? named.filter((n) => n === last || (ofOther(n) && segmentAt(reading, n.start) === at))
      : [last];
    return meant.flatMap((n): FactMention[] => {
      const id = n.value.facts.find((f) => ['boolean', 'level'].includes(reading.vocabulary.get(f)!.type));
      const spec = id ? reading.vocabulary.get(id) : undefined;
      if (!spec || (spec.type === 'level' && (!denied || !ofOther(n)))) return [];
      const value: FactValue =
        spec.type === 'level'
          ? { type: 'enum', value: spec.values[0]!.id }
          : { type: 'boolean', value: !denied };
      return [{ fact: spec.id, value, start: seg.start, end: seg.end }];
    });
  });
}

const leveled = (reading: Reading, n: Found<Name>) =>
  n.value.facts.some((id) => reading.vocabulary.get(id)!.type === 'level');

/** 被撤销了高新资格: gone, by the words before it; 会被取消高新吗 supposes it; null where nothing of the kind is said. */
function lostBefore(reading: Reading, at: number): Stance | null {
  const { cues } = reading.language;
  const before = reading.text.slice(segmentAt(reading, at)?.start ?? 0, at);
  const lost = cues.lostBefore.exec(before);
  if (!lost) return null;
  const lead = before.slice(0, lost.index);
  if (/[没未]有?$/.test(lead)) return null;
  return cues.maybeDone.test(lead) ? 'asked' : 'lacking';
}

/** Names joined under one verb (不是高新或专精特新, 协议和章程都有). */
function groups(reading: Reading): Found<Name>[][] {
  const out: Found<Name>[][] = [];
  for (const name of reading.names) {
    if (!name.value.facts.some((id) => reading.vocabulary.get(id)!.type !== 'money')) continue;
    const prior = out.at(-1)?.at(-1);
    const together =
      prior !== undefined &&
      segmentAt(reading, prior.start) === segmentAt(reading, name.start) &&
      yes(reading, prior) &&
      yes(reading, name) &&
      // 协议签了章程还没: the first has its verb.
      !(/[写编签聘交定评][好了完]$/.test(prior.word) && prior.end === name.start) &&
      reading.language.cues.joint.test(reading.text.slice(prior.end, name.start));
    if (together) out.at(-1)!.push(name);
    else out.push([name]);
  }
  return out;
}

const yes = (reading: Reading, n: Found<Name>) =>
  n.value.facts.some((id) => reading.vocabulary.get(id)!.type === 'boolean');

function readName(
  reading: Reading,
  name: Found<Name>,
  b: Beside,
  group: readonly Found<Name>[],
  taken: ReadonlySet<number>,
): FactMention[] {
  const out: FactMention[] = [];
  const at = { start: name.start, end: name.end };
  for (const id of name.value.facts) {
    const spec = reading.vocabulary.get(id)!;
    if (spec.type === 'boolean') {
      const counted = taken.has(name.start) && name.value.facts.length > 1;
      // 专职研发人员35人 tells their number; of a team only where one is named.
      if (counted && !teamNamed(reading, name)) continue;
      const fact = ownerOf(reading, id, name.start);
      const plain = counted ? 'held' : stance(reading, b);
      // What a backbone enterprise holds is a fact of its own.
      // 协议签了: a name with its verb.
      const verb = /[写编签聘交定评](好|了|完)?$/.exec(group.at(-1)!.word)?.[0] ?? '';
      // 区域医疗中心在建: one that is being built is what the fact asks for.
      const built = spec.label.includes('建设单位') && /^(正?在)?建/.test(b.after);
      // 承诺书是牵头单位交还是每家都交: a choice, not a claim.
      if (CHOICE.test(segmentAt(reading, name.start)?.text ?? '')) continue;
      // 没按协议履约: kept or not, nothing of its being signed.
      if (id === AGREED && keptOnly(reading, b)) continue;
      const others = id === 'lead.legal_person' && /(两个|不同的?|另一个|同一个?|各自的?)$/.test(b.before);
      if (others || (id === 'lead.legal_person' && lackingThere(reading, name.start))) continue;
      const said =
        counted || built || fact !== id || id === PARENT
          ? plain
          : weighed(reading, plain, { ...b, after: verb + b.after }, group[0]!.start, group.at(-1)!.end);
      const some =
        id.startsWith('consortium.') && (ofSome(reading, name) || (id === AGREED && notAll(reading, name)));
      const lost = lostBefore(reading, group[0]!.start);
      const how = lost ?? (said === 'held' && some ? 'lacking' : said);
      // 小巨人没评上: the narrower title says nothing of the wider one.
      if (how === 'asked' || (how === 'lacking' && reading.language.narrower.includes(name.word))) continue;
      const joined = reading.text.slice(group[0]!.start, group.at(-1)!.end);
      // “是高新或专精特新” leaves open which.
      if (how === 'held' && group.length > 1 && reading.language.cues.either.test(joined)) continue;
      out.push({ fact, value: { type: 'boolean', value: how === 'held' }, ...at });
    } else if (spec.type === 'date' && spec.orWord !== null && !taken.has(name.start)) {
      if (saidNever(reading, b, name) && !lostAfterAll(reading, name, id))
        out.push({ fact: id, value: { type: 'date', value: spec.orWord }, ...at });
    } else if (
      spec.type === 'count' &&
      !taken.has(name.start) &&
      countless(reading, name, b) &&
      !(id === 'consortium.subsidiary_members' && lackingThere(reading, name.start))
    ) {
      out.push({ fact: ownerOf(reading, id, name.start), value: zero(), ...at });
    }
    if (out.length > 0 && spec.type === 'count') break;
  }
  return out;
}

/** Whether the agreement is named as what was kept or broken. */
const keptOnly = (reading: Reading, b: Beside): boolean =>
  reading.language.cues.keptBefore.test(b.before) || reading.language.cues.keptAfter.test(b.after);

/** One of two ways asked about. */
const CHOICE = /(?<![也都就还])是[^，。]{1,14}还是(?!市级|省级|国家级|没|不|老)/;

/** What all members must sign. */
const AGREED = 'consortium.agreement_signed';

/** “除了一家，协议都签了”, “协议除了厦大都签了”: all but some. */
function notAll(reading: Reading, name: Found<Name>): boolean {
  const { cues } = reading.language;
  const at = reading.segments.findIndex((s) => name.start >= s.start && name.start < s.end);
  const seg = reading.segments[at];
  const prior = reading.segments[at - 1];
  if (!seg) return false;
  const lead =
    prior && /^(我们|目前|现在)?(除了?|就|只|有)[^，。]{1,10}$/.test(prior.text) ? `${prior.text}，` : '';
  return cues.notAll.test(`${lead}${seg.text}`);
}

/** “没被甲市取消过”, “取消资格这种事没有过”: denied before or after, and left open by nothing. */
function saidNever(reading: Reading, b: Beside, name: Found<Name>): boolean {
  const { language } = reading;
  if (language.cues.neverForm.test(b.after)) return true;
  if (language.cues.askedBefore.test(b.before)) return false;
  // 几次不合格会被撤销: what may come; 没有被取消过这一条怎么证明: the demand itself.
  const seg = segmentAt(reading, name.start);
  // 评价没过被撤了: what was not passed; 自己解散的不算被取消吧？: asked.
  if (/(没有?|未|不)(通?过|合格|达标|达到|完成|履约|履行|出资|签|交)(的)?$/.test(b.before)) return false;
  if (/[?？]/.test(seg?.mark ?? '') && /(吧|吗|么|呢)$/.test(seg!.text)) return false;
  if (language.cues.mayCome.test(b.before) || language.cues.asDemand.test(b.after)) return false;
  const { before, after } = stateAround(reading, { ...b, before: b.before.slice(-16) }, name.end);
  const open = [...before.kinds, ...after.kinds].some((k) => k === 'Doubt' || k === 'Open');
  if (open || /[没未不]$/.test(b.after)) return false;
  if (deniedBefore(reading, b.before) || language.cues.neverBecause.test(b.before)) return true;
  const denials = before.kinds.filter((k) => k === 'Not').length;
  if (denials % 2 === 1 && before.kinds.at(-1) === 'Not') return true;
  return before.kinds.length === 0 && after.state === 'lacking' && /没有?|不曾|未/.test(b.after);
}

/** “没被厦门取消过，被泉州取消过一次”: denied of one, and told of another. */
const lostAfterAll = (reading: Reading, never: Found<Name>, id: string): boolean =>
  reading.names.some((n) => {
    if (n === never || !n.value.facts.includes(id)) return false;
    const seg = segmentAt(reading, n.start);
    const before = reading.text.slice(seg?.start ?? 0, n.start);
    return (
      !/[?？]/.test(seg?.mark ?? '') &&
      /^被|(被|给|让)[^，。没未不会]{0,8}$/.test(n.word.startsWith('被') ? '被' : before) &&
      !/(没|未|不|无|会|能|要|怎么|如何|什么)/.test(before) &&
      reading.language.cues.wasLost.test(n.word.slice(-1) + reading.text.slice(n.end))
    );
  });

/** “七家里六家签了协议”: done by some of those counted, not by all. */
function ofSome(reading: Reading, name: Found<Name>): boolean {
  const seg = segmentAt(reading, name.start);
  const units = reading.quantities.filter(
    (q) =>
      q.unit === 'count' &&
      /[家个所]/.test(q.measure ?? '') &&
      q.start >= (seg?.start ?? 0) &&
      q.end <= name.start,
  );
  const [whole, part] = units.slice(-2);
  if (!whole?.exact || !part?.exact || whole === part) return false;
  const between = reading.text.slice(whole.end, part.start);
  return (
    part.exact.compare(whole.exact) < 0 &&
    /^(单位|成员|企业)?(里头?|里面|中|当中|其中|有|只有|才|就)+$/.test(between)
  );
}

/** Whether a team is named in the statement of a name that a figure of people has taken. */
function teamNamed(reading: Reading, name: Found<Name>): boolean {
  return /(团队|队伍|部门|team)/i.test(segmentAt(reading, name.start)?.text ?? '');
}

/** “没有子公司参与”, “高校还没有”: none of them. General nouns (企业, 单位) are denied too often to mean that. */
function countless(reading: Reading, name: Found<Name>, b: Beside): boolean {
  const { cues } = reading.language;
  if (name.value.quiet || name.value.facts.some((f) => f in reading.language.countsLead)) return false;
  if (cues.finalMo.test(b.after) && !/^没有?$/.test(b.after)) return false;
  if (cues.finalMo.test(b.after) && /[了过]$/.test(name.word)) return false;
  if (cues.askedBefore.test(b.before) || cues.askedAfter.test(b.after) || /(吗|么|呢)$/.test(b.after))
    return false;
  const before = reading.text.slice(Math.max(0, name.start - 6), name.start);
  if (
    /(没有|没|无)(任何|一家|一所|一个|一名|什么)?$/.test(before) &&
    !cues.notNegated.test(before) &&
    !cues.twice.test(before)
  ) {
    return !/^(的?(话|支持|配合|牵头))/.test(b.after);
  }
  return (
    /^(都|也|还|目前|暂时|现在|倒|一个|一家|一所|的)*(没有|没|无)(参与|加入|进来|的|一家|呢|，|。|$)/.test(
      b.after,
    ) || /^0(家|个|所|人)/.test(b.after)
  );
}
