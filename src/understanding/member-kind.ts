import type { Quantity } from '../quantity/types.js';
import { isIndefinite } from './article.js';
import { segmentAt } from './context.js';
import type { Found } from './lexicon.js';
import type { Name, Reading } from './reading.js';
import { TOTAL } from './standing.js';

/** Facts of a planned consortium that a list of members fills. */
export const ENTERPRISES = 'consortium.enterprises';

export const OTHERS = 'consortium.other_units';

export const ACADEMIC = 'consortium.universities_institutes';

/** The kind of member that a text begins with (企业…, 高校…, 医院…); null when it begins with none. */
export function memberKind(reading: Reading, text: string): string | null {
  const { cues } = reading.language;
  if (cues.enterprise.test(text)) return ENTERPRISES;
  if (cues.academic.test(text)) return ACADEMIC;
  return cues.otherUnit.test(text) ? OTHERS : null;
}

/** Whether a figure counts enterprises of the chain (上下游企业4家). */
export function onChain(reading: Reading, q: Quantity): boolean {
  const { cues } = reading.language;
  const after = reading.text.slice(q.end, q.end + 8);
  const before = reading.text.slice(Math.max(0, q.start - 12), q.start);
  return cues.chainAfter.test(after) || cues.chainBefore.test(before);
}

/** 省级企业研究院1个: what is held at a level is a platform, no member. */
function countsPlatforms(reading: Reading, q: Quantity): boolean {
  const { cues } = reading.language;
  return reading.names.some(
    (n) =>
      n.end <= q.start &&
      n.value.facts.some((f) => reading.vocabulary.get(f)?.type === 'level') &&
      reading.text.slice(n.end, q.start).replace(cues.countFiller, '') === '' &&
      cues.levelBeside.test(reading.text.slice(0, n.start)),
  );
}

/** Whether a name is of members of another kind than those that a figure counts (大学牵头，5家企业). */
export function ofOtherKind(reading: Reading, name: Found<Name>, q: Quantity): boolean {
  const kinds = [ENTERPRISES, ACADEMIC, OTHERS];
  if (q.unit !== 'count' || !name.value.facts.every((f) => kinds.includes(f))) return false;
  const kind = kindOf(reading, q);
  if (kind === null || name.value.facts.includes(kind)) return false;
  return !(kind === ACADEMIC && name.value.facts.includes(OTHERS));
}

/** What a figure of a list counts: the noun after it, or before it where none follows (企业5家、高校2所). */
export function kindOf(reading: Reading, q: Quantity): string | null {
  if (q.unit !== 'count') return null;
  const { cues } = reading.language;
  const after = nounBehind(reading, q);
  const seg = segmentAt(reading, q.start);
  const before = reading.text.slice(seg?.start ?? 0, q.start);
  if (/[人名位]/.test(q.measure ?? '') || /(骨干|龙头|子公司)[^、，]{0,3}$/.test(before)) return null;
  if (/^(骨干|龙头)/.test(reading.text.slice(q.end))) return null;
  if (isIndefinite(reading, q) || countsPlatforms(reading, q)) return null;
  // 本地五家企业六家: the figure is of the name before it.
  const other = reading.names.some(
    (n) =>
      n.end <= q.start &&
      /^(有|是|共|就|:|：)*$/.test(reading.text.slice(n.end, q.start)) &&
      !n.value.facts.some((f) => [TOTAL, ENTERPRISES, ACADEMIC, OTHERS].includes(f)),
  );
  if (other && /^[\u4e00-\u9fff]{2,6}(有|共|是)*[\d一二两三四五六七八九十]+[家个所]/.test(after)) return null;
  const kind = (t: string) => memberKind(reading, mixed(reading, t) ?? t);
  const named = nounBefore(before, kind, cues.countFiller);
  const next = kind(after);
  // 企业5家 高校1所: the noun after belongs to the figure after it.
  const ofNext =
    named !== null &&
    nounsFirst(reading, q) &&
    /^[\u4e00-\u9fff]{2,6}((有|共|是)*[\d一二两三四五六七八九十]+[家个所]|没有?(?=$|[,，。；;、]))/.test(
      after,
    );
  if (next && !ofNext) return next;
  // 研究院一所协议签完了: a list that names each kind first.
  if (named && next === null && reading.names.some((n) => n.start === q.end)) return named;
  if (
    !ofNext &&
    /^[\u4e00-\u9fff]/.test(after) &&
    !/^(和|及|还|再|加|另|以|、|都|，|含|连|包括|算|共|一共|总|合计|就|能|可以|够|行)/.test(after)
  )
    return null;
  return named;
}

/** The words behind a figure from its noun on. */
export const nounBehind = (reading: Reading, q: Quantity): string =>
  reading.text
    .slice(q.end, q.end + 16)
    .replace(/^(单位)?(都|全)?(是|为|属于)(?!我们|我司|自己)/, '')
    .replace(reading.language.cues.listOf, '')
    .trimStart();

/** 四个是院校和医院: of both kinds, the wider of which counts them. */
export function mixed(reading: Reading, noun: string): string | null {
  const { cues } = reading.language;
  const m =
    /^([\u4e00-\u9fff]{2,6}?)[和与、及或](?![一二两三四五六七八九十]+[家个所])([\u4e00-\u9fff]{2,8}?)(?=$|[，,。；;！!？?])/.exec(
      noun,
    );
  return m && cues.headAcademic.test(m[1]!) && cues.headOther.test(m[2]!) ? m[2]! : null;
}

/** Whether the list that a figure stands in names each kind before its number (企业5家高校2所), as its first figure shows. */
function nounsFirst(reading: Reading, q: Quantity): boolean {
  const seg = segmentAt(reading, q.start);
  const first = reading.quantities.find((p) => p.unit === 'count' && p.start >= (seg?.start ?? 0));
  if (!first || first === q) return true;
  const before = reading.text.slice(seg?.start ?? 0, first.start);
  return nounBefore(before, (t) => memberKind(reading, t), reading.language.cues.countFiller) !== null;
}

/** The kind of member that the words right before a figure name (企业5家, 高校倒有4个); null when they name none. */
function nounBefore(before: string, kind: (noun: string) => string | null, filler: RegExp): string | null {
  const words = before.replace(filler, '');
  for (let length = 6; length >= 2; length--) {
    const noun = words.slice(-length);
    const hit = kind(noun);
    if (
      hit &&
      /^(企业|公司|厂|高校|大学|学院|院校|校方|企业方|高校院所|科研院所|研究所|研究院|院所|医院|医疗机构|新型研发机构|协会|非企业(单位)?)$/.test(
        noun,
      )
    )
      return hit;
  }
  return null;
}
