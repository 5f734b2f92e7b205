import type { Policy } from '../../knowledge/index.js';
import { readQuantities, writeDate } from '../../quantity/index.js';
import type { Evidence } from '../evidence.js';
import type { Block } from '../types.js';
import type { World } from '../world.js';

/**
 * A document's life: whether it is in force on the day, its dates as printed or computed, what it repeals.
 * @param days the first and the last day that the question names (YYYY-MM-DD); null for the day of the answer
 */
export function statusBlocks(
  world: World,
  evidence: Evidence,
  policy: Policy,
  asOf: string,
  days: readonly [string, string] | null = null,
): Block[] {
  const { meta } = policy;
  const { wording } = world;
  const status =
    days === null ? wording.say(`status.${world.statusOf(policy, asOf)}`) : statusThen(world, policy, days);
  const head = meta.docNumber
    ? wording.say('policyStatus.line', { title: meta.title, docNumber: meta.docNumber, status })
    : wording.say('policyStatus.lineNoNumber', { title: meta.title, status });
  const life = ['status.effective', 'status.expiry', 'status.repeal', 'status.issue'];
  const anchored = (world.entries.get(meta.id) ?? []).filter((e) => life.includes(e.topic) && !e.silent);
  const fallback = (world.entries.get(meta.id) ?? []).filter((e) => life.includes(e.topic));
  const cites = (anchored.length > 0 ? anchored : fallback)
    .slice(0, 3)
    .flatMap((e) => e.at.slice(0, 1).map((a) => evidence.cite(policy, a.clause, a.quote)));
  const lines: string[] = [];
  if (meta.issued) lines.push(wording.say('policyStatus.issued', { date: writeDate(meta.issued) }));
  if (meta.effective) lines.push(wording.say('policyStatus.effective', { date: writeDate(meta.effective) }));
  if (meta.expires) {
    const computed = meta.expiresComputedFrom
      ? wording.say('policyStatus.computed', { term: meta.expiresComputedFrom })
      : '';
    lines.push(wording.say('policyStatus.expires', { date: writeDate(meta.expires), computed }));
  }
  if (meta.repeals.length > 0) {
    const items = meta.repeals
      .map((r) => `《${r.title}》${r.docNumber ? `（${r.docNumber}）` : ''}`)
      .join('、');
    lines.push(wording.say('policyStatus.repeals', { items }));
  }
  return [{ kind: 'lead', text: [head, ...lines].join(''), cites }];
}

/** Whether a document is in force on named days; where it begins or ends between them, both are told. */
function statusThen(world: World, policy: Policy, [from, to]: readonly [string, string]): string {
  const { wording } = world;
  const said = (status: string) =>
    wording.say(status === 'in-force' ? 'policyStatus.inForceOn' : `status.${status}`);
  const [first, last] = [world.statusOf(policy, from), world.statusOf(policy, to)];
  if (TIMELESS.has(first)) return said(first);
  const on = (day: string, status: string) =>
    wording.say('policyStatus.on', { date: writeDate(day), status: said(status) });
  if (first !== last) return `${on(from, first)}，${on(to, last)}`;
  return from === to
    ? on(from, first)
    : wording.say('policyStatus.during', { from: writeDate(from), to: writeDate(to), status: said(first) });
}

/** States of a document that no day changes. */
const TIMELESS: ReadonlySet<string> = new Set(['draft', 'undated', 'informational']);

/** The days that a question about a document's life names: one, or the first and last of a month or year; null for none. */
export function daysNamed(text: string): readonly [string, string] | null {
  const [date] = readQuantities(text).filter((q) => q.unit === 'date');
  if (!date) return null;
  const [year, month, day] = date.value.split('-');
  if (day !== undefined) return [date.value, date.value];
  if (month === undefined) return [`${year}-01-01`, `${year}-12-31`];
  const length = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return [`${year}-${month}-01`, `${year}-${month}-${length}`];
}

/** The document that repealed one named in the question, by its number or title; null when none is named. */
export function repealedNamed(
  world: World,
  text: string,
): { policy: Policy; title: string; docNumber: string | null } | null {
  const bare = text.replace(/[\s〔〕[\]()（）《》]/g, '');
  for (const policy of world.library.policies) {
    for (const old of policy.meta.repeals) {
      const number = old.docNumber?.replace(/[\s〔〕[\]()（）]/g, '');
      const short = number?.replace(/号$/, '');
      if ((short && bare.includes(short)) || bare.includes(old.title.replace(/[\s《》]/g, '')))
        return { policy, ...old };
    }
  }
  return null;
}

/** The sentence that says first that a document is a draft, expired, not yet in force or only informs; null when none is owed. */
export function statusFirst(world: World, policy: Policy, asOf: string): string | null {
  const status = world.statusOf(policy, asOf);
  const text = world.wording.say(`statusFirst.${status}`, {
    title: policy.meta.title,
    shortTitle: policy.meta.shortTitle,
    asOf,
    effective: policy.meta.effective ?? '',
    expires: policy.meta.expires ?? '',
  });
  return text === '' ? null : text;
}
