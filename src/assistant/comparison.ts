import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';
import type { Anchor, Entry, Policy, Topic } from '../knowledge/index.js';
import type { Criterion, Subject, Vocabulary } from '../rules/index.js';

const schema = z.strictObject({
  alike: z.array(z.strictObject({ title: z.string().min(1), facts: z.array(z.string()).min(2) })),
  views: z.array(z.strictObject({ words: z.string(), rows: z.array(z.string()).min(1) })).min(1),
  unstated: z.record(z.string(), z.string()),
  around: z.string(),
  anywhere: z.string(),
});

/** A matter that is compared: its title and what it is looked up by. */
export interface Row {
  id: string;
  title: string;
  facts: readonly string[];
  topic: string | null;
}

/** What one document says on a row. */
export interface Cell {
  policy: string;
  /** `criterion`: a condition that is checked; `entry`: what the document says; `silent`: it says nothing. */
  kind: 'criterion' | 'entry' | 'silent';
  /** The criteria of the row in file order; empty unless `kind` is criterion. */
  criteria: readonly Criterion[];
  /** Set when `kind` is entry, and for a silence that the pack words itself. */
  entry: Entry | null;
  /** Where it stands; for a silence the nearest words, when the pack names them. */
  anchors: readonly Anchor[];
}

export interface Comparison {
  /** Policy id and its status on the day, one a column. */
  columns: { policy: string; status: string }[];
  rows: { row: Row; cells: Cell[] }[];
}

/** What a comparison is made from: the parts of the world that it reads. */
export interface Sources {
  vocabulary: Vocabulary;
  criteria: ReadonlyMap<string, readonly Criterion[]>;
  entries: ReadonlyMap<string, readonly Entry[]>;
  topics: ReadonlyMap<string, Topic>;
  statusOf(policy: Policy, asOf: string): string;
}

/** knowledge/comparison.yaml: matters that several facts stand for, and what a general comparison shows. */
export class ComparisonBook {
  readonly #rows = new Map<string, Row>();
  readonly #alike: { title: string; facts: string[] }[];
  readonly #views: { words: RegExp; rows: string[] }[];
  readonly #around: RegExp;
  readonly #unstated: Readonly<Record<string, string>>;
  readonly #anywhere: RegExp;

  /** @throws DataError naming the row or field and what would be accepted. */
  constructor(file: string, vocabulary: Vocabulary, topics: ReadonlyMap<string, Topic>) {
    const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw new DataError(file, null, `${issue.path.join('.')}: ${issue.message}`);
    }
    const { alike, views, unstated, around, anywhere } = parsed.data;
    const known = (fact: string) => {
      if (!vocabulary.get(fact))
        throw new DataError(file, null, `there is no fact ${JSON.stringify(fact)} in facts.yaml`);
      return fact;
    };
    for (const { title, facts } of alike)
      this.#rows.set(title, { id: title, title, facts: facts.map(known), topic: null });
    for (const spec of vocabulary.specs)
      this.#rows.set(spec.id, { id: spec.id, title: spec.label, facts: [spec.id], topic: null });
    for (const topic of topics.values())
      this.#rows.set(topic.id, { id: topic.id, title: topic.title, facts: [], topic: topic.id });
    this.#alike = alike;
    this.#unstated = unstated;
    for (const id of [...views.flatMap((v) => v.rows), ...Object.values(unstated)]) {
      if (this.#rows.has(id)) continue;
      throw new DataError(file, null, `${JSON.stringify(id)} is no fact, no title of alike and no topic`);
    }
    this.#views = views.map((v) => ({ words: new RegExp(v.words, 'iu'), rows: v.rows }));
    this.#around = new RegExp(around, 'giu');
    this.#anywhere = new RegExp(anywhere, 'iu');
  }

  /** The row of an id: a fact, a matter's title, a topic. */
  row(id: string): Row | null {
    return this.#rows.get(id) ?? null;
  }

  /** The matters that facts belong to, each once; a fact of none is a row of its own. */
  rowsOf(facts: readonly string[]): Row[] {
    const out = new Set<Row>();
    for (const fact of facts) {
      const matter = this.#alike.find((a) => a.facts.includes(fact));
      const row = this.#rows.get(matter?.title ?? fact);
      if (row) out.add(row);
    }
    return [...out];
  }

  /** The facts that stand for the same matter as these, these first. */
  alike(facts: readonly string[]): string[] {
    const others = this.#alike.filter((a) => a.facts.some((f) => facts.includes(f))).flatMap((a) => a.facts);
    return [...new Set([...facts, ...others])];
  }

  /** The topic that tells what a document says instead of a condition on a subject; null when none is named. */
  unstated(subject: Subject): string | null {
    return this.#unstated[subject] ?? null;
  }

  /** The rows of a general question (“四个城市对比一下”, “奖励有什么不同”); null when it asks for something special. */
  view(content: string): Row[] | null {
    const rest = content.replace(this.#around, '').replace(/[^\p{L}\p{N}]/gu, '');
    if (rest.length > 1) return null;
    const view = this.#views.find((v) => v.words.test(content))!;
    return view.rows.map((id) => this.#rows.get(id)!);
  }

  /** “哪个城市能牵头”: whether all cities are to be held against what was told. */
  anywhere(text: string): boolean {
    return this.#anywhere.test(text);
  }
}

/**
 * Any set of matters across any set of documents. A document without a condition and without an entry on a matter is
 * `silent`, and so is one whose entry says that nothing is written.
 */
export function compare(
  sources: Sources,
  policies: readonly Policy[],
  rows: readonly Row[],
  asOf: string,
): Comparison {
  const cell = (policy: Policy, row: Row): Cell => {
    const { id } = policy.meta;
    const criteria = (sources.criteria.get(id) ?? []).filter(
      (c) => c.strength !== 'judgement' && c.facts.some((f) => row.facts.includes(f)),
    );
    if (criteria.length > 0) {
      const anchors = criteria.map((c) => ({ clause: c.clause, quote: c.quote }));
      return { policy: id, kind: 'criterion', criteria, entry: null, anchors };
    }
    const entries = (sources.entries.get(id) ?? []).filter(
      (e) => row.topic !== null && e.topic === row.topic,
    );
    const entry = entries.find((e) => !e.silent) ?? entries[0] ?? null;
    const kind = entry === null || entry.silent ? 'silent' : 'entry';
    return { policy: id, kind, criteria: [], entry, anchors: entry?.at.slice(0, 1) ?? [] };
  };
  return {
    columns: policies.map((p) => ({ policy: p.meta.id, status: sources.statusOf(p, asOf) })),
    rows: rows.map((row) => ({ row, cells: policies.map((p) => cell(p, row)) })),
  };
}
