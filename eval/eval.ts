/**
 * `npm run eval`: asks every question of eval/questions, scores the answers against their gold and prints a table for each
 * half; writes an HTML report that can be read case by case. `--half dev|dev2|dev3|dev4a|dev4b|dev5|dev6a|dev6b|dev7|dev8|dev9a|dev9b|dev9c|dev10|dev11|dev12a|dev12b|dev12c|dev13a|dev13b|dev13c|held`, `--json`, `--failures KIND`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createApp } from '../src/app.js';
import type { Answer, Turn } from '../src/assistant/types.js';
import { readQuantities } from '../src/quantity/index.js';

interface Gold {
  intent?: string;
  intentMay?: string[];
  factsMay?: Record<string, unknown>;
  answered: boolean;
  clauses?: { policy: string; clause: string }[];
  figures?: string[];
  notFigures?: string[];
  facts?: Record<string, unknown>;
  outcome?: { policy: string; subject: string; outcome: string };
  mustSay?: string[];
  kind?: string;
  far?: boolean;
}
interface Case {
  id: string;
  question: string;
  asOf?: string;
  policy?: string;
  history?: Turn[];
  gold: Gold;
}
/** One check of one case: passed, failed, or not asked of this case. */
type Mark = boolean | null;
interface Result {
  c: Case;
  answer: Answer;
  marks: Record<string, Mark>;
  factHits: number;
  factGold: number;
  factSaid: number;
}

const here = fileURLToPath(new URL('./', import.meta.url));
const { values } = parseArgs({
  options: {
    half: { type: 'string' },
    json: { type: 'boolean' },
    failures: { type: 'string' },
    limit: { type: 'string' },
  },
});
const app = createApp({ dataDir: join(here, '../data'), log: (m) => process.stderr.write(`${m}\n`) });
const label = (policy: string, clause: string): string =>
  app.world.library.policy(policy)?.clause(clause)?.label ?? clause;

function present(text: string, figure: string): boolean {
  const bare = (s: string) => s.replace(/[\s,，]/g, '');
  // Not inside another figure: 5% does not stand in 3.5%.
  const literal = bare(figure).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (new RegExp(`(?<![\\d.])${literal}`).test(bare(text))) return true;
  const wanted = readQuantities(figure);
  const said = readQuantities(text);
  return wanted.length > 0 && wanted.every((w) => said.some((q) => q.unit === w.unit && q.value === w.value));
}

/** Whether a clause is the gold one or a child of it. */
const under = (clause: string, gold: string): boolean =>
  clause === gold || (clause.startsWith(gold) && /^[ （\d]/.test(clause.slice(gold.length)));

async function score(c: Case): Promise<Result> {
  const { gold } = c;
  const answer = await app.assistant.ask({
    question: c.question,
    asOf: c.asOf ?? '2026-11-21',
    policy: c.policy,
    history: c.history ?? [],
  });
  const marks: Record<string, Mark> = {};
  const clauses = (gold.clauses ?? []).map((g) => `${g.policy}/${label(g.policy, g.clause)}`);
  if (clauses.length > 0 && gold.answered) {
    const query = [...(c.history ?? []).filter((t) => t.role === 'user').map((t) => t.text), c.question]
      .slice(-2)
      .join(' ');
    const { hits } = await app.desk.search(query, 10);
    const ranks = hits.map((h) => `${h.policy}/${h.clause}`);
    for (const k of [1, 5, 10])
      marks[`recall@${k}`] = clauses.some((g) => ranks.slice(0, k).some((r) => under(r, g)));
    const cited = new Set(answer.citations.map((x) => `${x.policy}/${x.clause}`));
    marks['cites gold'] = clauses.some((g) => [...cited].some((r) => under(r, g)));
  }
  if ((gold.figures ?? []).length > 0 || (gold.notFigures ?? []).length > 0) {
    marks.figures =
      (gold.figures ?? []).every((f) => present(answer.text, f)) &&
      !(gold.notFigures ?? []).some((f) => present(answer.text, f));
  }
  if (gold.intent) marks.intent = [gold.intent, ...(gold.intentMay ?? [])].includes(answer.intent);
  if (gold.outcome) {
    const { policy, subject, outcome } = gold.outcome;
    marks.outcome = answer.verdicts.some(
      (v) => v.policy === policy && v.subject === subject && v.outcome === outcome,
    );
  }
  if (gold.mustSay) marks['must say'] = gold.mustSay.every((s) => answer.text.includes(s));
  if (gold.intent === 'smalltalk' || gold.intent === 'clarify') {
    // Whether a greeting counts as answered is nobody's question.
  } else if (gold.answered) marks['answerable answered'] = answer.answered;
  else marks['unanswerable declined'] = !answer.answered;
  const want = Object.entries(gold.facts ?? {});
  const may = gold.factsMay ?? {};
  const same = (x: unknown, y: unknown) => String(x) === String(y) || JSON.stringify(x) === JSON.stringify(y);
  const allowed = ([k, v]: [string, unknown]): boolean =>
    k in may &&
    (may[k] === '*' ||
      (Array.isArray(may[k]) ? (may[k] as unknown[]).some((x) => same(x, v)) : same(may[k], v)));
  const hit = want.filter(([k, v]) => same(answer.facts[k], v)).length;
  const said = Object.entries(answer.facts).filter((e) => e[0] in (gold.facts ?? {}) || !allowed(e));
  if (gold.facts) marks.facts = hit === want.length && said.length === want.length;
  return { c, answer, marks, factHits: hit, factGold: want.length, factSaid: gold.facts ? said.length : 0 };
}

