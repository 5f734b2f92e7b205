import { existsSync, readFileSync } from 'node:fs';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';
import { readQuantities } from '../quantity/index.js';
import type { Policy } from './policy.js';
import type { Entry, Topic } from './types.js';

const text = z.string().min(1);
const anchor = z.strictObject({ clause: text, quote: text });
const kinds = ['definition', 'scope', 'threshold', 'procedure', 'material', 'duty', 'deadline', 'support', 'reward', 'evaluation', 'sanction', 'status', 'contact', 'role', 'target', 'statistic', 'background'] as const;
const topicSchema = z.strictObject({ id: text, kind: z.enum(kinds), title: text, asks: z.array(text).default([]), silent: text });
const entrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  topic: text,
  title: text,
  say: text,
  asks: z.array(text).default([]),
  clause: text.optional(),
  quote: text.optional(),
  also: z.array(anchor).default([]),
  figures: z.array(z.strictObject({ name: text, text })).default([]),
  silent: z.boolean().default(false),
  who: text.nullable().default(null),
  when: text.nullable().default(null),
  consequence: text.nullable().default(null),
  steps: z.array(z.strictObject({ title: text, clause: text, quote: text })).default([]),
  note: text.nullable().default(null),
});

function readList<T>(file: string, schema: z.ZodType<T>, each: (item: T, fail: (message: string) => never) => void): T[] {
  if (!existsSync(file)) return [];
  const counter = new LineCounter();
  const doc = parseDocument(readFileSync(file, 'utf8'), { lineCounter: counter });
  const broken = doc.errors[0];
  if (broken) throw new DataError(file, broken.linePos?.[0].line ?? null, broken.message);
  const raw: unknown = doc.toJS() ?? [];
  if (!Array.isArray(raw)) throw new DataError(file, 1, 'a list is expected, each item starting with "- id:"');
  const faults: DataError[] = [];
  const items = raw.flatMap((item: unknown, i): T[] => {
    const node = doc.get(i, true) as { range?: [number, number, number] } | undefined;
    const name = typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : `#${i + 1}`;
    const fail = (message: string): never => {
      throw new DataError(file, node?.range ? counter.linePos(node.range[0]).line : null, `${name}: ${message}`);
    };
    try {
      const parsed = schema.safeParse(item);
      if (!parsed.success) {
        const issue = parsed.error.issues[0]!;
        return fail(`${issue.path.join('.') || 'item'}: ${issue.message}`);
      }
      each(parsed.data, fail);
      return [parsed.data];
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      faults.push(error);
      return [];
    }
  });
  const [first, ...more] = faults;
  if (first) throw more.length === 0 ? first : DataError.all(first, more);
  return items;
}

/** Reads topics.yaml: topic id → topic. @throws DataError with file, line and what would be accepted. */
export function loadTopics(file: string): ReadonlyMap<string, Topic> {
  const topics = new Map<string, Topic>();
  readList(file, topicSchema, (topic, fail) => {
    if (topics.has(topic.id)) fail('this topic stands twice');
    topics.set(topic.id, topic);
  });
  return topics;
}

const squeeze = (s: string): string => s.replace(/\s+/g, '');

/**
 * Reads a policy's entries.yaml. Every quote must stand in its clause, every figure in a quote, and every quantity that is
 * said aloud in a quote, so that what is said cannot drift from the document.
 * @throws DataError with file, line, entry and what would be accepted.
 */
export function loadEntries(file: string, policy: Policy, topics: ReadonlyMap<string, Topic>): Entry[] {
  const seen = new Set<string>();
  const parsed = readList(file, entrySchema, (e, fail) => {
    if (seen.has(e.id)) fail('this id stands twice; every entry of a policy needs its own');
    seen.add(e.id);
    if (!topics.has(e.topic)) fail(`there is no topic “${e.topic}” in topics.yaml`);
    const anchors = [...(e.clause && e.quote ? [{ clause: e.clause, quote: e.quote }] : []), ...e.also];
    if (anchors.length === 0 && !e.silent) fail('it needs a clause and a quote, or "silent: true" where the document says nothing');
    for (const a of [...anchors, ...e.steps]) {
      const clause = policy.clause(a.clause);
      if (!clause) fail(`there is no clause “${a.clause}” in ${policy.meta.id}`);
      else if (!policy.find(a.quote, clause.label)) fail(`the quote “${a.quote.slice(0, 80)}” does not stand in ${clause.label}, which reads: ${clause.text.slice(0, 160)}`);
    }
    const quoted = squeeze([...anchors, ...e.steps].map((a) => a.quote).join('\n'));
    const stray = e.figures.find((f) => !quoted.includes(squeeze(f.text)));
    if (stray) fail(`the figure “${stray.text}” does not stand in a quote`);
    if (e.silent) return;
    const known = new Set(readQuantities([...anchors, ...e.steps].map((a) => a.quote).join('\n')).map((q) => `${q.unit}:${q.value}`));
    const meta = [policy.meta.docNumber, policy.meta.issued, policy.meta.effective, policy.meta.expires].join(' ');
    for (const q of readQuantities(e.say)) {
      // “一份”, “一个” are articles of speech, not figures.
      if (q.unit === 'count' && /^一/.test(q.text) && q.value === '1') continue;
      if (q.unit === 'number' || known.has(`${q.unit}:${q.value}`) || quoted.includes(squeeze(q.text)) || meta.includes(q.value) || meta.includes(squeeze(q.text))) continue;
      fail(`“say” states ${q.text}, which stands in none of its quotes`);
    }
  });
  return parsed.map((e) => ({
    id: e.id,
    topic: e.topic,
    title: e.title,
    say: e.say,
    asks: e.asks,
    at: [...(e.clause && e.quote ? [{ clause: e.clause, quote: e.quote }] : []), ...e.also].map((a) => ({ ...a, clause: policy.clause(a.clause)!.label })),
    figures: e.figures,
    silent: e.silent,
    who: e.who,
    when: e.when,
    consequence: e.consequence,
    steps: e.steps,
    note: e.note,
  }));
}
