import { existsSync } from 'node:fs';
import { z } from 'zod';
import { DataError } from '../errors.js';
import { readQuantities } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import { gravest, issueText } from './issue.js';
import { nearest, nearestWords } from './nearest.js';
import type { Policy } from './policy.js';
import type { Anchor, Clause, Entry, PolicyMeta, Topic } from './types.js';
import { readYaml } from './yaml.js';

const text = z.string().min(1);
const anchor = z.strictObject({ clause: text, quote: text });
const kinds = [
  'definition',
  'scope',
  'threshold',
  'procedure',
  'material',
  'duty',
  'deadline',
  'support',
  'reward',
  'evaluation',
  'sanction',
  'status',
  'contact',
  'role',
  'target',
  'statistic',
  'background',
] as const;
const topicSchema = z.strictObject({
  id: text,
  kind: z.enum(kinds),
  title: text,
  asks: z.array(text).default([]),
  silent: text,
});
const entrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  topic: text,
  title: text,
  say: text,
  asks: z.array(text).default([]),
  clause: text.optional(),
  quote: text.optional(),
  also: z.array(anchor).default([]),
  figures: z
    .array(z.strictObject({ name: text, text, condition: text.nullable().default(null) }))
    .default([]),
  silent: z.boolean().default(false),
  who: text.nullable().default(null),
  when: text.nullable().default(null),
  consequence: text.nullable().default(null),
  steps: z.array(z.strictObject({ title: text, clause: text, quote: text })).default([]),
  note: text.nullable().default(null),
});

