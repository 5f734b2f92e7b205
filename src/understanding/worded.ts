import { point, ZERO } from '../quantity/index.js';
import type { FactValue } from '../rules/types.js';
import { beside, deniedBefore, segmentAt } from './context.js';
import { heldByOther } from './holder.js';
import type { Found } from './lexicon.js';
import { within } from './others.js';
import type { Name, Reading } from './reading.js';
import { isOfMember } from './revoked.js';
import { stateAround, stateOf } from './state.js';
import type { FactMention } from './types.js';

const zero = (): FactValue => ({ type: 'number', range: point(ZERO) });

const yes = (reading: Reading, n: Found<Name>) =>
  n.value.facts.some((id) => reading.vocabulary.get(id)!.type === 'boolean');

/** The words of the vocabulary that state a "no", a "never" or a "none" outright (分公司, 没牵头过). */
export function readWorded(reading: Reading): FactMention[] {
  const out: FactMention[] = [];
  for (const spec of reading.vocabulary.specs) {
    const lists: [string[], FactValue][] = [
      [spec.falseWords, { type: 'boolean', value: false }],
      [spec.neverWords, { type: 'date', value: spec.orWord ?? '' }],
      [spec.noneWords, zero()],
    ];
    for (const [words, value] of lists) {
      for (const hit of words.map((w) => ({ w, at: reading.text.indexOf(w) })).filter(({ at }) => at >= 0)) {
        const b = beside(reading, hit.at, hit.at + hit.w.length);
        const { cues } = reading.language;
        const asked =
          cues.askedBefore.test(b.before) ||
          /^(是|要|需要)?(什么|怎么|谁|吗|多少|哪)/.test(b.after) ||
          // 没有被取消过资格这一条: the demand itself.
          (value.type === 'date' && cues.asDemand.test(b.after));
        // 应该没被取消过吧, 不是没被取消过: left open, or said twice.
        const unsure =
          opened(reading, hit.at, hit.at + hit.w.length) ||
          reading.language.yesNoCues.unsureNever.test(b.before) ||
          /(不是|并非|不能说|不敢说|还是|或者?)$/.test(b.before);
        // 有没有被取消过: neither.
        const open = /^[没未]/.test(hit.w) && /(?<![也都还])[有过]$/.test(reading.text.slice(0, hit.at));
        // 不是第一次牵头, 不是从没被取消过: neither.
        const denied = deniedBefore(reading, b.before) || /(不是|并非)(从来?)?$/.test(b.before);
        // 方案外包给咨询公司: of something else that is named.
        const elsewhere =
          /外包/.test(hit.w) &&
          reading.names.some(
            (n) =>
              n.end <= hit.at &&
              !n.value.facts.includes(spec.id) &&
              yes(reading, n) &&
              segmentAt(reading, n.start) === segmentAt(reading, hit.at),
          );
        // 我们有法人资格，分公司在厦门: one that the unit has besides.
        const besides =
          /^(分公司|内设机构)$/.test(hit.w) &&
          (/^(也|都|还)?(设)?(在|位于|有)/.test(b.after) ||
            /(有|设了?|开了?|成立了?)(一?[个家]|的)?$/.test(b.before)) &&
          !/(我们|我司|咱们?)(就|只|这|这边)*是[^，]{0,8}$/.test(b.before);
        // 其中一家是厦门公司在泉州的分公司: one of the members.
        const member = value.type === 'boolean' && isOfMember(reading, hit.at);
        if (elsewhere || besides || member) continue;
        const counted = cues.countBefore.test(b.before) || /(有|和|跟|在)$/.test(b.before);
        if (asked || open || unsure || denied || (value.type === 'boolean' && counted)) continue;
        out.push({ fact: spec.id, value, start: hit.at, end: hit.at + hit.w.length });
      }
    }
  }
  out.push(...readNeverLed(reading), ...readTeam(reading));
  return out;
}

const TEAM = 'lead.dedicated_rd_team';

/** “搞研发有专门一支队伍”, “研发都是车间的人兼着干”: a team of its own or none, in words of one's own. */
function readTeam(reading: Reading): FactMention[] {
  const { cues } = reading.language;
  const told = [TEAM, 'lead.rd_staff'].includes(reading.conversation.pending ?? '');
  if (!reading.vocabulary.get(TEAM) || !(told || cues.ofResearch.test(reading.text))) return [];
  return reading.segments.flatMap((seg): FactMention[] => {
    if (/[?？]/.test(seg.mark) || cues.interrogative.test(seg.text)) return [];
    const say = (value: boolean, m: RegExpExecArray): FactMention[] => {
      const start = seg.start + m.index;
      const end = start + m[0].length;
      if (within(reading.others, start) || heldByOther(reading, start, end)) return [];
      if (opened(reading, start, end)) return [];
      return [{ fact: TEAM, value: { type: 'boolean', value }, start, end }];
    };
    const none = cues.noTeam.exec(seg.text);
    if (none) return cues.noTeamNot.test(seg.text.slice(0, none.index)) ? [] : say(false, none);
    const own = cues.ownTeam.exec(seg.text);
    if (!own) return [];
    const lead = seg.text.slice(0, own.index);
    const demanded = cues.askedBefore.test(lead) || cues.aside.test(lead) || cues.negated.test(lead);
    const { before, after } = stateAround(
      reading,
      beside(reading, seg.start + own.index, seg.start + own.index + own[0].length),
      seg.start + own.index + own[0].length,
    );
    const sure = [before, after].every((t) => t.state === null || t.state === 'held');
    return demanded || !sure ? [] : say(true, own);
  });
}

const LED = 'lead.consortia_already_led';

/** “从没当过牵头单位”, “没有别的在牵头”, “never led one”: in any order of words. */
function readNeverLed(reading: Reading): FactMention[] {
  const { cues } = reading.language;
  if (!reading.vocabulary.get(LED)) return [];
  return reading.segments.flatMap((seg): FactMention[] => {
    const m = cues.neverLed.exec(seg.text);
    if (!m || /[?？]/.test(seg.mark) || /(吗|么|呢|才|必须|要求|怎么)/.test(seg.text)) return [];
    const start = seg.start + m.index;
    const end = start + m[0].length;
    const lead = seg.text.slice(0, m.index);
    if (/(不是|并非|早就?不是|不算)$/.test(lead) || (/[有过]$/.test(lead) && /^[没未]/.test(m[0]))) return [];
    if (opened(reading, start, end)) return [];
    return [{ fact: LED, value: zero(), start, end }];
  });
}

/** Whether what is said at a place is left open by the words before and after it. */
function opened(reading: Reading, start: number, end: number): boolean {
  const b = beside(reading, start, end);
  const before = stateOf(b.before.slice(-12), reading.language);
  const { after } = stateAround(reading, b, end);
  return [...before.kinds, ...after.kinds].some((k) => k === 'Doubt' || k === 'Open');
}
