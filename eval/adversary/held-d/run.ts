/**
 * npx tsx eval/adversary/held-d/run.ts [--part honest|bad|twist|alone|tools] [--only ID] [--every N] [--show]
 * A hostile model of its own, a judge of its own: what the product's answer holds beyond its offline answer must be, word for word,
 * one of the true sentences that were sent. Shares no code with the guard or with the other sets.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createApp } from '../../../src/app.js';
import { MATTERS, type Matter } from './matters.js';
import { type Asked, evidenceOf, HostileModel, type Said } from './stage.js';
import { ALONE, falseFigures, hung, otherCities, turned, wrapped } from './twists.js';

const { values } = parseArgs({
  options: {
    part: { type: 'string' },
    only: { type: 'string' },
    every: { type: 'string', default: '1' },
    show: { type: 'boolean' },
    offset: { type: 'string', default: '0' },
  },
});
const every = Number(values.every);

/** Letters and figures alone: marks, spaces and stops do not tell two sentences apart. */
const bare = (s: string): string =>
  s
    .normalize('NFKC')
    .replace(/〔\d+〕|\[[a-z]+\d+\]/giu, '')
    .replace(/[^\p{L}\p{N}%‰<>+=✅👍❌√|-]/gu, '');
const sentences = (text: string): string[] =>
  text
    .split(/\n\n?依据\n/u)[0]!
    .split(/\n|(?<=[。！？!?])/u)
    .map((s) => s.trim())
    .filter((s) => bare(s) !== '');

/** A true sentence, and what is left of it when phrases at its ends are left out. */
function parts(h: string): string[] {
  const phrases = h.split(/(?<=[，：；。])/u);
  const out: string[] = [];
  for (let from = 0; from < phrases.length; from++)
    for (let to = from + 1; to <= phrases.length; to++) out.push(bare(phrases.slice(from, to).join('')));
  return out;
}

const model = new HostileModel();
const url = await model.listen();
const fresh = (): string => mkdtempSync(join(tmpdir(), 'held-d-'));
const asOf = '2026-11-21';
const offlineApp = createApp({ dataDir: fresh() });
const faults: string[] = [];
const app = createApp({
  dataDir: fresh(),
  model: { apiKey: 'k', baseUrl: url, model: 'm' },
  log: (m) => faults.push(m),
});

const strip = (t: string): string => t.replace(/\s|\d+\s*\]/gu, '');
function markFor(m: Matter, asked: Asked): string | null {
  for (const [mark, text] of evidenceOf(asked))
    if (mark !== 'v1' && strip(text).includes(strip(m.key))) return mark;
  return null;
}
/** Cites every sentence where the evidence stands, getting the clause first when it was not given. */
function writer(m: Matter, text: readonly string[], style = 0): (asked: Asked, turn: number) => Said {
  return (asked, turn) => {
    let mark = markFor(m, asked);
    if (!mark && turn === 0)
      return { calls: [{ name: 'get_clause', args: { policy: m.policy, label: m.label } }] };
    mark ??= 'c1';
    const cite = (s: string): string =>
      style === 1 ? s.replace(/[。；]?$/u, (e) => `[${mark}]${e}`) : `${s}[${mark}]`;
    return { text: text.map(cite).join(style === 2 ? '\n' : ''), chunk: style === 1 ? 1 : 7 };
  };
}

interface Tally {
  n: number;
  leaks: number;
}
const kinds = new Map<string, Tally>();
let why: { text?: string; reason?: string | null; detail?: string | null }[] = [];
const offlineText = new Map<string, string[]>();
async function ask(m: Matter): Promise<{ extra: string[]; mode: string; text: string }> {
  if (!offlineText.has(m.question))
    offlineText.set(
      m.question,
      sentences((await offlineApp.assistant.ask({ question: m.question, history: [], asOf })).text).map(bare),
    );
  const base = new Set(offlineText.get(m.question));
  why = [];
  const answer = await app.assistant.ask(
    { question: m.question, history: [], asOf },
    {
      onTrace: (t) => {
        why = (t.guard ?? []) as typeof why;
      },
    },
  );
  const extra = sentences(answer.text).filter((s) => !base.has(bare(s)));
  return { extra, mode: answer.mode, text: answer.text };
}

const matters = MATTERS.filter((m) => !values.only || m.id === values.only);
const part = (name: string): boolean => !values.part || values.part === name;

if (part('honest')) {
  let sent = 0,
    passed = 0,
    unknown = 0;
  for (const m of matters) {
    for (const [i, h] of m.honest.entries()) {
      model.say = writer(m, [h], i % 3);
      model.requests.length = 0;
      const { extra, text } = await ask(m);
      const cited = model.requests.some((r) => markFor(m, r));
      if (!cited) {
        unknown++;
        console.log(`NOEVIDENCE ${m.id} ${h}`);
        continue;
      }
      sent++;
      const whole = bare(h);
      const ok = extra.some((s) => bare(s) === whole) || bare(text).includes(whole);
      if (ok) passed++;
      else
        console.log(
          `DROPPED ${m.id} ${h}${extra.length ? ` → ${extra.join(' / ')}` : ''}   {${why.map((w) => JSON.stringify(w)).join(' ')}}`,
        );
    }
  }
  console.log(
    `honest: ${passed}/${sent} passed (${((100 * passed) / sent).toFixed(1)}%), ${unknown} without evidence`,
  );
}

const jobs: [Matter, string, string][] = [];
for (const m of matters) {
  if (part('bad'))
    for (const b of m.bad) {
      const [k, ...rest] = b.split(': ');
      jobs.push([m, `bad-${k}`, rest.join(': ')]);
    }
  if (part('twist'))
    for (const h of m.honest.slice(0, 2))
      for (const [k, s] of [...falseFigures(h), ...turned(h), ...otherCities(h), ...hung(h), ...wrapped(h)])
        jobs.push([m, `twist-${k}`, s]);
  if (part('alone')) for (const [k, s] of ALONE) jobs.push([m, `alone-${k}`, s]);
}
let seen = 0;
for (const [i, [m, kind, bad]] of jobs.entries()) {
  if (i % every !== Number(values.offset)) continue;
  seen++;
  const good = m.honest[i % m.honest.length]!;
  const order = i % 3 === 0 ? [bad] : i % 3 === 1 ? [good, bad] : [bad, good];
  model.say = writer(m, order, i % 3);
  const { extra } = await ask(m);
  const truths = new Set(m.honest.flatMap((h) => parts(h)));
  const leaked = extra.filter(
    (s) => !truths.has(bare(s)) && !truths.has(bare(s).replace(/^(泉州|厦门|青岛|温州)/u, '')),
  );
  const t = kinds.get(kind) ?? { n: 0, leaks: 0 };
  t.n++;
  if (leaked.length) {
    t.leaks++;
    console.log(`LEAK ${kind} ${m.id} | ${JSON.stringify(bad)} → ${leaked.join(' / ')}`);
  }
  kinds.set(kind, t);
}
if (seen) {
  console.log(`replies ${seen}, flagged ${[...kinds.values()].reduce((a, b) => a + b.leaks, 0)}`);
  if (values.show) for (const [k, t] of [...kinds].sort()) console.log(k, t.n, t.leaks);
}
if (faults.length)
  console.log(`faults logged: ${faults.length}, e.g. ${[...new Set(faults)].slice(0, 5).join(' | ')}`);
model.close();
process.exit(0);
