import { point, ZERO } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import type { Reading } from './reader.js';
import { TOTAL } from './standing.js';
import type { FactMention } from './types.js';

const ENTERPRISES = 'consortium.enterprises';
const OTHERS = 'consortium.other_units';
const ACADEMIC = 'consortium.universities_institutes';

type Kind = 'asker' | 'academic' | 'other' | 'enterprise' | 'unknown';
interface Item {
  kind: Kind;
  /** Marked as the one who leads: A公司（牵头）. */
  leads: boolean;
  start: number;
  end: number;
}

/** Members told by their names. */
export interface Members {
  mentions: FactMention[];
  /** Where the names stand: a city or a kind of unit in them says nothing of the asker. */
  spans: { start: number; end: number }[];
  /** Facts whose figures the names replace. */
  replaced: Set<string>;
}

const APART = /[、，,；;：:/+。！!？?\s—]+|(?<!\d)\d{1,2}[.)](?=\D)|以及|还有|再加上?|外加|加上/g;

/**
 * “成员有我们公司、华侨大学、市第一医院、A公司”: units counted by name, of the kinds that their endings tell. Of a list that is cut
 * short (等) or whose items are only called by their kind, nothing is counted.
 */
export function readMembers(reading: Reading): Members {
  const out: Members = { mentions: [], spans: [], replaced: new Set() };
  const { text } = reading;
  const { cues } = reading.language;
  for (const run of runs(reading)) {
    const at = { start: run[0]!.start, end: run.at(-1)!.end };
    const named = run.filter((i) => i.kind !== 'asker' && i.kind !== 'unknown').length;
    const from = Math.max(...['。', '；', ';', '\n'].map((m) => text.lastIndexOf(m, at.start - 1) + 1));
    const told = cues.memberIntro.test(text.slice(from, at.start + 14));
    const sum = sumBehind(reading, at.end, run.length);
    if (named < 2 || (run.length < 3 && !told) || !(told || sum)) continue;
    if (/^(等|哪|谁)/.test(text.slice(at.end)) || /哪(个|家|所)/.test(text.slice(at.end, at.end + 12)))
      continue;
    out.spans.push(at);
    const n = (kind: Kind) => run.filter((i) => i.kind === kind).length;
    const say = (fact: string, count: number, end = at.end) => {
      out.replaced.add(fact);
      const value = { type: 'number' as const, range: point(ZERO.add(count)) };
      out.mentions.push({ fact, value, start: at.start, end });
    };
    const listed = run.length;
    const inside = n('asker') > 0 || run.some((i) => i.leads) || sum?.exact?.compare(listed) === 0;
    const leads =
      cues.weLead.test(text) || cues.gatherVerb.test(text.slice(from, at.start)) || gathers(reading, at);
    const total = inside ? listed : sum || leads ? listed + 1 : null;
    if (total !== null) say(TOTAL, total, sum ? sum.end : at.end);
    if (sum) for (const m of wrongly(reading, sum)) out.replaced.add(m);
    // The asker's own unit is one more of its kind, where it is told which.
    const own = total === null || (inside && n('asker') === 0) ? 0 : 1;
    const institution = ['university', 'institute'].includes(reading.kind ?? '');
    const firm = reading.kind === null || ['enterprise', 'group'].includes(reading.kind);
    say(ACADEMIC, n('academic') + (institution ? own : 0));
    if (n('unknown') > 0) continue;
    say(OTHERS, n('academic') + n('other') + (firm ? 0 : own));
    if (total !== null) say(ENTERPRISES, n('enterprise') + (firm ? own : 0));
  }
  return out;
}

/** 我们联合A大学、B公司: the names are of others beside the asker. */
const gathers = (reading: Reading, at: { start: number }): boolean =>
  reading.language.cues.gathersNames.test(reading.text.slice(Math.max(0, at.start - 8), at.start + 10));

