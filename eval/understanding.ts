/**
 * `npx tsx eval/understanding.ts [--half dev2]`: precision and recall of the facts read, on a set of eval/questions that is worked on.
 * Questions without gold facts should state none beyond who asks and where; what is read from them is listed with `--all`.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { advance, focusOf, replay } from '../src/assistant/conversation.js';
import { loadWorld } from '../src/assistant/world.js';
import { writeFacts } from '../src/rules/index.js';

interface Line {
  id: string;
  question: string;
  asOf?: string;
  history?: { role: 'user' | 'assistant'; text: string }[];
  gold: { facts?: Record<string, unknown>; factsMay?: Record<string, unknown> };
}

const root = fileURLToPath(new URL('../', import.meta.url));
const world = loadWorld(`${root}knowledge`);
const half = process.argv[process.argv.indexOf('--half') + 1]!;
const lines = readFileSync(
  `${root}eval/questions/${process.argv.includes('--half') ? half : 'dev'}.jsonl`,
  'utf8',
)
  .split('\n')
  .filter((l) => l.trim() !== '')
  .map((l) => JSON.parse(l) as Line);
const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a) === JSON.stringify(b) || String(a) === String(b);

let hits = 0;
let gold = 0;
let said = 0;
for (const line of lines) {
  const asOf = line.asOf ?? '2026-11-21';
  const before = replay(world, line.history ?? [], asOf);
  const u = world.reader.read(line.question, before, asOf, focusOf(world));
  const read = writeFacts(advance(before, u, world.language.unknownAnswer).facts, world.vocabulary);
  const wanted = line.gold.facts;
  if (!wanted) {
    if (process.argv.includes('--all') && Object.keys(read).length > 0)
      process.stdout.write(`(${line.id}) ${line.question}\n    reads ${JSON.stringify(read)}\n`);
    continue;
  }
  const missed = Object.entries(wanted).filter(([k, v]) => !same(read[k], v));
  const may = line.gold.factsMay ?? {};
  const allowed = (k: string, v: unknown) =>
    k in may && (may[k] === '*' || [may[k]].flat().some((m) => m === '*' || same(m, v)));
  const extra = Object.entries(read).filter(([k, v]) => !same(wanted[k], v) && !allowed(k, v));
  hits += Object.keys(wanted).length - missed.length;
  gold += Object.keys(wanted).length;
  said += Object.keys(wanted).length - missed.length + extra.length;
  if (missed.length + extra.length > 0) {
    const turns = (line.history ?? [])
      .map((t) => `${t.role === 'user' ? '>' : '<'} ${t.text.slice(0, 60)}`)
      .join(' | ');
    process.stdout.write(
      `${line.id} ${turns} ${line.question}\n    missed ${JSON.stringify(Object.fromEntries(missed))} extra ${JSON.stringify(Object.fromEntries(extra))}\n`,
    );
  }
}
const share = (n: number, of: number): string => (of === 0 ? '–' : (n / of).toFixed(4));
process.stdout.write(`facts: ${gold} gold, precision ${share(hits, said)}, recall ${share(hits, gold)}\n`);
