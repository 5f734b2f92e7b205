import { point, ZERO } from '../quantity/index.js';
import type { FactValue } from '../rules/types.js';
import { readBareAnswer } from './bare.js';
import { readChain } from './chain.js';
import { type Beside, beside, type Stance, segmentAt, stance } from './context.js';
import { readElliptic } from './elliptic.js';
import { countless, notAll, ofSome } from './how-many.js';
import { groups } from './joined-names.js';
import { readLevel } from './level.js';
import type { Found } from './lexicon.js';
import { lostAfterAll, saidNever } from './never.js';
import { ownerOf } from './owner.js';
import type { Name, Reading } from './reading.js';
import { isOfMember, ofThisCity } from './revoked.js';
import { lackingThere } from './seat-denied.js';
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
      const verb = reading.language.yesNoCues.verbName.exec(group[0]!.word)?.[0] ?? '';
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

/** 被撤销了高新资格: gone, by the words before it; 会被取消高新吗 supposes it; null where nothing of the kind is said. */
function lostBefore(reading: Reading, at: number): Stance | null {
  const { cues } = reading.language;
  const before = reading.text.slice(segmentAt(reading, at)?.start ?? 0, at);
  const lost = cues.lostBefore.exec(before);
  if (!lost) return null;
  const lead = before.slice(0, lost.index);
  if (reading.language.yesNoCues.notLost.test(lead)) return null;
  return cues.maybeDone.test(lead) ? 'asked' : 'lacking';
}

function readName(
  reading: Reading,
  name: Found<Name>,
  b: Beside,
  group: readonly Found<Name>[],
  taken: ReadonlySet<number>,
): FactMention[] {
  const { yesNoCues } = reading.language;
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
      const verb = yesNoCues.verbEnd.exec(group.at(-1)!.word)?.[0] ?? '';
      // 区域医疗中心在建: one that is being built is what the fact asks for.
      const built = spec.label.includes('建设单位') && yesNoCues.building.test(b.after);
      // 承诺书是牵头单位交还是每家都交: a choice, not a claim.
      if (yesNoCues.choice.test(segmentAt(reading, name.start)?.text ?? '')) continue;
      // 有高层次人才但不在研发团队; 没有专职，研发团队有的: the narrower is denied already.
      if (id === TEAM && (reading.language.sureCues.outOf.test(b.before) || notFullTime(reading, name)))
        continue;
      // 没按协议履约: kept or not, nothing of its being signed.
      if (id === AGREED && keptOnly(reading, b)) continue;
      const others =
        id === 'lead.legal_person' && (yesNoCues.apart.test(b.before) || isOfMember(reading, name.start));
      // 给三甲医院供货的公司, 成员里有家三甲: no enterprise is a hospital.
      if (OF_HOSPITALS.includes(id) && (reading.kind === 'enterprise' || reading.kind === 'group')) continue;
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
      if (ofThisCity(reading, name, true) && saidNever(reading, b, name) && !lostAfterAll(reading, name, id))
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

/** What only a hospital is. */
const OF_HOSPITALS = ['lead.tier_3a', 'lead.national_regional_medical_center'];

const TEAM = 'lead.dedicated_rd_team';

/** 没有专职，研发团队有的: a team told after it is said that nobody is on it full time. */
function notFullTime(reading: Reading, name: Found<Name>): boolean {
  const { fullTimeWord } = reading.language.sureCues;
  if (fullTimeWord.test(name.word)) return false;
  const denied = reading.vocabulary.get(TEAM)?.falseWords.filter((w) => fullTimeWord.test(w)) ?? [];
  return denied.some((w) => reading.text.slice(0, name.start).includes(w));
}

/** What all members must sign. */
const AGREED = 'consortium.agreement_signed';

/** Whether a team is named in the statement of a name that a figure of people has taken. */
function teamNamed(reading: Reading, name: Found<Name>): boolean {
  return reading.language.yesNoCues.team.test(segmentAt(reading, name.start)?.text ?? '');
}