/** A list of data, each item checked alone, so that all faults of a file are told at once. An absent file is an empty list. */
function readList<T>(
  file: string,
  schema: z.ZodType<T>,
  each: (item: T, fail: (message: string) => never) => void,
): T[] {
  if (!existsSync(file)) return [];
  const { value, lineOf } = readYaml(file);
  const raw = value ?? [];
  if (!Array.isArray(raw)) throw new DataError(file, 1, '应是一个列表，每一项以“- id:”开头');
  const faults: DataError[] = [];
  const items = raw.flatMap((item: unknown, i): T[] => {
    const name = typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : `#${i + 1}`;
    const fail = (message: string): never => {
      throw new DataError(file, lineOf([i]), `${name}：${message}`);
    };
    try {
      const parsed = schema.safeParse(item);
      if (!parsed.success) {
        const issue = gravest(parsed.error.issues);
        return fail(`${issue.path.length > 0 ? `${issue.path.join('.')}：` : ''}${issueText(issue)}`);
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
    if (topics.has(topic.id)) fail('这个事项编号出现了两次');
    topics.set(topic.id, topic);
  });
  return topics;
}

const squeeze = (s: string): string => s.replace(/\s+/g, '');

type Parsed = z.infer<typeof entrySchema>;

function anchorsOf(e: Parsed): Anchor[] {
  return [...(e.clause && e.quote ? [{ clause: e.clause, quote: e.quote }] : []), ...e.also];
}

/**
 * Reads a policy's entries.yaml. Every quote must stand in its clause, every figure in a quote, and every quantity that is
 * said aloud in a quote (or be one of the document's own dates and numbers), so that what is said cannot drift.
 * @throws DataError with file, line, entry and what would be accepted.
 */
export function loadEntries(file: string, policy: Policy, topics: ReadonlyMap<string, Topic>): Entry[] {
  const seen = new Set<string>();
  const parsed = readList(file, entrySchema, (e, fail) => {
    if (seen.has(e.id)) fail('这个编号出现了两次；同一份文件里每条的编号都要不同');
    seen.add(e.id);
    if (!topics.has(e.topic)) {
      const like = nearest(e.topic, topics.keys(), 3).join('、');
      fail(`topics.yaml 里没有事项“${e.topic}”${like === '' ? '' : `；相近的有 ${like}`}`);
    }
    if ((e.clause === undefined) !== (e.quote === undefined)) fail('clause（条款）和 quote（原文）要同时写');
    const anchors = anchorsOf(e);
    if (anchors.length === 0 && !e.silent)
      fail('要写 clause（条款）和 quote（原文）；文件没有写这件事的，写 silent: true');
    const places = [...anchors, ...e.steps];
    for (const a of places) {
      const clause = policy.clause(a.clause);
      if (!clause) fail(noClause(a.clause, policy));
      else if (!policy.find(a.quote, clause.label))
        fail(`原文“${a.quote.slice(0, 80)}”不在${clause.label}里；${insteadOf(a.quote, clause, policy)}`);
    }
    checkFigures(e, places, policy.meta, fail);
  });
  return parsed.map((e) => ({
    id: e.id,
    topic: e.topic,
    title: e.title,
    say: e.say,
    asks: e.asks,
    at: anchorsOf(e).map((a) => ({ ...a, clause: policy.clause(a.clause)!.label })),
    figures: e.figures,
    silent: e.silent,
    who: e.who,
    when: e.when,
    consequence: e.consequence,
    steps: e.steps.map((s) => ({ ...s, clause: policy.clause(s.clause)!.label })),
    note: e.note,
  }));
}

/** That a policy has no such clause, and how clauses are cited. */
export function noClause(label: string, policy: Policy): string {
  const labels = policy.clauses.map((c) => c.label).filter((l) => l.startsWith(label.charAt(0)));
  const like = nearest(label, labels, 3);
  return `${policy.meta.id} 没有条款“${label}”；条款写作 三（一）、第六条（二）1 这样${like.length === 0 ? '' : `，相近的有 ${like.join('、')}`}`;
}

/** Where a quote that stands not in its clause does stand, or else what that clause and its children say that is most like it. */
export function insteadOf(quote: string, clause: Clause, policy: Policy): string {
  const elsewhere = policy.find(quote);
  if (elsewhere) return `它在${elsewhere.clause.label}里`;
  const words = nearestWords(quote, policy.text(clause.start, clause.endAll));
  return words === null ? `那里写的是：${clause.text.slice(0, 160)}` : `那里最接近的是：${words}`;
}

/** Every figure named, and every quantity said aloud, stands in a quote or is a date or a number of the document itself. */
function checkFigures(
  e: Parsed,
  places: readonly Anchor[],
  meta: PolicyMeta,
  fail: (message: string) => never,
): void {
  const quotes = places.map((a) => a.quote).join('\n');
  const quoted = squeeze(quotes);
  const stray = e.figures.find((f) => !holds(quoted, squeeze(f.text)));
  if (stray) fail(`数字“${stray.text}”不在所引的原文里`);
  const unbound = e.figures.find((f) => f.condition !== null && !quoted.includes(squeeze(f.condition)));
  if (unbound) fail(`“${unbound.name}”的条件“${unbound.condition}”不在所引的原文里`);
  // A silence names what is not written (一年几批); there is nothing to hold it against.
  if (e.silent) return;
  let read: Set<string> | null = null;
  const known = (q: Quantity): boolean => {
    // Read only when words differ (三年 said as 3年): most figures are said as they are written.
    read ??= new Set(readQuantities(quotes).map((x) => `${x.unit}:${x.value}`));
    return read.has(`${q.unit}:${q.value}`);
  };
  const dates = [meta.issued, meta.effective, meta.expires];
  const ofDocument = (q: Quantity) =>
    q.unit === 'date'
      ? dates.some((d) => d?.startsWith(q.value))
      : q.unit === 'docnumber' && squeeze(meta.docNumber ?? '').includes(squeeze(q.text));
  const said = { say: e.say, who: e.who, when: e.when, consequence: e.consequence };
  for (const [field, words] of Object.entries(said)) {
    for (const q of readQuantities(words ?? '')) {
      // “一份”, “一个” are articles of speech, not figures.
      if (q.unit === 'count' && q.text.startsWith('一') && q.value === '1') continue;
      if (holds(quoted, squeeze(q.text)) || ofDocument(q) || known(q)) continue;
      fail(`${field} 里说了“${q.text}”，所引的原文里没有这个数`);
    }
  }
}

const FIGURE = /[\d.,一二两三四五六七八九十百千万亿]/;

/** Whether words stand in a text without cutting a longer figure: 5家 does not stand in 15家. */
function holds(text: string, words: string): boolean {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const before = FIGURE.test(text[at - 1] ?? '') && FIGURE.test(words[0]!);
    const after = FIGURE.test(text[at + words.length] ?? '') && FIGURE.test(words.at(-1)!);
    if (!before && !after) return true;
  }
  return false;
}
