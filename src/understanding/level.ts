import { beside, type Stance, segmentAt } from './context.js';
import {
  behindSpan,
  besideSpan,
  NOWHERE,
  nameOf,
  ofAnother,
  rowLacks,
  type Span,
  spanOf,
} from './level-span.js';
import { isSaid, lacksAny, stanceOfLevel } from './level-stance.js';
import { type Found, WordFinder } from './lexicon.js';
import { within } from './others.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';
import { weighed } from './weigh.js';

/**
 * The highest platform held: “省重点实验室”, “平台省级的”, “没有省级平台，只有市级的”. Lacking a level says nothing of
 * those below it; lacking any says none.
 */
export function readLevel(reading: Reading): { mentions: FactMention[]; used: Set<number> } {
  const { levelCues } = reading.language;
  const out: { mentions: FactMention[]; used: Set<number> } = { mentions: [], used: new Set() };
  for (const spec of reading.vocabulary.specs.filter((s) => s.type === 'level')) {
    const names = reading.names.filter((n) => n.value.facts.includes(spec.id));
    // 那家是国家级平台，我们只有市级: the noun may be said of somebody else.
    const nouns = [...names, ...reading.namesOfOthers.filter((n) => n.value.facts.includes(spec.id))].sort(
      (a, b) => a.start - b.start,
    );
    const answered = answers(reading, spec.id);
    const [lowest, ...ranked] = spec.values;
    const levels = new WordFinder(ranked.flatMap((v) => v.words.map((w) => [w, v.id] as const))).find(
      reading.text,
    );
    // 省级没有，就一个市级的: one level told against the other, with nothing else that has levels.
    const against = nouns.length === 0 && !answered && contrasted(reading, levels);
    const pending = answered || against;
    if (nouns.length === 0 && !pending) continue;
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
    const told = new Set<number>();
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
        rowLacks(reading, spans, i) || levelCues.zero.test(reading.text.slice(Math.max(level.end, name.end)));
      const joined: boolean =
        !none && previous !== null && between !== '' && reading.language.cues.joint.test(between);
      const plain: Stance = none
        ? 'lacking'
        : joined
          ? previous!
          : isSaid(reading, level, name) && !levelCues.question.test(b.rest)
            ? 'held'
            : stanceOfLevel(reading, b, level);
      const answersIt: boolean =
        (name === NOWHERE || reading.conversation.pending === spec.id) &&
        plain === 'asked' &&
        !reading.language.cues.interrogative.test(b.rest);
      const either = [between, reading.text.slice(span.end, spans[i + 1]?.start ?? span.end)];
      const how: Stance = either.some((t) => levelCues.either.test(t))
        ? 'asked'
        : weighed(reading, answersIt ? 'held' : plain, b, span.start, span.end, behind);
      previous = how;
      // 省级的，等等，那个只是市级: what was said first is taken back.
      const since = best === null ? '' : reading.text.slice((best as { end: number }).end, level.start);
      if (how !== 'asked' && since !== '' && reading.language.correction.some((w) => since.includes(w)))
        best = null;
      if (how !== 'asked' && name !== NOWHERE) told.add(name.start);
      if (how !== 'asked') consider(level.value, level, how === 'lacking');
    }
    for (const name of names) {
      if (leveled.has(name.start) || levels.some((l) => Math.abs(l.start - name.start) < 1)) continue;
      const b = beside(reading, name.start, name.end);
      if (!lacksAny(reading, b, name)) continue;
      told.add(name.start);
      consider(lowest!.id, name, true);
    }
    const say = (id: string, at: { start: number; end: number }) =>
      out.mentions.push({ fact: spec.id, value: { type: 'enum', value: id }, start: at.start, end: at.end });
    const held = best as { id: string; start: number; end: number } | null;
    const lacks = denied as { rank: number; start: number; end: number } | null;
    if (against && !(held && lacks)) continue;
    if (held) say(held.id, held);
    else if (lacks && lacks.rank <= 1) say(lowest!.id, lacks);
    // 没有省级平台怎么办: that a level is lacking tells none, so the platform is still what is asked about.
    if (out.mentions.some((m) => m.fact === spec.id)) for (const start of told) out.used.add(start);
  }
  return out;
}

/** Whether two levels are told against each other, and nothing is named in their statements that they could be of. */
const contrasted = (reading: Reading, levels: readonly Found<string>[]): boolean =>
  new Set(levels.map((l) => l.value)).size > 1 &&
  levels.every((l) => {
    const seg = segmentAt(reading, l.start)!;
    const named = [...reading.names, ...reading.decoys].some(
      (n) => n.start >= seg.start && n.start < seg.end,
    );
    return !named && !ofAnother(reading, l) && !reading.language.cues.interrogative.test(seg.text);
  });

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
