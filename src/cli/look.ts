import type { App } from '../app.js';
import type { ClauseHit } from '../assistant/desk/shown.js';
import { InputError } from '../errors.js';
import { type Call, eachLine, printJson, text } from './io.js';

/** `wence search "词" [-k 10]` and `--batch`. */
export async function search(app: App, call: Call): Promise<void> {
  const k = text(call, 'k') ?? '10';
  const batch = text(call, 'batch');
  if (batch !== undefined) {
    await eachLine(batch, call, async (item) => ({
      id: item.id,
      hits: (await app.desk.search(item.question ?? item.query, k)).hits,
    }));
    return;
  }
  const found = await app.desk.search(call.positional.join(' '), k);
  if (call.options.json) printJson(call, found);
  else for (const hit of found.hits) call.out(`${hitLine(hit)}\n`);
}

function hitLine(hit: ClauseHit): string {
  return `${hit.docNumber ?? hit.policy} ${hit.clause}  ${hit.text.replace(/\s+/g, ' ').slice(0, 90)}`;
}

/** `wence clause POLICY LABEL` */
export function clause(app: App, call: Call): void {
  const [policy, ...label] = call.positional;
  if (policy === undefined || label.length === 0)
    throw new InputError('缺少文件或条款', 'wence clause xiamen-2025 "第六条（二）1"');
  const found = app.desk.clause(policy, label.join(' '));
  if (call.options.json) {
    printJson(call, found);
    return;
  }
  call.out(
    `${found.docNumber ?? found.policy} ${found.clause}（${found.start}–${found.end}）\n${found.text}\n`,
  );
}

/** `wence policies` */
export function policies(app: App, call: Call): void {
  const list = app.desk.policies(call.options['as-of']);
  if (call.options.json) {
    printJson(call, list);
    return;
  }
  for (const p of list) {
    const dates = [p.effective && `${p.effective} 起施行`, p.expires && `有效期至 ${p.expires}`]
      .filter(Boolean)
      .join('，');
    call.out(
      `${p.id}  ${p.title}${p.docNumber ? `（${p.docNumber}）` : ''}  ${app.world.wording.say(`status.${p.status}`)}${dates ? `，${dates}` : ''}\n`,
    );
  }
}

/** `wence facts` */
export function facts(app: App, call: Call): void {
  if (call.options.json) {
    printJson(call, app.desk.facts());
    return;
  }
  for (const s of app.world.vocabulary.specs) call.out(`${s.id}  ${s.label}  ${s.example}\n`);
}

/**
 * `wence rules [--policy ID]`: for the person who wrote the policy, in Chinese and clause order, one line a criterion
 * with the words of the document beside the figure, and the id by which a fault can be reported.
 */
export function rules(app: App, call: Call): void {
  const list = app.desk.rules(text(call, 'policy')) as unknown as Rule[];
  if (call.options.json) {
    printJson(call, list);
    return;
  }
  if (list.length === 0) call.out('这份文件只说明情况，不设定条件。\n');
  for (const policy of new Set(list.map((r) => r.policy))) {
    const source = app.world.library.policy(policy)!;
    const { meta } = source;
    const order = (r: Rule) => source.clause(r.clause)!.order;
    const mine = list.filter((r) => r.policy === policy).sort((a, b) => order(a) - order(b));
    call.out(`\n《${meta.title}》${meta.docNumber ?? ''}\n`);
    for (const [i, r] of mine.entries()) call.out(`${ruleLine(app, r, i + 1)}\n`);
    const strengths = ['must', 'principle', 'judgement'].flatMap((strength) => {
      const n = mine.filter((r) => r.strength === strength).length;
      return n === 0 ? [] : [`${app.world.wording.say(`threshold.${strength}`)}${n}条`];
    });
    call.out(`共${mine.length}条：${strengths.join('，')}。\n`);
  }
}

/** A criterion as the desk hands it out. */
type Rule = Record<
  'policy' | 'id' | 'subject' | 'title' | 'strength' | 'required' | 'clause' | 'quote',
  string
> & {
  when: Record<string, unknown[]> | null;
  note: string | null;
};

function ruleLine(app: App, r: Rule, number: number): string {
  const { wording } = app.world;
  const case_ = r.when === null ? '' : `〔${kinds(app, r.when)}〕`;
  const judged = r.strength === 'judgement';
  const what = judged || r.required.includes(r.title) ? '' : `：${r.required}`;
  const title = !judged && what === '' ? r.required : r.title;
  return [
    `${String(number).padStart(2)} ${r.clause}`,
    `${wording.say(`subject.${r.subject}`)}${case_}`,
    `${title}${what}`,
    wording.say(`threshold.${r.strength}`),
    `原文“${r.quote}”`,
    ...(r.note === null ? [] : [`说明：${r.note}`]),
    `[${r.id}]`,
  ].join('　');
}

function kinds(app: App, when: Record<string, unknown[]>): string {
  return Object.entries(when)
    .map(([fact, values]) => {
      const spec = app.world.vocabulary.get(fact)!;
      return `${spec.label}：${values.map((v) => spec.values.find((x) => x.id === v)?.label ?? (v === true ? '是' : '否')).join('、')}`;
    })
    .join('；');
}