/** The facts that a sum behind the names is taken for: 企业…一共8个. */
const wrongly = (reading: Reading, sum: Quantity): string[] =>
  reading.names
    .filter((n) => n.end <= sum.start && sum.start - n.end <= 6)
    .flatMap((n) => n.value.facts)
    .filter((f) => f === ENTERPRISES || f === OTHERS || f === ACADEMIC);

/** “…一共8个”, “——厦门七家”: as many as were named, or one more. */
function sumBehind(reading: Reading, end: number, listed: number): Quantity | null {
  const q = reading.quantities.find(
    (p) => p.unit === 'count' && p.start >= end && p.start - end <= 10 && /[家个]/.test(p.measure ?? ''),
  );
  if (!q?.exact || !reading.language.cues.wholeBehind.test(reading.text.slice(q.end))) return null;
  return q.exact.compare(listed) === 0 || q.exact.compare(listed + 1) === 0 ? q : null;
}

/** Names in a row, cut by marks of a list; what is no name ends a row. */
function runs(reading: Reading): Item[][] {
  const plain = reading.text.replace(/\([^)]*\)/g, (m) => '·'.repeat(m.length));
  const out: Item[][] = [[]];
  let at = 0;
  const take = (end: number) => {
    for (const item of itemsOf(reading, plain, at, end)) {
      if (item === null) out.push([]);
      else out.at(-1)!.push(item);
    }
  };
  for (const m of plain.matchAll(APART)) {
    take(m.index);
    at = m.index + m[0].length;
    if (/[。！!？?]/.test(m[0])) out.push([]);
  }
  take(plain.length);
  // A unit whose ending tells nothing is a member only among names.
  return out.map(trim).filter((r) => r.length >= 2);
}

const trim = (run: Item[]): Item[] => {
  const first = run.findIndex((i) => i.kind !== 'unknown');
  const last = run.findLastIndex((i) => i.kind !== 'unknown');
  return first < 0 ? [] : run.slice(first, last + 1);
};

function itemsOf(reading: Reading, plain: string, start: number, end: number): (Item | null)[] {
  const token = plain.slice(start, end);
  if (token === '') return [];
  const joint = /[和与及跟](?=[^和与及跟]+$)/.exec(token);
  if (joint && joint.index > 1) {
    const cut = start + joint.index;
    const [a, b] = [kindOf(reading, plain.slice(start, cut)), kindOf(reading, plain.slice(cut + 1, end))];
    if (a !== null && b !== null && a !== 'unknown' && b !== 'unknown')
      return [...itemsOf(reading, plain, start, cut), { kind: b, leads: false, start: cut + 1, end }];
  }
  const kind = kindOf(reading, token);
  const leads = kind !== 'asker' && /牵头/.test(reading.text.slice(start, end));
  return [kind === null ? null : { kind, leads, start, end: start + Math.max(1, bare(token).length) }];
}

/** An item without what is said of it behind its name: 厦门大学一所, A企业一起组建, G公司一共8个. */
const bare = (token: string): string =>
  token
    .replace(/(一共|总共|合计|总计|共|刚好|正好)*\d+[家个].*$/, '')
    .replace(
      /(一起|一块|共同|联合|来|想|准备|打算)?(组建|参与|参加|合作|组成|搞|做|建)[^，]{0,6}$|(一起|一块)$/,
      '',
    )
    .replace(/·+$/, '')
    .replace(/(各)?[一1](家|所|个)$/, '');

/** The kind of unit that an item's ending tells; null where the item is no name of a unit. */
function kindOf(reading: Reading, token: string): Kind | null {
  const { cues } = reading.language;
  const name = bare(token);
  const lead = /牵头/.test(name);
  if (cues.memberAsker.test(name)) return 'asker';
  if (name.length < 2 || name.length > 24 || /\d|[一二两三四五六七八九十几][家个所]|吗|没|不/.test(name))
    return null;
  if (cues.memberOther.test(name)) return 'other';
  if (cues.memberAcademic.test(name)) return lead ? null : 'academic';
  if (cues.memberEnterprise.test(name)) return 'enterprise';
  return name.length <= 8 && !cues.memberVerb.test(name) ? 'unknown' : null;
}
