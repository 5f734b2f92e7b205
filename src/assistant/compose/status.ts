import type { Policy } from '../../knowledge/index.js';
import { writeDate } from '../../quantity/index.js';
import type { Evidence } from '../evidence.js';
import type { Block } from '../types.js';
import type { World } from '../world.js';

/** A document's life: whether it is in force on the day, its dates as printed or computed, what it repeals. */
export function statusBlocks(world: World, evidence: Evidence, policy: Policy, asOf: string): Block[] {
  const { meta } = policy;
  const { wording } = world;
  const status = wording.say(`status.${world.statusOf(policy, asOf)}`);
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
