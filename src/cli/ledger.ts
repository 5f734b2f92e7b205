import type { App } from '../app.js';
import { type LedgerRow, openLedger } from '../ledger/index.js';
import { type Call, printJson } from './io.js';

const ACCOUNTS = { criterion: '条件', calculation: '计算', lookup: '查询', structural: '结构' } as const;

/**
 * `wence ledger [--json] [--policy ID]`: every figure of every document and what accounts for it.
 * @throws Error after printing, when a figure has no account or an account no figure.
 */
export function ledger(app: App, call: Call): void {
  const { rows, faults } = openLedger(app.knowledgeDir, app.world);
  const id = call.options.policy;
  const wanted = id === undefined ? rows : rows.filter((r) => r.policy === app.desk.policy(id).meta.id);
  if (call.options.json) printJson(call, wanted);
  else
    for (const policy of app.world.library.policies) {
      const own = wanted.filter((r) => r.policy === policy.meta.id);
      if (own.length > 0)
        call.out(`${table(`《${policy.meta.title}》${policy.meta.docNumber ?? ''}`, own)}\n`);
    }
  if (faults.length > 0) throw new Error(`账目对不上：\n${faults.join('\n')}`);
}

/** One document's rows in clause order, numbering left out of the lines and counted at the end. */
function table(title: string, rows: readonly LedgerRow[]): string {
  const lines = rows
    .filter((r) => !(r.account === 'structural' && r.unit === 'ordinal'))
    .map((r) => [r.clause, r.text.replace(/\s+/g, ''), value(r), ACCOUNTS[r.account], r.by]);
  const numbering = rows.length - lines.length;
  const head = ['条款', '原文', '数值', '负责', '编号或理由'];
  const widths = head.map((_, i) => Math.max(...[head, ...lines].map((l) => width(l[i]!))));
  const line = (cells: readonly string[]) =>
    cells.map((c, i) => (i === cells.length - 1 ? c : c + ' '.repeat(widths[i]! - width(c)))).join('  ');
  const counts = Object.entries(ACCOUNTS).map(
    ([account, name]) => `${name} ${rows.filter((r) => r.account === account).length}`,
  );
  const rest = numbering > 0 ? `；结构中有 ${numbering} 处只是编号，未逐行列出` : '';
  return [
    `\n${title}`,
    line(head),
    ...lines.map(line),
    `共 ${rows.length} 处：${counts.join('，')}${rest}`,
  ].join('\n');
}

function value(r: LedgerRow): string {
  if (r.unit === 'CNY') return `${r.value} 元`;
  if (r.unit === 'percent') return `${r.value}%`;
  return r.value;
}

/** Columns of a terminal: a Chinese character takes two. */
function width(text: string): number {
  let columns = 0;
  for (const c of text) columns += /[\u1100-\u115f\u2e80-\uffdc]/.test(c) ? 2 : 1;
  return columns;
}
