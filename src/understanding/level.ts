import { type Beside, beside, deniedBefore, type Stance, segmentAt, stance } from './context.js';
import { type Found, WordFinder } from './lexicon.js';
import { within } from './others.js';
import type { Reading } from './reader.js';
import { stateAround, stateOf } from './state.js';
import type { FactMention } from './types.js';
import { weighed } from './weigh.js';

/**
 * The highest platform held: “省重点实验室”, “平台省级的”, “没有省级平台，只有市级的”. Lacking a level says nothing of
 * those below it; lacking any says none.
 */
export function readLevel(reading: Reading): { mentions: FactMention[]; used: Set<number> } {
  const out: { mentions: FactMention[]; used: Set<number> } = { mentions: [], used: new Set() };
  for (const spec of reading.vocabulary.specs.filter((s) => s.type === 'level')) {
    const names = reading.names.filter((n) => n.value.facts.includes(spec.id));
    // 那家是国家级平台，我们只有市级: the noun may be said of somebody else.
    const nouns = [...names, ...reading.namesOfOthers.filter((n) => n.value.facts.includes(spec.id))].sort(
      (a, b) => a.start - b.start,
    );
    const pending = answers(reading, spec.id);
    if (nouns.length === 0 && !pending) continue;
    const [lowest, ...ranked] = spec.values;
    const levels = new WordFinder(ranked.flatMap((v) => v.words.map((w) => [w, v.id] as const))).find(
      reading.text,
    );
    const rank = (id: string) => spec.values.findIndex((v) => v.id === id);
    let best: { id: string; start: number; end: number } | null = null;
    let denied: { rank: number; start: number; end: number } | null = null;
    const consider = (id: string, at: { start: number; end: number }, lacking: boolean) => {
      if (!lacking && (best === null || rank(id) > rank(best.id)))
        best = { id, start: at.start, end: at.end };
      if (lacking && (denied === null || rank(id) < denied.rank))
        denied = { rank: rank(id), start: at.start, end: at.end };
    };
    const leveled = new Set<number>();
    let previous: Stance | null = null;
    let reached = 0;
    const spans: Span[] = [];
    for (const level of levels) {
      if (within(reading.others, level.start)) continue;
      const name =
        nameOf(reading, level, nouns, reached) ?? (pending && !ofAnother(reading, level) ? NOWHERE : null);
      if (!name) continue;
      reached = level.end;
      spans.push(spanOf(reading, level, name, levels));
    }
    for (const [i, span] of spans.entries()) {
      const { level, name } = span;
      if (name !== NOWHERE) leveled.add(name.start);
      const b = besideSpan(reading, spans, i);
      const behind = behindSpan(reading, spans, i);
      // 市级重点实验室和省级工程研究中心: joined to the one before, as it stands.
      const between = reading.text.slice(spans[i - 1]?.end ?? span.start, span.start);
      const none =
        rowLacks(reading, spans, i) || NONE_OF.test(reading.text.slice(Math.max(level.end, name.end)));
      const joined: boolean =
        !none && previous !== null && between !== '' && reading.language.cues.joint.test(between);
      const plain: Stance = none
        ? 'lacking'
        : joined
          ? previous!
          : isSaid(reading, level, name) && !/(吗|么)$/.test(b.rest)
            ? 'held'
            : stanceOfLevel(reading, b, level);
      const answered: boolean =
        (name === NOWHERE || reading.conversation.pending === spec.id) &&
        plain === 'asked' &&
        !reading.language.cues.interrogative.test(b.rest);
      const either = [between, reading.text.slice(span.end, spans[i + 1]?.start ?? span.end)];
      const how: Stance = either.some((t) => /^的?(还是|或者?|或是|要么)(是)?$/.test(t))
        ? 'asked'
        : weighed(reading, answered ? 'held' : plain, b, span.start, span.end, behind);
      previous = how;
      // 省级的，等等，那个只是市级: what was said first is taken back.
      const since = best === null ? '' : reading.text.slice((best as { end: number }).end, level.start);
      if (how !== 'asked' && since !== '' && reading.language.correction.some((w) => since.includes(w)))
        best = null;
      if (how !== 'asked' && name !== NOWHERE) out.used.add(name.start);
      if (how !== 'asked') consider(level.value, level, how === 'lacking');
    }
    for (const name of names) {
      if (leveled.has(name.start) || levels.some((l) => Math.abs(l.start - name.start) < 1)) continue;
      const b = beside(reading, name.start, name.end);
      if (!lacksAny(reading, b, name)) continue;
      out.used.add(name.start);
      consider(lowest!.id, name, true);
    }
    const say = (id: string, at: { start: number; end: number }) =>
      out.mentions.push({ fact: spec.id, value: { type: 'enum', value: id }, start: at.start, end: at.end });
    const held = best as { id: string; start: number; end: number } | null;
    const lacks = denied as { rank: number; start: number; end: number } | null;
    if (held) say(held.id, held);
    else if (lacks && lacks.rank <= 1) say(lowest!.id, lacks);
  }
  return out;
}

