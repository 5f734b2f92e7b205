import { point, ZERO } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import type { Reading } from './reading.js';
import { ofTheRules } from './role.js';
import { rosters } from './roster.js';
import { TOTAL } from './standing.js';
import type { FactMention } from './types.js';
import type { Item, UnitKind } from './unit-kind.js';

const ENTERPRISES = 'consortium.enterprises';
const OTHERS = 'consortium.other_units';
const ACADEMIC = 'consortium.universities_institutes';
const CHAIN = 'consortium.chain_enterprises';

/** Members told one after another. */
export interface Members {
  mentions: FactMention[];
  /** Where they are told: a city or a kind of unit there says nothing of the asker. */
  spans: { start: number; end: number }[];
  /** Facts whose figures they replace. */
  replaced: Set<string>;
}

/**
 * “我们公司、华侨大学、市第一医院和三家配套厂”: units told by name, by kind and number, and as the asker, counted together. Of a list
 * that is cut short (等) or whose items are only called by their kind, nothing is counted.
 */
export function readMembers(reading: Reading): Members {
  const out: Members = { mentions: [], spans: [], replaced: new Set() };
  const { text } = reading;
  const { cues } = reading.language;
  for (const run of membersOf(reading)) {
    const at = { start: run[0]!.start, end: run.at(-1)!.end };
    const from = sentenceStart(text, at.start);
    const n = (...kinds: UnitKind[]) =>
      run.filter((i) => kinds.includes(i.kind)).reduce((sum, i) => sum + i.n, 0);
    const listed = run.reduce((sum, i) => sum + i.n, 0);
    const sum = sumBehind(reading, at.end, listed);
    out.spans.push(at);
    const say = (fact: string, count: number, end = at.end) => {
      out.replaced.add(fact);
      const value = { type: 'number' as const, range: point(ZERO.add(count)) };
      out.mentions.push({ fact, value, start: at.start, end });
    };
    const inside =
      holdsAsker(reading, run) ||
      n('asker') > 0 ||
      run.some((i) => i.leads) ||
      sum?.exact?.compare(listed) === 0;
    const leads =
      cues.weLead.test(text) ||
      cues.gatherVerb.test(text.slice(from, at.start)) ||
      gathers(reading, at) ||
      // 厦门企业牵头，参加的有：…
      cues.ledBefore.test(text.slice(from, at.start + 6));
    // 才找到两家，高校有A跟B: units told beside the names are not among them, so the names are not all there are.
    const more = !sum && countedApart(reading, at);
    const total = more
      ? null
      : inside
        ? listed
        : sum || leads || cues.withoutLead.test(text)
          ? listed + 1
          : null;
    if (total !== null) say(TOTAL, total, sum ? sum.end : at.end);
    if (sum) for (const m of wrongly(reading, sum)) out.replaced.add(m);
    // The asker's own unit is one more of its kind, where it is told which.
    const own = total === null || (inside && n('asker') === 0) ? 0 : 1;
    const institution = ['university', 'institute'].includes(reading.kind ?? '');
    const firm = reading.kind === null || ['enterprise', 'group'].includes(reading.kind);
    say(ACADEMIC, n('academic') + (institution ? own : 0));
    const chain = run.filter((i) => i.chain && i.kind === 'enterprise').reduce((s, i) => s + i.n, 0);
    if (chain > 0) say(CHAIN, chain);
    // Their kinds are told by the row alone, and a place in it by one of them.
    out.replaced.add(OTHERS);
    const kinds = total !== null || run.some((i) => i.counted);
    if (kinds) out.replaced.add(ENTERPRISES);
    for (const [fact, count] of localIn(reading, run)) say(fact, count);
    if (n('unknown') > 0) continue;
    say(OTHERS, n('academic', 'other') + (firm ? 0 : own));
    if (kinds) say(ENTERPRISES, n('enterprise') + (firm ? own : 0));
  }
  return out;
}

/** Whether what is told of local members is told of one in a row of names (泉州的A大学、B公司), and of no more. */
export const isOfOne = (members: Members, m: FactMention): boolean =>
  m.fact.startsWith('consortium.local_') && members.spans.some((s) => m.start < s.end && s.start < m.end);

