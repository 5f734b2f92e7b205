import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface SetDoc {
  id: string;
  title: string;
  text: string;
}
export interface QuestionSet {
  docs: SetDoc[];
  queries: { id: string; text: string; gold: Set<string> }[];
}

/** A folder that holds a set, or the folders in it that do, by name. Throws with what is missing. */
export function findSets(dir: string): Map<string, string> {
  const holds = (d: string) =>
    ['corpus.jsonl', 'queries.jsonl', 'qrels.jsonl'].every((f) => existsSync(join(d, f)));
  if (holds(dir)) return new Map([[basename(dir), dir]]);
  const inner = existsSync(dir) ? readdirSync(dir).filter((d) => holds(join(dir, d))) : [];
  if (inner.length === 0) {
    throw new Error(`${dir}: no corpus.jsonl, queries.jsonl and qrels.jsonl there or in a folder of it`);
  }
  return new Map(inner.sort().map((d) => [d, join(dir, d)]));
}

/** Reads a set; questions without a gold document are left out. `half` takes every other line of queries.jsonl. */
export function readSet(dir: string, half: 'even' | 'odd' | 'all'): QuestionSet {
  const gold = new Map<string, Set<string>>();
  for (const r of lines<{ qid: string; docid: string; score?: number }>(join(dir, 'qrels.jsonl'))) {
    if (r.score !== undefined && r.score <= 0) continue;
    gold.set(String(r.qid), (gold.get(String(r.qid)) ?? new Set()).add(String(r.docid)));
  }
  const docs = lines<Partial<SetDoc>>(join(dir, 'corpus.jsonl')).map((d) => ({
    id: String(d.id),
    title: d.title ?? '',
    text: d.text ?? '',
  }));
  const queries = lines<{ id: string; text: string }>(join(dir, 'queries.jsonl'))
    .filter((_, i) => half === 'all' || (i % 2 === 0) === (half === 'even'))
    .flatMap(({ id, text }) =>
      gold.has(String(id)) ? [{ id: String(id), text, gold: gold.get(String(id))! }] : [],
    );
  return { docs, queries };
}

function lines<T>(file: string): T[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, i) => {
      if (line.trim() === '') return [];
      try {
        return [JSON.parse(line) as T];
      } catch (error) {
        throw new Error(`${file}:${i + 1}: ${(error as Error).message}`);
      }
    });
}
