import type { App } from '../app.js';
import { InputError } from '../errors.js';
import { type Call, parseJson, printJson, readText, text } from './io.js';

const USE = 'wence calculate 计算 --policy quanzhou-2026 --inputs inputs.json（- 表示标准输入）';

/** `wence calculate [CALCULATION] --policy ID [--inputs FILE]`: one calculation with its steps; without its name, what can be calculated. */
export function calculate(app: App, call: Call): void {
  const policy = text(call, 'policy');
  if (!policy) throw new InputError('缺少 --policy', USE);
  const [calculation] = call.positional;
  if (calculation === undefined) list(app, call, policy);
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
  const lines = [
    `${result.title}：${result.result}`,
    ...result.steps.map((step) => `· ${step}`),
    ...result.rows.map((row) => `· ${row.label}：${row.value}`),
    ...(result.bounds ? [result.bounds] : []),
    ...result.notes,
    `依据：${result.policy} ${result.clause}“${result.quote}”`,
  ];
  call.out(`${lines.join('\n')}\n`);
}

function list(app: App, call: Call, policy: string): void {
  const held = app.desk.calculations(policy);
  if (call.options.json) {
    printJson(call, held);
    return;
  }
  const lines = held.flatMap((c) => [
    `${c.id}　${c.title}（${c.clause}）`,
    ...c.inputs.map((i) => `  ${i.name}${i.required ? '' : '（可不给）'}　${i.label}：${i.accepts}`),
  ]);
  call.out(`${lines.join('\n')}\n`);
}
