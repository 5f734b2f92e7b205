import type { App } from '../app.js';
import { InputError } from '../errors.js';
import { type Call, parseJson, printJson, readText, text } from './io.js';

const USE = 'wence calculate 计算 --policy quanzhou-2026 --inputs inputs.json（- 表示标准输入）';

/** `wence calculate [CALCULATION] --policy ID [--inputs FILE]`: one calculation with its steps; without its name, what can be calculated, of every document where none is named. */
export function calculate(app: App, call: Call): void {
  const policy = text(call, 'policy');
  const [calculation] = call.positional;
  if (calculation === undefined) list(app, call, policy);
  else if (!policy) throw new InputError('缺少 --policy', USE);
  else work(app, call, policy, calculation);
}

function work(app: App, call: Call, policy: string, calculation: string): void {
  const file = text(call, 'inputs');
  const result = app.desk.calculate({
    policy,
    calculation,
    inputs: file ? parseJson(readText(file), '输入文件') : {},
    asOf: call.options['as-of'],
  });
  if (call.options.json) {
    printJson(call, result);
    return;
  }
  const { meta } = app.world.library.policy(result.policy)!;
  const asOf = app.desk.asOf(call.options['as-of']);
  const status = app.world.statusOf(app.world.library.policy(result.policy)!, asOf);
  const lines = [
    ...(status === 'in-force'
      ? []
      : [`注意：《${meta.title}》${asOf}：${app.world.wording.say(`status.${status}`)}`]),
    `${result.title}：${result.result}`,
    ...result.steps.map((step) => `· ${step}`),
    ...(result.bounds ? [result.bounds] : []),
    ...result.notes,
    `依据：${meta.docNumber ?? `《${meta.title}》`} ${result.clause}“${result.quote}”`,
  ];
  call.out(`${lines.join('\n')}\n`);
}

/** What can be calculated from a document, or from each. */
function list(app: App, call: Call, policy: string | undefined): void {
  if (call.options.json && policy !== undefined) {
    printJson(call, app.desk.calculations(policy));
    return;
  }
  const ids = policy === undefined ? app.world.library.policies.map((p) => p.meta.id) : [policy];
  const held = ids.map((id) => ({ policy: id, calculations: app.desk.calculations(id) }));
  if (call.options.json) {
    printJson(
      call,
      held.flatMap((h) => h.calculations.map((c) => ({ policy: h.policy, ...c }))),
    );
    return;
  }
  for (const { policy: id, calculations } of held) {
    const lines = calculations.flatMap((c) => [
      `${c.id}　${c.title}（${c.clause}）`,
      ...c.inputs.map((i) => `  ${i.name}${i.required ? '' : '（可不给）'}　${i.label}：${i.accepts}`),
    ]);
    call.out(`${id}　《${app.world.library.policy(id)!.meta.title}》\n`);
    call.out(lines.length === 0 ? '这份文件没有可以算的内容。\n' : `${lines.join('\n')}\n`);
  }
}