/** Members of the city asked about, where every one of a row says where it is: 福州大学, 晋江、石狮各一家企业. */
function localIn(reading: Reading, run: readonly Item[]): [fact: string, count: number][] {
  // 泉州的联合体：…、厦门一家公司: the city named beside the row.
  const at = { start: run[0]!.start, end: run.at(-1)!.end };
  const beside = reading.places.filter((p) => p.end <= at.start || p.start >= at.end).map((p) => p.value);
  const named = [...new Set(beside.filter((c) => reading.cities.includes(c)))];
  const [city, second] = named.length > 0 ? named : reading.cities;
  const others = run.filter((i) => i.kind !== 'asker' && !i.leads);
  if (city === undefined || second !== undefined || others.length === 0 || others.length === run.length)
    return [];
  let local = 0;
  for (const item of others) {
    const places = reading.whereabouts.filter((p) => p.start >= item.start && p.end <= item.end);
    const words = reading.text.slice(item.start, item.end);
    const here = reading.language.cues.localUnit.test(
      words.replace(/^[\d一二两三四五六七八九十]+[家个所]的?/, ''),
    );
    if (places.length === 0 && !here) return [];
    // As many of each place, where there are several.
    const own = places.filter((p) => p.value === city).length;
    const share = here ? item.n : (item.n * own) / places.length;
    if (!Number.isInteger(share)) return [];
    local += share;
  }
  const members: [string, number] = ['consortium.local_members', local];
  const seat = reading.conversation.facts.get('lead.city');
  const lead = seat?.type === 'enum' && seat.value === city;
  return lead ? [members, ['consortium.local_units', local + 1]] : [members];
}

/** The rows of units that are told as the members of a planned consortium. */
export function membersOf(reading: Reading): Item[][] {
  const { text } = reading;
  const { cues } = reading.language;
  return rosters(reading).filter((run) => {
    const at = { start: run[0]!.start, end: run.at(-1)!.end };
    const named = run.filter((i) => !i.counted && i.kind !== 'asker' && i.kind !== 'unknown').length;
    const counted = run.filter((i) => i.counted).length;
    const asker = run.some((i) => i.kind === 'asker');
    const listed = run.reduce((sum, i) => sum + i.n, 0);
    const from = sentenceStart(text, at.start);
    const told =
      cues.memberIntro.test(text.slice(from, at.start + 14)) || sumBehind(reading, at.end, listed) !== null;
    if (cues.rosterMore.test(text.slice(at.end)) || /哪(个|家|所)/.test(text.slice(at.end, at.end + 12)))
      return false;
    if (cues.rosterPast.test(text.slice(at.end, at.end + 8))) return false;
    // 我们牵头，企业5家，高校2所: whether they are among those counted is left open, unless others are gathered.
    if (named === 0) {
      const beside =
        asker &&
        (cues.rosterGather.test(text.slice(at.start, at.end)) ||
          !run.some((i) => i.kind === 'asker' && /牵头/.test(text.slice(i.start, i.end))));
      return beside && counted >= 2 && !run.some((i) => i.kind === 'unknown');
    }
    if (counted === 0)
      return named >= 2 && (run.length >= 3 || told) && (told || (asker && cues.rosterTalk.test(text)));
    return (
      listed >= 3 &&
      (told || asker || holdsAsker(reading, run) || cues.weLead.test(text) || cues.rosterTalk.test(text))
    );
  });
}

/** 企业五个(含我们)、厦大: the asker is one of those counted. */
const holdsAsker = (reading: Reading, run: readonly Item[]): boolean =>
  run.some((i) => reading.language.cues.withUsInside.test(reading.text.slice(i.end)));

/** Characters behind the last name, in which a number still tells how many the names are (A、B、C三家企业). */
const BESIDE = 4;

/** Whether several units are counted where no name of a row is, and not as those that are wanted (够7家吗). */
const countedApart = (reading: Reading, row: { start: number; end: number }): boolean =>
  reading.quantities.some(
    (q) =>
      q.unit === 'count' &&
      /[家所]/.test(q.measure ?? '') &&
      q.exact?.compare(1) === 1 &&
      (q.end <= row.start || q.start > row.end + BESIDE) &&
      !reading.language.cues.upTo.test(reading.text.charAt(q.outerStart - 1)) &&
      !ofTheRules(reading, q),
  );

const sentenceStart = (text: string, at: number): number =>
  Math.max(...['。', '；', ';', '\n'].map((m) => text.lastIndexOf(m, at - 1) + 1));

/** 我们联合A大学、B公司: the names are of others beside the asker. */
const gathers = (reading: Reading, at: { start: number }): boolean =>
  reading.language.cues.gathersNames.test(reading.text.slice(Math.max(0, at.start - 8), at.start + 10));

/** The facts that a sum behind the names is taken for: 企业…一共8个. */
const wrongly = (reading: Reading, sum: Quantity): string[] =>
  reading.names
    .filter((n) => n.end <= sum.start && sum.start - n.end <= 6)
    .flatMap((n) => n.value.facts)
    .filter((f) => f === ENTERPRISES || f === OTHERS || f === ACADEMIC);

/** “…一共8个”, “——厦门七家”: as many as were told, or one more. */
function sumBehind(reading: Reading, end: number, listed: number): Quantity | null {
  const q = reading.quantities.find(
    (p) => p.unit === 'count' && p.start >= end && p.start - end <= 10 && /[家个]/.test(p.measure ?? ''),
  );
  if (!q?.exact || !reading.language.cues.wholeBehind.test(reading.text.slice(q.end))) return null;
  return q.exact.compare(listed) === 0 || q.exact.compare(listed + 1) === 0 ? q : null;
}
