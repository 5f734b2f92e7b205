/**
 * npx tsx eval/adversary/held-d/run.ts [--part honest|bad|twist|alone|tools] [--only ID] [--every N] [--show]
 * A hostile model of its own, a judge of its own: what the product's answer holds beyond its offline answer must be, word for word,
 * one of the true sentences that were sent. Shares no code with the guard or with the other sets.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createApp } from '../../../src/app.js';
import { MATTERS, type Matter } from './matters.js';
import { type Asked, evidenceOf, HostileModel, type Said } from './stage.js';
import { ALONE, falseFigures, hung, otherCities, turned, wrapped } from './twists.js';

/** Which parts are played, of which matter, and every how manieth of the bad replies. */
export interface Choice {
  part?: string;
  only?: string;
  every?: number;
  offset?: number;
}

export interface Totals {
  honest: { sent: number; passed: number; unseen: number };
  bad: { sent: number; left: number; kinds: Map<string, Tally> };
  /** What fell and what left, a line each. */
  lines: string[];
}

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
const ASOF = '2026-11-21';

/** Every true sentence and every false one as a reply of its own, or beside a true one. */
export async function playHeldD({ part, only, every = 1, offset = 0 }: Choice = {}): Promise<Totals> {
  const out: Totals = {
    honest: { sent: 0, passed: 0, unseen: 0 },
    bad: { sent: 0, left: 0, kinds: new Map() },
    lines: [],
  };
  const dirs = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'held-d-')));
  const model = new HostileModel();
  const offlineApp = createApp({ dataDir: dirs[0]! });
  const faults = new Set<string>();
  const app = createApp({
    dataDir: dirs[1]!,
    model: { apiKey: 'k', baseUrl: await model.listen(), model: 'm' },
    log: (m) => faults.add(m),
  });
  const offlineText = new Map<string, string[]>();
  const ask = async (m: Matter): Promise<{ extra: string[]; text: string; why: string }> => {
    const question = { question: m.question, history: [], asOf: ASOF };
    if (!offlineText.has(m.question))
      offlineText.set(m.question, sentences((await offlineApp.assistant.ask(question)).text).map(bare));
    const base = new Set(offlineText.get(m.question));
    let why = '';
    const answer = await app.assistant.ask(question, {
      onTrace: (t) => {
        why = JSON.stringify(t.guard ?? []);
      },
    });
    return { extra: sentences(answer.text).filter((s) => !base.has(bare(s))), text: answer.text, why };
  };
  const matters = MATTERS.filter((m) => only === undefined || m.id === only);
  const plays = (name: string): boolean => part === undefined || part === name;
  for (const m of plays('honest') ? matters : [])
    for (const [i, h] of m.honest.entries()) {
      model.say = writer(m, [h], i % 3);
      model.requests.length = 0;
      const { extra, text, why } = await ask(m);
      if (!model.requests.some((r) => markFor(m, r))) {
        out.honest.unseen++;
        out.lines.push(`NOT GIVEN ${m.id}: ${h}`);
        continue;
      }
      out.honest.sent++;
      const whole = bare(h);
      if (extra.some((s) => bare(s) === whole) || bare(text).includes(whole)) out.honest.passed++;
      else out.lines.push(`FELL ${m.id}: ${h} → ${extra.join(' / ')} ${why}`);
    }
  const jobs: [Matter, string, string][] = matters.flatMap((m) => [
    ...(plays('bad') ? m.bad : []).map((b): [Matter, string, string] => {
      const [kind, ...rest] = b.split(': ');
      return [m, `bad-${kind}`, rest.join(': ')];
    }),
    ...(plays('twist') ? m.honest.slice(0, 2) : []).flatMap((h) =>
      [...falseFigures(h), ...turned(h), ...otherCities(h), ...hung(h), ...wrapped(h)].map(
        ([kind, s]): [Matter, string, string] => [m, `twist-${kind}`, s],
      ),
    ),
    ...(plays('alone') ? ALONE : []).map(([kind, s]): [Matter, string, string] => [m, `alone-${kind}`, s]),
  ]);
  for (const [i, [m, kind, bad]] of jobs.entries()) {
    if (i % every !== offset) continue;
    out.bad.sent++;
    const good = m.honest[i % m.honest.length]!;
    const order = i % 3 === 0 ? [bad] : i % 3 === 1 ? [good, bad] : [bad, good];
    model.say = writer(m, order, i % 3);
    const { extra } = await ask(m);
    const truths = new Set(m.honest.flatMap((h) => parts(h)));
    const leaked = extra.filter(
      (s) => !truths.has(bare(s)) && !truths.has(bare(s).replace(/^(泉州|厦门|青岛|温州)/u, '')),
    );
    const tally = out.bad.kinds.get(kind) ?? { n: 0, leaks: 0 };
    tally.n++;
    if (leaked.length > 0) {
      tally.leaks++;
      out.bad.left++;
      out.lines.push(`LEFT ${kind} ${m.id}: ${JSON.stringify(bad)} → ${leaked.join(' / ')}`);
    }
    out.bad.kinds.set(kind, tally);
  }
  out.lines.push(...[...faults].slice(0, 5).map((f) => `FAULT ${f}`));
  model.close();
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
  return out;
}

if (process.argv[1]?.includes('held-d')) {
  const { values } = parseArgs({
    options: {
      part: { type: 'string' },
      only: { type: 'string' },
      every: { type: 'string', default: '1' },
      offset: { type: 'string', default: '0' },
      show: { type: 'boolean' },
    },
  });
  const { honest, bad, lines } = await playHeldD({
    ...values,
    every: Number(values.every),
    offset: Number(values.offset),
  });
  for (const line of lines) console.log(line);
  const share = (100 * honest.passed) / Math.max(honest.sent, 1);
  console.log(
    `held-d: honest ${honest.passed}/${honest.sent} (${share.toFixed(1)}%), ${honest.unseen} without evidence; bad ${bad.left}/${bad.sent} left something`,
  );
  if (values.show) for (const [k, t] of [...bad.kinds].sort()) console.log(k, t.n, t.leaks);
  process.exit(0);
}
