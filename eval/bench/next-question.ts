import {
  type Criterion,
  check,
  type Facts,
  type FactValue,
  type Subject,
  type Vocabulary,
} from '../../src/rules/index.js';
import { AS_OF, type Draw, optimum, type Plausible, plausible, type Style } from './interview.js';
import { loadPacks } from './packs.js';

const PROFILES = 10_000;

/** A small deterministic generator (mulberry32), so that every run draws the same profiles. */
function generator(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = (draws: readonly Draw[], random: () => number): FactValue => {
  let left = random();
  for (const draw of draws) {
    left -= draw.chance;
    if (left <= 0) return draw.value;
  }
  return draws.at(-1)!.value;
};

type Ask = (facts: Facts) => string | null;

function questions(ask: Ask, profile: Facts): number {
  const facts = new Map<string, FactValue>();
  for (let n = 0; ; n++) {
    const id = ask(facts);
    if (id === null) return n;
    const value = profile.get(id);
    if (value === undefined || facts.has(id)) throw new Error(`asked for ${id} in vain`);
    facts.set(id, value);
  }
}

/** Ours, the optimum and the document's order for one subject of one policy, in mean questions. */
function compare(
  criteria: readonly Criterion[],
  vocabulary: Vocabulary,
  draws: Plausible,
  policy: string,
  subject: Subject,
) {
  const input = (facts: Facts) => ({ policy, subject, asOf: AS_OF, status: '', facts });
  const ours: Ask = (facts) => check(criteria, vocabulary, input(facts)).next;
  const inOrder: Ask = (facts) => {
    const verdict = check(criteria, vocabulary, input(facts));
    if (verdict.outcome !== 'undetermined') return null;
    const open = verdict.criteria.filter((c) => c.outcome === 'unknown' && c.strength !== 'judgement');
    for (const c of open) {
      const gates = Object.keys(criteria.find((x) => x.id === c.id && x.subject === subject)!.when ?? {});
      const id = [...gates, ...c.facts].find((f) => !facts.has(f));
      if (id !== undefined) return id;
    }
    return null;
  };
  const random = generator(20261121);
  let mine = 0;
  let document = 0;
  for (let i = 0; i < PROFILES; i++) {
    const profile = new Map([...draws].map(([id, list]) => [id, pick(list, random)]));
    mine += questions(ours, profile);
    document += questions(inOrder, profile);
  }
  return { ours: mine / PROFILES, optimum: optimum(criteria, draws, AS_OF), document: document / PROFILES };
}

const json = process.argv.includes('--json');
const { library, vocabulary, criteria: packs } = loadPacks();
const rows: Record<string, unknown>[] = [];
for (const style of ['even', 'spread', 'half', 'qualified', 'caller'] as Style[]) {
  for (const policy of library.policies) {
    const all = packs.get(policy.meta.id) ?? [];
    for (const subject of new Set(all.map((c) => c.subject))) {
      const criteria = all.filter((c) => c.subject === subject);
      const draws = plausible(criteria, vocabulary, style, policy.meta.city);
      const r = compare(criteria, vocabulary, draws, policy.meta.id, subject);
      rows.push({ profiles: style, policy: policy.meta.id, subject, ...r, ratio: r.ours / r.optimum });
      const n = (x: number) => x.toFixed(3).padStart(8);
      if (!json)
        console.log(
          style.padEnd(7),
          policy.meta.id.padEnd(14),
          subject.padEnd(17),
          'ours',
          n(r.ours),
          'optimum',
          n(r.optimum),
          'document order',
          n(r.document),
          'ours/optimum',
          n(r.ours / r.optimum),
        );
    }
  }
}
if (json) console.log(JSON.stringify(rows));
