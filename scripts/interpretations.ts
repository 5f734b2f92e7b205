/** Writes docs/interpretations.md: every reading that was chosen where a text is open, from the packs. `npx tsx scripts/interpretations.ts` */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEntries, loadLibrary, loadTopics, type Policy } from '../src/knowledge/index.js';
import { loadCalculations, loadCriteria, loadVocabulary } from '../src/rules/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const knowledge = join(root, 'knowledge');
/** The generated file. */
export const INTERPRETATIONS = join(root, 'docs', 'interpretations.md');

interface Reading {
  clause: string;
  quote: string;
  note: string;
  from: string;
}

/** The whole document, in Markdown. */
export function interpretations(): string {
  const library = loadLibrary(knowledge);
  const vocabulary = loadVocabulary(join(knowledge, 'facts.yaml'));
  const topics = loadTopics(join(knowledge, 'topics.yaml'));
  const sections = library.policies.map((policy) => {
    const file = (name: string) => join(knowledge, policy.meta.id, name);
    const criteria = loadCriteria(file('rules.yaml'), policy, vocabulary);
    const calculations = loadCalculations(file('calculations.yaml'), policy, vocabulary);
    const entries = loadEntries(file('entries.yaml'), policy, topics);
    const readings = (kind: string, items: readonly Reading[]) =>
      items.length === 0 ? [] : [`### ${kind}`, '', ...table(sorted(policy, items)), ''];
    return [
      `## 《${policy.meta.title}》${policy.meta.docNumber ?? ''}`,
      '',
      `文本有两种读法时由${policy.meta.office}认定。`,
      '',
      ...readings(
        '条件',
        criteria.flatMap((c) => noted(c, c.clause, c.quote)),
      ),
      ...readings(
        '计算',
        calculations.flatMap((c) => noted(c, c.clause, c.quote)),
      ),
      ...readings(
        '问答里的说明',
        entries.flatMap((e) => noted(e, e.at[0]?.clause ?? '全文', e.at[0]?.quote ?? '（未写）')),
      ),
    ].join('\n');
  });
  return [
    '# 文件有两种读法时，问策怎样理解',
    '',
    '由 `npx tsx scripts/interpretations.ts` 从 `knowledge/` 生成，不要手改；改说明请改各文件夹里条目的 `note`。回答和核对结果里会把同一句话告诉提问的人。各城市共同的读法（“以上”含本数、“原则上”的效力、三年怎样算）见设计文件 semantics.md。',
    '',
    ...sections,
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function noted(item: { id: string; note: string | null }, clause: string, quote: string): Reading[] {
  return item.note === null ? [] : [{ clause, quote, note: item.note, from: item.id }];
}

function sorted(policy: Policy, items: readonly Reading[]): Reading[] {
  const order = (r: Reading) => policy.clause(r.clause)?.order ?? Number.POSITIVE_INFINITY;
  return [...items].sort((a, b) => order(a) - order(b));
}

function table(items: readonly Reading[]): string[] {
  const cell = (text: string) => text.replace(/\s*\n\s*/g, '').replaceAll('|', '\\|');
  return [
    '| 条款 | 原文 | 怎样理解 | 编号 |',
    '|---|---|---|---|',
    ...items.map((r) => `| ${[r.clause, r.quote, r.note, `\`${r.from}\``].map(cell).join(' | ')} |`),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(INTERPRETATIONS, interpretations());
