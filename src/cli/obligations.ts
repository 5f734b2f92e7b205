import type { App } from '../app.js';
import type { Entry, Policy } from '../knowledge/index.js';
import { type Call, printJson, text } from './io.js';

const NONE = '文件没有写';

/** `wence duties [--policy ID]`: what binds after the filing and what ends it: who, what, when, and what follows, with the clause. */
export function duties(app: App, call: Call): void {
  const listed = entriesOf(app, call, ['duty', 'evaluation', 'sanction']).map(({ policy, entries }) => ({
    policy,
    duties: entries.filter(binds).map((e) => ({
      id: e.id,
      kind: app.world.topics.get(e.topic)!.kind,
      title: e.title,
      what: e.say,
      who: e.who,
      when: e.when,
      consequence: e.consequence,
      steps: e.steps.map(({ title, clause, quote }) => ({ title, clause, quote })),
      overview: e.topic.endsWith('.overview'),
      ...anchored(e),
    })),
  }));
  if (call.options.json) {
    printJson(
      call,
      listed.flatMap((l) => l.duties.map((d) => ({ policy: l.policy.meta.id, ...d }))),
    );
    return;
  }
  for (const { policy, duties: own } of listed) {
    call.out(`${heading(app, call, policy)}\n`);
    if (own.length === 0) call.out('这份文件没有写备案以后的义务。\n');
    for (const d of own) {
      call.out(`· ${d.title}（${d.clause}）：${d.what}\n`);
      for (const step of d.steps) call.out(`    · ${step.title}（${step.clause}）\n`);
      if (!d.overview)
        call.out(`    谁：${d.who ?? NONE}　何时：${d.when ?? NONE}　后果：${d.consequence ?? NONE}\n`);
    }
  }
}

/** `wence materials [--policy ID]`: what an application needs, form by form, as a checklist with word limits. */
export function materials(app: App, call: Call): void {
  const listed = entriesOf(app, call, ['material']).map(({ policy, entries }) => ({
    policy,
    materials: entries.map((e) => ({
      id: e.id,
      title: e.title,
      what: e.say,
      items: e.steps.map(({ title, clause, quote }) => ({ title, clause, quote })),
      limits: e.figures.map((f) => ({ name: f.name, text: f.text })),
      ...anchored(e),
    })),
  }));
  if (call.options.json) {
    printJson(
      call,
      listed.flatMap((l) => l.materials.map((m) => ({ policy: l.policy.meta.id, ...m }))),
    );
    return;
  }
  for (const { policy, materials: own } of listed) {
    call.out(`${heading(app, call, policy)}\n`);
    if (own.length === 0) call.out('这份文件没有写申报材料。\n');
    for (const m of own) {
      call.out(`□ ${m.title}（${m.clause}）：${m.what}\n`);
      for (const item of m.items) call.out(`    □ ${item.title}（${item.clause}）\n`);
      for (const limit of m.limits) call.out(`    ！${limit.name}：${limit.text}\n`);
    }
  }
}

/** The entries of some kinds of one document, or of each that has any, in clause order; what it is silent on is left out. */
function entriesOf(app: App, call: Call, kinds: readonly string[]): { policy: Policy; entries: Entry[] }[] {
  const id = text(call, 'policy');
  const policies = id === undefined ? app.world.library.policies : [app.desk.policy(id)];
  return policies
    .map((policy) => ({
      policy,
      entries: (app.world.entries.get(policy.meta.id) ?? [])
        .filter((e) => !e.silent && e.at.length > 0 && kinds.includes(app.world.topics.get(e.topic)!.kind))
        .sort((a, b) => order(policy, a) - order(policy, b)),
    }))
    .filter((l) => id !== undefined || l.entries.length > 0);
}

/** What tells neither who nor when nor what follows binds nobody (how an evaluation is graded). */
const binds = (e: Entry): boolean => (e.who ?? e.when ?? e.consequence) !== null;

const order = (policy: Policy, e: Entry): number => policy.clause(e.at[0]!.clause)!.order;
const anchored = (e: Entry) => ({ clause: e.at[0]!.clause, quote: e.at[0]!.quote, note: e.note });

function heading(app: App, call: Call, policy: Policy): string {
  const status = app.world.statusOf(policy, app.desk.asOf(call.options['as-of']));
  return `\n《${policy.meta.title}》${policy.meta.docNumber ?? ''}　${app.world.wording.say(`status.${status}`)}`;
}
