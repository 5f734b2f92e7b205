/**
 * npx tsx eval/adversary/held-e/run.ts [--set held-e|held-f|tuned-free] [--show] [--part honest|twisted] [--only ID]
 * Honest models that paraphrase freely, and models that twist what they cite. Prints totals alone unless told to show. The judge is
 * simple and its own: of what a reply adds to the offline answer, every sentence must be one of the true sentences, whole.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createApp } from '../../../src/app.js';
import { type Asked, evidenceOf, HostileModel, type Said } from '../held-d/stage.js';
import { HELD_F } from '../held-f/matters.js';
import { TUNED_FREE } from '../tuned-free.js';
import { ELSEWHERE } from './elsewhere.js';
import type { Matter } from './matter.js';
import { QUANZHOU } from './quanzhou.js';

const ASOF = '2026-11-21';

/** Both were worked on with the guard; held-e was new up to 2026-11-21. */
export const SETS: Record<string, readonly Matter[]> = {
  'held-e': [...QUANZHOU, ...ELSEWHERE],
  'tuned-free': TUNED_FREE,
  'held-f': HELD_F,
};

export interface Totals {
  honest: { sent: number; passed: number; unseen: number };
  twisted: { sent: number; left: number };
  /** What fell and what left, a line each. */
  lines: string[];
}

/** Letters and figures alone: marks, spaces and stops tell no two sentences apart. */
const bare = (s: string): string =>
  s
    .normalize('NFKC')
    .replace(/〔\d+〕|\[[a-z]+\d+\]/giu, '')
    .replace(/[^\p{L}\p{N}%]/gu, '');

/** The sentences of an answer before its sources. */
function sentencesOf(answer: string): string[] {
  return answer
    .split(/\n\n?依据\n/u)[0]!
    .split(/\n|(?<=[。！？!?])/u)
    .map((s) => s.trim())
    .filter((s) => bare(s) !== '');
}

/** The mark under which the words of a matter were given to the model. */
function markOf(m: Matter, asked: Asked): string | null {
  const squeeze = (t: string): string => t.replace(/\s|\d+\s*\]/gu, '');
  for (const [mark, text] of evidenceOf(asked))
    if (!mark.startsWith('v') && squeeze(text).includes(squeeze(m.key))) return mark;
  return null;
}

/** Cites each sentence where its words stand, fetching the clause first when it was not given. */
function writer(m: Matter, text: string, chunk: number): (asked: Asked, turn: number) => Said {
  return (asked, turn) => {
    const mark = markOf(m, asked);
    if (mark === null && turn === 0)
      return { calls: [{ name: 'get_clause', args: { policy: m.policy, label: m.label } }] };
    return { text: `${text.replace(/。$/u, '')}[${mark ?? 'c1'}]。`, chunk };
  };
}

/** Every true and every twisted sentence, each as a reply of its own. */
export async function playFree(matters: readonly Matter[], only?: string, part?: string): Promise<Totals> {
  const totals: Totals = {
    honest: { sent: 0, passed: 0, unseen: 0 },
    twisted: { sent: 0, left: 0 },
    lines: [],
  };
  const dirs = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'held-e-')));
  const model = new HostileModel();
  const offline = createApp({ dataDir: dirs[0]! });
  const app = createApp({
    dataDir: dirs[1]!,
    model: { apiKey: 'k', baseUrl: await model.listen(), model: 'm' },
  });
  for (const m of matters.filter((x) => only === undefined || x.id === only)) {
    const question = { question: m.question, history: [], asOf: ASOF };
    const own = new Set(sentencesOf((await offline.assistant.ask(question)).text).map(bare));
    const true_ = new Set(m.honest.flatMap((h) => sentencesOf(h).map(bare)));
    const isTrue = (s: string): boolean =>
      true_.has(bare(s)) || true_.has(bare(s.replace(/^(泉州|厦门|青岛|温州)：/u, '')));
    const ask = async (text: string, n: number) => {
      model.requests.length = 0;
      model.say = writer(m, text, n % 2 === 0 ? 7 : 1);
      let dropped = '';
      const answer = await app.assistant.ask(question, {
        onTrace: (t) => {
          dropped = JSON.stringify(t.guard ?? []);
        },
      });
      const given = model.requests.some((r) => markOf(m, r) !== null);
      return { more: sentencesOf(answer.text).filter((s) => !own.has(bare(s))), given, dropped };
    };
    for (const [n, h] of part === 'twisted' ? [] : m.honest.entries()) {
      const { more, given, dropped } = await ask(h, n);
      if (!given) {
        totals.honest.unseen++;
        totals.lines.push(`NOT GIVEN ${m.id}: ${h}`);
        continue;
      }
      totals.honest.sent++;
      const there = more.map(bare).join('');
      if (sentencesOf(h).every((s) => there.includes(bare(s)))) totals.honest.passed++;
      else totals.lines.push(`FELL ${m.id}: ${h} → ${more.join(' / ')} ${dropped}`);
    }
    for (const [n, line] of part === 'honest' ? [] : m.twisted.entries()) {
      const kind = line.slice(0, line.indexOf(': '));
      const said = line.slice(line.indexOf(': ') + 2);
      const { more } = await ask(said, n);
      totals.twisted.sent++;
      const left = more.filter((s) => !isTrue(s));
      if (left.length === 0) continue;
      totals.twisted.left++;
      totals.lines.push(`LEFT ${kind} ${m.id}: ${said} → ${left.join(' / ')}`);
    }
  }
  model.close();
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
  return totals;
}

if (process.argv[1]?.includes('held-e')) {
  const { values } = parseArgs({
    options: {
      set: { type: 'string', default: 'held-e' },
      show: { type: 'boolean' },
      part: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const matters = SETS[values.set];
  if (!matters) throw new Error(`--set ${Object.keys(SETS).join('|')}`);
  const { honest, twisted, lines } = await playFree(matters, values.only, values.part);
  if (values.show) for (const line of lines) console.log(line);
  const share = (100 * honest.passed) / Math.max(honest.sent, 1);
  console.log(
    `${values.set}: honest ${honest.passed}/${honest.sent} (${share.toFixed(1)}%), ${honest.unseen} without evidence; twisted ${twisted.left}/${twisted.sent} left something`,
  );
  process.exit(0);
}
