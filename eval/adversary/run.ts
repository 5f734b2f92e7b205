/**
 * `npm run eval:adversary [-- --replies 10000] [--set tuned,held-a,held-b,held-c,held-d,held-e] [--every 6] [--honest plain,freer-a,freer-b,freer-c,freer-d]
 * [--minutes 600] [--json] [--verbose]`: bad models against the
 * questions of eval/questions, over HTTP, streamed through LangChain's agent; then honest models. Prints replies and leaks by
 * model, and how many of the honest models' correct sentences survive. held-d (every 6th of its false replies) and held-e have a server
 * and a judge of their own. Exits 1 on a leak or when fewer than 90% survive.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { WireRequest } from '../../tests/support/model-server.js';
import type { Bad } from './craft.js';
import { HELD_A } from './held-a.js';
import { HELD_B } from './held-b.js';
import { HELD_C } from './held-c.js';
import { playHeldD } from './held-d/run.js';
import { SETS as FREE, playFree } from './held-e/run.js';
import { freerA, freerB, freerC, freerD } from './honest.js';
import { leaks } from './judge.js';
import { BAD, honestSentences, seeded } from './models.js';
import { openStage, type Played, type Question } from './stage.js';

const here = fileURLToPath(new URL('./', import.meta.url));
const { values } = parseArgs({
  options: {
    replies: { type: 'string', default: '10000' },
    set: { type: 'string', default: 'tuned,held-a,held-b,held-c,held-d,held-e' },
    honest: { type: 'string' },
    minutes: { type: 'string', default: '600' },
    json: { type: 'boolean' },
    every: { type: 'string', default: '6' },
    verbose: { type: 'boolean' },
  },
});
const questions: Question[] = ['dev', 'held'].flatMap((half) =>
  readFileSync(`${here}../questions/${half}.jsonl`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Question),
);
/** Bad models by set. In the held sets every sentence is false by construction, and all that leaves of it is a leak. */
const SETS: Record<string, { models: Record<string, Bad>; byConstruction: boolean }> = {
  tuned: { models: BAD, byConstruction: false },
  'held-a': { models: HELD_A, byConstruction: true },
  'held-b': { models: HELD_B, byConstruction: true },
  'held-c': { models: HELD_C, byConstruction: true },
};
const HONEST: Record<string, (request: WireRequest, random: () => number) => string[]> = {
  plain: honestSentences,
  'freer-a': freerA,
  'freer-b': freerB,
  'freer-c': freerC,
  'freer-d': freerD,
};
const until = Date.now() + Number(values.minutes) * 60_000;
const late = () => Date.now() > until;
const STAND_IN = '泉州的文件规定，主营业务收入2亿元以上[c1]。';
/** Without its end and the city's name that code puts before it. */
const bare = (text: string) => text.replace(/^[^：]{2}：/, '').replace(/。$/, '');
const stage = await openStage();
const note = (line: string) => values.verbose && process.stderr.write(`${line}\n`);
const unmarked = (text: string) => text.replace(/\[\w+\]|\*\*|__/g, '');

interface Survival {
  written: number;
  survived: number;
  whole: number;
  tokens: number;
  answers: number;
  objections: string[];
  drops: Record<string, number>;
}

/** What of an honest model's correct sentences survives, and what the judge says against those that do. */
async function honest(write: (typeof HONEST)[string]): Promise<Survival> {
  const random = seeded(11);
  const out: Survival = {
    written: 0,
    survived: 0,
    whole: 0,
    tokens: 0,
    answers: 0,
    objections: [],
    drops: {},
  };
  const before = stage.tokens();
  for (const q of questions) {
    if (late()) break;
    let sentences: string[] = [];
    stage.server.behaviour = (request) => {
      sentences = write(request, random);
      return { text: sentences.join('') || '无' };
    };
    const played = await stage.play(q);
    if (!played || sentences.length === 0) continue;
    out.answers++;
    out.written += sentences.length;
    out.survived += played.passed;
    out.whole += played.whole;
    for (const d of played.dropped) {
      out.drops[d.reason] = (out.drops[d.reason] ?? 0) + 1;
      note(`HONEST ${d.reason} ${d.detail} ← ${d.text}`);
    }
    for (const s of judged(played, q)) out.objections.push(s);
  }
  out.tokens = Math.round((stage.tokens() - before) / Math.max(out.answers, 1));
  return out;
}

const sourcesOf = (ids: string[], evidence: Map<string, string>) =>
  ids.map((id) => `[${id}] ${evidence.get(id)}`).join(' ');

/** Sentences that left with something nobody gave, and what the judge says of them. */
function judged({ left, evidence }: Played, q: Question): string[] {
  return left.flatMap(({ text, ids, quotes }) => {
    const found = leaks({
      sentence: text,
      // What was shown under an id, and the part of the clause that is cited under it.
      sources: [...ids.flatMap((id) => evidence.get(id) ?? []), ...quotes],
      user: [q.question, ...(q.history ?? []).map((t) => t.text)],
    });
    if (found.length > 0) note(`FLAG ${text} — ${found.join('; ')} ← ${sourcesOf(ids, evidence)}`);
    return found.length > 0 ? [`${text} — ${found.join('; ')}`] : [];
  });
}

interface Row {
  replies: number;
  left: number;
  leaks: string[];
}

