import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SetDoc } from './sets.js';

/** Gives the ids of the best `k` documents. */
export type Search = (query: string, k: number) => string[] | Promise<string[]>;

/** The systems compared, each built from the documents; peers at their defaults. */
export const SYSTEMS: Record<string, (docs: SetDoc[]) => Promise<Search>> = {
  wence,
  'minisearch-jieba': minisearch,
  'sqlite-fts5': fts5,
  bm25,
};

/** The product's own retriever, opened as the product opens it. Documents of one title are one group. */
async function wence(docs: SetDoc[]): Promise<Search> {
  const { openIndex } = await import('../../src/retrieval/index.js');
  const dir = mkdtempSync(join(tmpdir(), 'wence-bench-'));
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
  const index = await openIndex({
    dir,
    docs: docs.map((d) => ({ ...d, group: d.title })),
    log: (m) => console.error(m),
  });
  return (query, k) => {
    const hits = index.search(query, { k });
    return hits instanceof Promise ? hits.then((h) => h.map((x) => x.id)) : hits.map((x) => x.id);
  };
}

const require = createRequire(import.meta.url);

/** Search-mode words of jieba with its own dictionary, punctuation left out. */
function jiebaWords(): (text: string) => string[] {
  const { Jieba } = require('@node-rs/jieba') as typeof import('@node-rs/jieba');
  const { dict } = require('@node-rs/jieba/dict') as { dict: Uint8Array };
  const jieba = Jieba.withDict(dict);
  return (text) => jieba.cutForSearch(text.toLowerCase(), true).filter((w) => /[\p{L}\p{N}]/u.test(w));
}

async function minisearch(docs: SetDoc[]): Promise<Search> {
  const { default: MiniSearch } = await import('minisearch');
  const index = new MiniSearch<SetDoc>({ fields: ['title', 'text'], tokenize: jiebaWords() });
  index.addAll(docs);
  return (query, k) =>
    index
      .search(query)
      .slice(0, k)
      .map((h) => String(h.id));
}

/** FTS5 over jieba's words joined by blanks (its trigram tokenizer does worse: .554/.733 nDCG@10), any word matching. */
async function fts5(docs: SetDoc[]): Promise<Search> {
  const { default: Database } = await import('better-sqlite3');
  const words = jiebaWords();
  const db = new Database(':memory:');
  db.exec("create virtual table docs using fts5(title, text, id unindexed, tokenize = 'unicode61')");
  const insert = db.prepare('insert into docs (id, title, text) values (?, ?, ?)');
  db.transaction(() => {
    for (const d of docs) insert.run(d.id, words(d.title).join(' '), words(d.text).join(' '));
  })();
  const select = db.prepare('select id from docs where docs match ? order by bm25(docs) limit ?').pluck();
  return (query, k) => {
    const match = [...new Set(words(query))].map((w) => `"${w.replaceAll('"', '""')}"`).join(' OR ');
    return match === '' ? [] : (select.all(match, k) as string[]);
  };
}

/** Textbook BM25 (k1 1.2, b 0.75) over single characters and pairs of title and text. */
async function bm25(docs: SetDoc[]): Promise<Search> {
  const terms = (text: string) => {
    const runs =
      text
        .normalize('NFKC')
        .toLowerCase()
        .match(/\p{Script=Han}+|[a-z]+|\d+/gu) ?? [];
    return runs.flatMap((run) =>
      /^[a-z\d]/.test(run) ? [run] : [...run].flatMap((c, i, all) => (i === 0 ? [c] : [c, all[i - 1] + c])),
    );
  };
  const postings = new Map<string, { docs: number[]; counts: number[] }>();
  const lengths = docs.map((d, n) => {
    const all = terms(`${d.title}\n${d.text}`);
    const counts = new Map<string, number>();
    for (const t of all) counts.set(t, (counts.get(t) ?? 0) + 1);
    for (const [t, count] of counts) {
      const list = postings.get(t) ?? { docs: [], counts: [] };
      list.docs.push(n);
      list.counts.push(count);
      postings.set(t, list);
    }
    return all.length;
  });
  const average = lengths.reduce((x, y) => x + y, 0) / Math.max(1, lengths.length);
  const norms = Float64Array.from(lengths, (l) => 1.2 * (0.25 + (0.75 * l) / average));
  const scores = new Float64Array(docs.length);
  return (query, k) => {
    scores.fill(0);
    for (const t of new Set(terms(query))) {
      const list = postings.get(t);
      if (!list) continue;
      const idf = Math.log(1 + (docs.length - list.docs.length + 0.5) / (list.docs.length + 0.5));
      for (let i = 0; i < list.docs.length; i++) {
        const d = list.docs[i]!;
        scores[d]! += (idf * list.counts[i]! * 2.2) / (list.counts[i]! + norms[d]!);
      }
    }
    const found: number[] = [];
    for (let d = 0; d < scores.length; d++) if (scores[d]! > 0) found.push(d);
    found.sort((x, y) => scores[y]! - scores[x]! || x - y);
    return found.slice(0, k).map((d) => docs[d]!.id);
  };
}
