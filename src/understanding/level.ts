import { beside, deniedBefore, type Stance, segmentAt, stance } from './context.js';
import { type Found, WordFinder } from './lexicon.js';
import { within } from './others.js';
import type { Reading } from './reader.js';
import type { FactMention } from './types.js';

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
    if (nouns.length === 0) continue;
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
    for (const level of levels) {
      if (within(reading.others, level.start)) continue;
      const name = nameOf(reading, level, nouns, reached);
      if (!name) continue;
      leveled.add(name.start);
      reached = level.end;
      const b = beside(reading, Math.min(level.start, name.start), Math.max(level.end, name.end));
      const own = { ...beside(reading, level.start, level.end) };
      const far =
        name.start > level.end + 8 ||
        level.start > name.end + 8 ||
        segmentAt(reading, name.start) !== segmentAt(reading, level.start);
      // 市级重点实验室和省级工程研究中心: joined to the one before, as it stands.
      const joined: boolean =
        previous !== null && own.before !== '' && reading.language.cues.joint.test(own.before);
      const how: Stance = joined
        ? previous!
        : isSaid(reading, level, name) && !/(吗|么)$/.test(b.rest)
          ? 'held'
          : stanceOfLevel(
              reading,
              far ? own : level.start < name.start ? { ...b, before: own.before } : b,
              level,
            );
      previous = how;
      // 省级的，等等，那个只是市级: what was said first is taken back.
      const since = best === null ? '' : reading.text.slice((best as { end: number }).end, level.start);
      if (how !== 'asked' && since !== '' && reading.language.correction.some((w) => since.includes(w)))
        best = null;
      if (how !== 'asked') out.used.add(name.start);
      if (how !== 'asked') consider(level.value, level, how === 'lacking');
    }
    for (const name of names) {
      if (leveled.has(name.start) || levels.some((l) => Math.abs(l.start - name.start) < 1)) continue;
      const b = beside(reading, name.start, name.end);
      if (stance(reading, b) !== 'lacking') continue;
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
  const after = names.find((n) => n.start >= level.end && n.end <= seg.end);
  const other = [...reading.names, ...reading.decoys].filter(
    (n) => !names.includes(n) && n.start >= level.start && n.end <= seg.end,
  );
  const between = after ? reading.text.slice(level.end, after.start) : '';
  if (
    after &&
    after.start - level.end <= 10 &&
    !other.some((o) => o.start < after.start && o.end - o.start > 1 && o.start - level.end <= 1)
  ) {
    if (!/[有没]/.test(between)) return after;
  }
  // 国家级人才, 省级补助, 省级专精特新: another noun is what the level speaks of.
  if (
    other.some((o) => o.start - level.end <= 1) ||
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