/** Whether a message answers the question after the platform, or corrects what was said of it. */
function answers(reading: Reading, fact: string): boolean {
  const { pending, facts } = reading.conversation;
  if (reading.text.length > 40) return false;
  if (pending === fact) return true;
  if (!facts.has(fact)) return false;
  // 省级的批下来了: of the platform told before, where nothing else is named.
  const alone = reading.text.length <= 16 && reading.names.length + reading.decoys.length === 0;
  return alone || reading.language.correction.some((w) => reading.text.includes(w));
}

/** Whether a noun stands right behind a level; in 只有市级、年度研发费用… it begins the next item. */
const adjoins = (reading: Reading, level: Found<string>, noun: Found<unknown>): boolean =>
  noun.start - level.end <= 1 &&
  !reading.text.slice(level.end, Math.max(level.end, noun.start)).includes('、');

/** 省级国家级都没有, 省级、国家级的都没有: what is said behind a row of levels is said of each. */
function rowLacks(reading: Reading, spans: readonly Span[], i: number): boolean {
  let last = i;
  const between = (k: number) => reading.text.slice(spans[k]!.end, spans[k + 1]!.start);
  while (last + 1 < spans.length && ROW.test(between(last))) last += 1;
  return last > i && reading.language.cues.allLack.test(reading.text.slice(spans[last]!.end));
}

/** 国家级0个. */
const NONE_OF = /^(的|平台|实验室)*(:|：|有|是|为)*(0|零)[个家所项块张]/;

const ROW = /^[、和与及或]?$/;

/** 省级专精特新, 国家级人才: another noun is what the level speaks of. */
function ofAnother(reading: Reading, level: Found<string>): boolean {
  return (
    [...reading.names, ...reading.decoys].some((n) => n.start >= level.end && adjoins(reading, level, n)) ||
    /^(的)?(人才|项目|补助|奖励|专家|课题|专项|企业|单位|科技|领军)/.test(reading.text.slice(level.end))
  );
}

/** 没有平台, 平台一个都没评上: none of any level. One that is pending or lost leaves the others open. */
function lacksAny(reading: Reading, b: Beside, name: Found<unknown>): boolean {
  const plain = stance(reading, b);
  if (weighed(reading, plain, b, name.start, name.end) !== 'lacking') return false;
  return plain === 'lacking' || stateAround(reading, b, name.end).after.state === 'lacking';
}

/** A level with the platform it speaks of, where they stand together. */
interface Span {
  level: Found<string>;
  name: Found<unknown>;
  start: number;
  end: number;
}

/** The platform that was asked for and is not named in the answer. */
const NOWHERE: Found<unknown> = { start: -1, end: -1, word: '', value: null };

function spanOf(
  reading: Reading,
  level: Found<string>,
  name: Found<unknown>,
  levels: readonly Found<string>[],
): Span {
  const from = Math.min(level.start, name.start);
  const to = Math.max(level.end, name.end);
  const far = name.start > level.end + 8 || level.start > name.end + 8;
  const parted = levels.some((l) => l !== level && l.start >= from && l.end <= to);
  const apart = far || parted || segmentAt(reading, name.start) !== segmentAt(reading, level.start);
  return apart ? { level, name, start: level.start, end: level.end } : { level, name, start: from, end: to };
}

/** The words before and after a level, those between it and its platform among them, up to the neighbouring levels, names and figures. */
function besideSpan(reading: Reading, spans: readonly Span[], i: number): Beside {
  const span = spans[i]!;
  const b = beside(reading, span.start, span.end);
  const seg = segmentAt(reading, span.start);
  if (!seg) return b;
  const inside =
    span.name.end >= span.start && span.name.end <= span.level.start
      ? reading.text.slice(span.name.end, span.level.start)
      : '';
  const prior = spans[i - 1];
  const next = spans[i + 1];
  let before = b.before;
  if (prior && prior.end > seg.start && span.start - prior.end < before.length)
    before = reading.text.slice(prior.end, span.start);
  if (prior && before !== '' && prior.end > seg.start && tellsOfPrior(reading, spans, i)) before = '';
  const cut = next && next.start < seg.end && next.start < (b.next?.start ?? seg.end) ? next : b.next;
  return {
    before: before + inside,
    after: reading.text.slice(span.end, cut?.start ?? seg.end),
    rest: b.rest,
    next: cut,
  };
}

/** The words after a level that tell of it where another level follows in the statement; undefined where none does. */
function behindSpan(reading: Reading, spans: readonly Span[], i: number): string | undefined {
  const span = spans[i]!;
  const next = spans[i + 1];
  const seg = segmentAt(reading, span.start);
  if (!next || !seg || next.start >= seg.end) return undefined;
  return tellsOfPrior(reading, spans, i + 1) ? reading.text.slice(span.end, next.start) : '';
}

