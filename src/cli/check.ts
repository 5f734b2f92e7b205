import type { App } from '../app.js';
import { InputError } from '../errors.js';
import {
  type Counterfactual,
  otherPolicies,
  readFacts,
  smallestChange,
  type Verdict,
  writeFact,
} from '../rules/index.js';
import { type Call, eachLine, parseJson, printJson, readText, text } from './io.js';

const OUTCOMES = {
  ineligible: '不符合条件',
  undetermined: '还不能下结论',
  discretionary: '“原则上”的条件有没达到的，由主管部门决定',
  eligible: '可核对的条件都达到了',
} as const;
const MARKS = { pass: '✓', fail: '✗', unknown: '？' } as const;

/** `wence check --policy ID --subject lead --facts FILE`: a verdict, and what would turn it; `--batch`: a verdict a line. */
export async function check(app: App, call: Call): Promise<void> {
  const batch = text(call, 'batch');
  if (batch !== undefined) {
    await eachLine(batch, call, (item) =>
      app.desk.check({
        ...(item.id === undefined ? {} : { id: item.id as string }),
        policy: item.policy as string,
        subject: item.subject as string,
        facts: item.facts,
        asOf: item.asOf as string,
      }),
    );
    return;
  }
  const file = text(call, 'facts');
  const policy = text(call, 'policy');
  if (file === undefined || policy === undefined) {
    throw new InputError(
      `缺少 ${policy === undefined ? '--policy' : '--facts'}`,
      'wence check --policy quanzhou-2026 --subject lead --facts facts.json（- 表示标准输入）',
    );
  }
  const facts = parseJson(readText(file), '事实文件');
  const verdict = app.desk.check({
    policy,
    subject: text(call, 'subject') ?? 'lead',
    facts,
    ...(text(call, 'as-of') === undefined ? {} : { asOf: text(call, 'as-of')! }),
  });
  const more = turning(app, verdict, facts);
  if (call.options.json)
    printJson(call, {
      ...verdict,
      changes: more.changes === null ? null : plain(app, more.changes),
      elsewhere: more.elsewhere,
    });
  else call.out(`${lines(app, verdict, more).join('\n')}\n`);
}

/** The smallest changes that would turn a verdict that falls short, and the other documents that the same facts do not fail. */
interface Turning {
  changes: Counterfactual | null;
  elsewhere: { policy: string; outcome: Verdict['outcome'] }[];
}

function turning(app: App, verdict: Verdict, given: unknown): Turning {
  if (verdict.outcome !== 'ineligible' && verdict.outcome !== 'discretionary')
    return { changes: null, elsewhere: [] };
  const { vocabulary, criteria, library } = app.world;
  const { policy, subject, asOf, status } = verdict;
  const input = { policy, subject, asOf, status, facts: readFacts(given, vocabulary) };
  const candidates = library.policies.map((p) => ({
    policy: p.meta.id,
    status: app.world.statusOf(p, asOf),
    criteria: criteria.get(p.meta.id) ?? [],
  }));
  return {
    changes: smallestChange(criteria.get(policy) ?? [], vocabulary, input, verdict),
    elsewhere: otherPolicies(candidates, vocabulary, input).map((v) => ({
      policy: v.policy,
      outcome: v.outcome,
    })),
  };
}

/** The changes in the contract's notation of facts. */
function plain(app: App, changes: Counterfactual): object {
  const written = (list: Counterfactual['needed']) =>
    list.map((s) => ({
      ...s,
      ways: s.ways.map((way) =>
        way.map(({ fact, to, text: said }) => ({
          fact,
          to: to === null ? null : writeFact(app.world.vocabulary.get(fact)!, to),
          text: said,
        })),
      ),
    }));
  return {
    ...changes,
    needed: written(changes.needed),
    advisable: written(changes.advisable),
    fixed: written(changes.fixed),
  };
}

function lines(app: App, verdict: Verdict, { changes, elsewhere }: Turning): string[] {
  const { wording, library, vocabulary } = app.world;
  const title = (id: string) => `《${library.policy(id)!.meta.title}》`;
  const mend = changes === null ? [] : [...changes.needed, ...changes.advisable];
  return [
    `${title(verdict.policy)}　${wording.say(`subject.${verdict.subject}`)}　${verdict.asOf}：${wording.say(`status.${verdict.status}`)}`,
    `结论：${OUTCOMES[verdict.outcome]}（${verdict.outcome}）`,
    ...verdict.criteria.map((c) =>
      [
        `${MARKS[c.outcome]} ${c.clause} ${c.title === c.required ? c.title : `${c.title}：${c.required}`}`,
        c.given === null ? '' : `；提供的是${c.given}`,
        c.gap === null ? '' : `；差：${c.gap}`,
        c.note === null || c.outcome === 'pass' ? '' : `（${c.note}）`,
      ].join(''),
    ),
    ...(mend.length > 0 ? ['怎样能达到：', ...mend.map((s) => `· ${s.clause} ${s.title}：${s.text}`)] : []),
    ...(changes !== null && changes.fixed.length > 0
      ? [`改数字或补材料改变不了：${changes.fixed.map((s) => s.title).join('、')}`]
      : []),
    ...elsewhere.map(
      (other) => `同样的情况按${title(other.policy)}：${OUTCOMES[other.outcome]}（${other.outcome}）`,
    ),
    ...(verdict.next ? [`接下来请提供：${vocabulary.get(verdict.next)!.question}（${verdict.next}）`] : []),
  ];
}