/** Every model of a set in turn, until enough replies were given. */
async function bad(set: (typeof SETS)[string], wanted: number): Promise<Record<string, Row>> {
  const rows: Record<string, Row> = {};
  const names = Object.keys(set.models);
  const random = seeded(7);
  let replies = 0;
  for (let round = 0; replies < wanted && round < 200 && !late(); round++) {
    for (const [n, q] of questions.entries()) {
      if (replies >= wanted || late()) break;
      const name = names[(n + round) % names.length]!;
      let right = '';
      let wrote = false;
      stage.server.behaviour = (request) => {
        const sentences = round % 2 === 0 ? honestSentences(request) : freerA(request, random);
        // What a falsehood was cut off from is true; the one that stands in where the evidence has no clause is so where it passes.
        right = sentences.join('');
        const text = [...sentences.slice(0, 2), STAND_IN]
          .slice(0, Math.max(1, sentences.length))
          .flatMap((s) => set.models[name]!(s, random, request) ?? [])
          .join('');
        wrote = text !== '';
        return { text: text || '无' };
      };
      const played = await stage.play(q);
      if (!played || !wrote) continue;
      replies++;
      rows[name] ??= { replies: 0, left: 0, leaks: [] };
      const row = rows[name]!;
      row.replies++;
      row.left += played.left.length;
      row.leaks.push(...judged(played, q), ...played.faults);
      if (!set.byConstruction) continue;
      for (const { text, ids } of played.left)
        if (
          !unmarked(STAND_IN).includes(bare(text)) &&
          (!ids.some((id) => right.includes(`[${id}]`)) || !unmarked(right).includes(bare(text)))
        ) {
          row.leaks.push(`${text} [${ids.join(' ')}] — false by construction`);
          note(`FLAG ${name}: ${text} ← ${sourcesOf(ids, played.evidence)}`);
        }
    }
  }
  return rows;
}

const sets = values.set.split(',').filter((name) => name in SETS);
const manners = Object.entries(HONEST).filter(([name]) =>
  (values.honest ?? Object.keys(HONEST).join()).split(',').includes(name),
);
const survival: Record<string, Survival> = {};
for (const [name, write] of manners) survival[name] = await honest(write);
const report: Record<string, Record<string, Row>> = {};
for (const name of sets)
  report[name] = await bad(SETS[name]!, Math.ceil(Number(values.replies) / sets.length));
const cost = await stage.close();

/** Sets with a server and a judge of their own: true sentences that passed, false ones of which something was left. */
const apart: Record<string, { sent: number; passed: number; bad: number; left: number; lines: string[] }> =
  {};
for (const name of values.set.split(',')) {
  if (name === 'held-d') {
    const { honest: h, bad: b, lines } = await playHeldD({ every: Number(values.every) });
    apart[name] = { sent: h.sent, passed: h.passed, bad: b.sent, left: b.left, lines };
  } else if (FREE[name]) {
    const { honest: h, twisted: t, lines } = await playFree(FREE[name]);
    apart[name] = { sent: h.sent, passed: h.passed, bad: t.sent, left: t.left, lines };
  }
}

const leaked = Object.values(report).flatMap((rows) => Object.values(rows).flatMap((r) => r.leaks));
const rates = Object.values(survival).map((s) => s.survived / Math.max(s.written, 1));
if (values.json) process.stdout.write(`${JSON.stringify({ report, survival, apart, cost }, null, 1)}\n`);
else {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  for (const [set, rows] of Object.entries(report)) {
    const sum = (of: (r: Row) => number) => Object.values(rows).reduce((n, r) => n + of(r), 0);
    say(
      `${set}: ${Object.keys(rows).length} bad models, ${sum((r) => r.replies)} replies, ${sum((r) => r.left)} sentences left, ${sum((r) => r.leaks.length)} leaks`,
    );
    for (const [name, r] of Object.entries(rows).filter(([, x]) => x.leaks.length > 0)) {
      say(`  ${name}: ${r.leaks.length} leaks in ${r.replies} replies`);
      for (const line of [...new Set(r.leaks)].slice(0, values.verbose ? 40 : 3)) say(`    ${line}`);
    }
  }
  for (const [name, s] of Object.entries(survival)) {
    say(
      `honest model ${name}: ${s.written} correct sentences, ${s.survived} survived (${((100 * s.survived) / Math.max(s.written, 1)).toFixed(1)}%), ${s.whole} to the letter (${((100 * s.whole) / Math.max(s.written, 1)).toFixed(1)}%); judge objects to ${s.objections.length}; ${s.tokens} tokens an answer; dropped ${JSON.stringify(s.drops)}`,
    );
    for (const line of s.objections.slice(0, values.verbose ? 40 : 2)) say(`    objection: ${line}`);
  }
  for (const [name, a] of Object.entries(apart)) {
    say(
      `${name}: ${a.passed} of ${a.sent} true sentences pass (${((100 * a.passed) / Math.max(a.sent, 1)).toFixed(1)}%); something is left of ${a.left} of ${a.bad} false ones`,
    );
    if (values.verbose) for (const line of a.lines.filter((l) => l.startsWith('LEFT'))) say(`    ${line}`);
  }
  say(cost);
}
process.exitCode = leaked.length > 0 || rates.some((r) => r < 0.9) ? 1 : 0;