const halves = values.half
  ? [values.half]
  : [
      'dev',
      'dev2',
      'dev3',
      'dev4a',
      'dev4b',
      'dev5',
      'dev6a',
      'dev6b',
      'dev7',
      'dev8',
      'dev9a',
      'dev9b',
      'dev9c',
      'dev10',
      'dev11',
      'dev12a',
      'dev12b',
      'dev12c',
      'dev13a',
      'dev13b',
      'dev13c',
      'held',
    ];
const summary: Record<string, Record<string, string>> = {};
const all: Record<string, Result[]> = {};
for (const half of halves) {
  const file = join(here, 'questions', `${half}.jsonl`);
  if (!existsSync(file)) continue;
  const cases = readFileSync(file, 'utf8')
    .split('\n')
    .filter((l) => l.trim() !== '')
    .map((l) => JSON.parse(l) as Case);
  const results: Result[] = [];
  for (const c of cases) results.push(await score(c));
  all[half] = results;
  const names = [
    'recall@1',
    'recall@5',
    'recall@10',
    'cites gold',
    'figures',
    'intent',
    'outcome',
    'must say',
    'answerable answered',
    'unanswerable declined',
    'facts',
  ];
  const row: Record<string, string> = { cases: String(results.length) };
  for (const name of names) {
    const asked = results.filter((r) => r.marks[name] !== undefined && r.marks[name] !== null);
    const right = asked.filter((r) => r.marks[name] === true).length;
    row[name] = asked.length === 0 ? '–' : `${(right / asked.length).toFixed(3)} (${right}/${asked.length})`;
  }
  const sum = (f: (r: Result) => number) => results.reduce((n, r) => n + f(r), 0);
  row['facts precision'] = (
    sum((r) => (r.c.gold.facts ? r.factHits : 0)) /
    Math.max(
      1,
      sum((r) => r.factSaid),
    )
  ).toFixed(3);
  row['facts recall'] = (
    sum((r) => r.factHits) /
    Math.max(
      1,
      sum((r) => r.factGold),
    )
  ).toFixed(3);
  summary[half] = row;
  if (values.failures) {
    const wrong = results.filter((r) => r.marks[values.failures!] === false);
    for (const r of wrong.slice(0, Number(values.limit ?? 40))) {
      process.stdout.write(
        `\n## ${r.c.id} ${(r.c.history ?? []).map((t) => t.text).join(' | ')} ${r.c.question}\n  gold ${JSON.stringify(r.c.gold)}\n  got  ${r.answer.intent} ${r.answer.answered} ${JSON.stringify(r.answer.facts)} ${r.answer.verdicts.map((v) => `${v.policy}:${v.subject}:${v.outcome}`).join(' ')} cites ${r.answer.citations.map((x) => `${x.policy}/${x.clause}`).join(' ')}\n  text ${r.answer.text.replace(/\n/g, '⏎').slice(0, 260)}\n`,
      );
    }
  }
}
if (values.json) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
else console.table(summary);

const esc = (s: string) => s.replace(/[&<>"]/g, (ch) => `&#${ch.charCodeAt(0)};`);
const rows = Object.entries(all).flatMap(([half, results]) =>
  results.map((r) => {
    const bad = Object.entries(r.marks)
      .filter(([, m]) => m === false)
      .map(([name]) => name);
    return `<details class="${bad.length > 0 ? 'bad' : 'good'}"><summary>${esc(`${half} ${r.c.id}`)} ${esc(r.c.question)} <b>${esc(bad.join(', '))}</b></summary><pre>${esc(r.answer.text)}</pre><pre class="gold">${esc(JSON.stringify(r.c.gold, null, 1))}\n${esc(JSON.stringify({ intent: r.answer.intent, facts: r.answer.facts, verdicts: r.answer.verdicts.map((v) => [v.policy, v.subject, v.outcome]) }))}</pre></details>`;
  }),
);
mkdirSync(join(here, 'reports'), { recursive: true });
writeFileSync(
  join(here, 'reports', 'eval.html'),
  `<!doctype html><meta charset="utf-8"><title>Wence evaluation</title><style>body{font:16px/1.6 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}.bad>summary{color:#b00}pre{white-space:pre-wrap;background:#f6f6f6;padding:.6rem}.gold{color:#555}</style><h1>Wence evaluation</h1><pre>${esc(JSON.stringify(summary, null, 2))}</pre>${rows.join('\n')}`,
);
process.stderr.write('report: eval/reports/eval.html\n');
