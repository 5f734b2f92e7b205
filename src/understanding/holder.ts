import { segmentAt } from './context.js';
import type { Reading } from './reading.js';

/**
 * Whether what a name stands for is held by another unit than the asker's: 子公司是高新, 高新是我们子公司的, 厦大的国家级实验室. A parent
 * company is the asker itself unless a subsidiary asks.
 */
export function heldByOther(reading: Reading, start: number, end: number): boolean {
  const seg = segmentAt(reading, start);
  if (!seg) return false;
  const { cues } = reading.language;
  const before = reading.text.slice(seg.start, start);
  const after = reading.text.slice(end, Math.min(reading.text.length, end + 24));
  if (cues.notOurs.test(after)) return true;
  const [near = '', then = ''] = after.split(/[，,。；;]/);
  // …，挂牌在福大
  for (const words of [
    near,
    /^(但是?|不过|可是?)?(牌子?是?)?挂/.test(then)
      ? then.replace(/^(但是?|不过|可是?)?(牌子?是?)?挂牌?/, '挂')
      : '',
  ]) {
    const said = cues.heldAfter.exec(words);
    if (said && otherAt(reading, words.slice(said[0].length))) return true;
  }
  if (cues.ofInstitution.test(before) && !/(我们|我司|本|我)[^，。]{0,4}的[^，。]{0,6}$/.test(before))
    return true;
  const last = lastOther(reading, seg.start, start);
  if (last === null) return chained(reading, seg.start);
  return cues.heldBefore.test(reading.text.slice(last, start)) || last === start;
}

/** The patterns of units that are not the asker's, as this asker speaks. */
function patterns(reading: Reading): RegExp[] {
  const { cues } = reading.language;
  const away = isParentAway(reading);
  return [
    new RegExp(cues.otherUnits.source, 'giu'),
    ...(asSubsidiary(reading) ? [new RegExp(cues.parentUnits.source, 'giu')] : []),
    ...(away ? [new RegExp(reading.language.sureCues.parentAway.source, 'giu')] : []),
    ...(dealsWithOthers(reading) ? [new RegExp(reading.language.sureCues.dealings.source, 'giu')] : []),
  ];
}

/** 泉州企业，…，母公司是高企: where an enterprise speaks of itself first and nothing says that the group leads. */
function isParentAway(reading: Reading): boolean {
  const { sureCues } = reading.language;
  const at = reading.text.search(sureCues.parentAway);
  const told = reading.conversation.facts.get('lead.is_parent_company');
  if (at < 0 || told?.type === 'boolean' || reading.kind === 'group') return false;
  if (sureCues.groupSpoken.test(reading.text)) return false;
  return sureCues.ownNamed.test(reading.text.slice(0, at));
}

/** 我们的客户是高企: spoken of beside the asker; a customer alone is whom the question is asked for. */
function dealsWithOthers(reading: Reading): boolean {
  const { sureCues } = reading.language;
  const at = reading.text.search(sureCues.dealings);
  if (at < 0 || sureCues.forDealings.test(reading.text)) return false;
  return sureCues.ownNamed.test(reading.text.slice(0, at));
}

/** Whether a subsidiary asks: its parent company is another unit. */
export function asSubsidiary(reading: Reading): boolean {
  const told = reading.conversation.facts.get('lead.is_parent_company');
  if (told?.type === 'boolean') return !told.value;
  return reading.language.cues.asksAsSubsidiary.test(reading.text);
}

const SUBSIDIARY = /^(子公司|分公司|subsidiary)/;

/** Whether a text begins with a unit that is not the asker's. */
function otherAt(reading: Reading, text: string): boolean {
  const sub = asSubsidiary(reading);
  if (
    /^(?!我|本|自)(合作的?|共建的?|参与的?)?(那[个家所])?([\u4e00-\u9fff]{0,4}(大学|高校|学院|研究院|研究所|院所|协会|商会|校方|学校|院方|园区|开发区)|[\u4e00-\u9fff]大)(的|名下|那边|那里|那|$)/.test(
      text,
    )
  )
    return true;
  return patterns(reading).some((p) => {
    const m = p.exec(text);
    return m !== null && m.index === 0 && !(sub && SUBSIDIARY.test(m[0]));
  });
}

/** Where the last unit that is not the asker's ends, if the asker is not named after it. */
function lastOther(reading: Reading, from: number, to: number): number | null {
  const text = reading.text.slice(from, to);
  const sub = asSubsidiary(reading);
  const ends = patterns(reading).flatMap((p) =>
    [...text.matchAll(p)]
      .filter((m) => !(sub && SUBSIDIARY.test(m[0])) && !/(是|作为|属于|由|以)$/.test(text.slice(0, m.index)))
      .map((m) => m.index + m[0].length),
  );
  if (ends.length === 0) return null;
  const last = Math.max(...ends);
  return reading.language.cues.ownUnit.test(text.slice(last)) ? null : from + last;
}

/** “子公司是高新，省级平台也有”: what is added by 也 is of the unit spoken of before. */
function chained(reading: Reading, start: number): boolean {
  const at = reading.segments.findIndex((s) => s.start === start);
  const seg = reading.segments[at];
  const prior = reading.segments[at - 1];
  if (!seg || !prior || prior.mark === '。' || !/(也|同样)/.test(seg.text)) return false;
  if (reading.language.cues.ownUnit.test(seg.text)) return false;
  const last = lastOther(reading, prior.start, prior.end);
  return last !== null && reading.language.cues.heldBefore.test(reading.text.slice(last, prior.end));
}