/** 省级没有市级有: the words between two levels tell of the first, where the second has words behind it. */
function tellsOfPrior(reading: Reading, spans: readonly Span[], i: number): boolean {
  const prior = spans[i - 1]!;
  const span = spans[i]!;
  const between = reading.text.slice(prior.end, span.start);
  const told = (text: string) => stateOf(text, reading.language).state !== null;
  if (between.length > 12 || !told(between)) return false;
  // 市级实验室升省级: of the second.
  if (/(升|冲|报|申请|争取|创|评|想|打算)级?(到|成|为|个)?$/.test(between)) return false;
  const seg = segmentAt(reading, span.start)!;
  const lead = reading.text.slice(Math.max(seg.start, prior.start - 6), prior.start);
  const behind = reading.text.slice(
    span.end,
    Math.min(seg.end, spans[i + 1]?.start ?? seg.end, span.end + 8),
  );
  return /(了|的)$/.test(between) || (!told(lead) && told(behind));
}

/** 平台级别是省部级: said of the platform right before. */
function isSaid(reading: Reading, level: Found<string>, name: Found<unknown>): boolean {
  const between = name.end <= level.start ? reading.text.slice(name.end, level.start) : '';
  return (
    /^[^，]{0,4}(:|：|是|为|达到|属于|有|升级?(到|成|为|成了|到了)了?|提升?(到|为)了?|变成了?|换成了?|改成了?|晋升(为|到)|最高(也)?(只|就|才)?(到|是|有)|只到)$/.test(
      between,
    ) && !/(不|没|非|必须|要)/.test(between)
  );
}

function stanceOfLevel(reading: Reading, b: ReturnType<typeof beside>, level: Found<string>) {
  if (
    /(建设|申报|支持|创建|奖励|新获批|补助|培育|打造)[^，]{0,4}$/.test(b.before) &&
    !/(已|有|拥有)/.test(b.before)
  )
    return 'asked';
  const only = /(只|仅|就|才)(有|到|是)?[^，]{0,3}$/.test(b.before);
  if (
    only &&
    !/(只有|必须)[^，]{0,6}$/.test(
      b.before + (reading.text.slice(level.end).match(/^[^，]{0,8}(才|就)能/) ? '只有' : ''),
    )
  )
    return 'held';
  if (only) return /(才|就)(能|行|可以)/.test(b.after) ? 'asked' : 'held';
  if (deniedBefore(reading, b.before)) return 'lacking';
  const from = segmentAt(reading, level.start)?.start ?? level.start;
  if (reading.language.cues.sharesIn.test(reading.text.slice(from, level.start))) return 'asked';
  return stance(reading, b);
}

/** The platform that a level word speaks of: the noun it precedes, or the nearest named before it. */
function nameOf(
  reading: Reading,
  level: Found<string>,
  names: readonly Found<unknown>[],
  reached: number,
): Found<unknown> | null {
  const seg = segmentAt(reading, level.start);
  if (!seg) return null;
  const over = names.find((n) => n.start < level.end && level.start < n.end);
  if (over) return over;
  const own = names.findLast((n) => n.end <= level.start && n.start >= seg.start);
  // 平台有个市级的研发每年2500万: said of the platform right before; the next noun begins another statement.
  const SAID = /^(就|只|才|也|最高|目前|现在|嘛|呢|级别|:|：)*(是|为|有|到)(了|个|一个|的是)*$/;
  const ends = /^的(?!人才|项目|专家|课题|奖励|补助|专项|领军)/.test(reading.text.slice(level.end));
  if (own && ends && SAID.test(reading.text.slice(own.end, level.start))) return own;
  const after = names.find((n) => n.start >= level.end && n.end <= seg.end);
  const other = [...reading.names, ...reading.decoys].filter(
    (n) => !names.includes(n) && n.start >= level.start && n.end <= seg.end,
  );
  const between = after ? reading.text.slice(level.end, after.start) : '';
  if (
    after &&
    after.start - level.end <= 10 &&
    !other.some((o) => o.start < after.start && o.end - o.start > 1 && adjoins(reading, level, o))
  ) {
    if (!/[有没]/.test(between)) return after;
  }
  // 国家级人才, 省级补助, 省级专精特新: another noun is what the level speaks of.
  if (
    other.some((o) => adjoins(reading, level, o)) ||
    /^(的)?(人才|项目|补助|奖励|专家|课题|专项|企业|单位|科技|领军|以上人才)/.test(
      reading.text.slice(level.end),
    )
  )
    return null;
  const before = names.filter((n) => n.end <= level.start).at(-1);
  if (!before) return after ?? null;
  const gap = reading.text.slice(Math.max(before.end, reached), level.start);
  const marks = (gap.match(/[，,。；;]/g) ?? []).length;
  return gap.length <= 24 && marks <= (reached > 0 ? 2 : 1) ? before : null;
}
