import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../../errors.js';
import { readQuantities } from '../../quantity/index.js';
import type { Quantity } from '../../quantity/types.js';
import type { Verdict } from '../../rules/index.js';
import type { Block, Citation, Intent } from '../types.js';
import type { World } from '../world.js';

const words = z.record(z.string(), z.string().min(1));
const schema = z.strictObject({
  say: words,
  strength: words,
  outcome: words,
  subject: words,
  status: words,
  city: words,
  fact: words,
  kind: words,
  bound: words,
});

/** knowledge/english.yaml: the words of the summary line under an answer to an English question. */
export type English = z.infer<typeof schema>;

/** @throws DataError naming the field. */
export function loadEnglish(file: string): English {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new DataError(file, null, `${issue.path.join('.')}: ${issue.message}`);
}

/** What the summary is made from: an answer before it is rendered, and what was asked for. */
interface Answered {
  intent: Intent;
  answered: boolean;
  blocks: readonly Block[];
  citations: readonly Citation[];
  verdicts: readonly Verdict[];
  asked: readonly string[];
  asOf: string;
}

/** How many cited documents' figures are told. */
const FIGURES = 4;

/** The summary line in English: verdicts and thresholds from the rules, else the topic and its figures converted. */
export function englishBlock(world: World, answer: Answered): Block | null {
  const { english } = world;
  const line = summary(world, english, answer);
  return line === null ? null : { kind: 'note', text: line, cites: [] };
}

function summary(world: World, english: English, answer: Answered): string | null {
  const cityOf = (policy: string) => cityName(english, world.library.policy(policy)?.meta.city);
  if (answer.intent === 'smalltalk') return null;
  if (answer.intent === 'clarify') return english.say.clarify!;
  if (!answer.answered) {
    const cities = [...world.cities.keys()].map((c) => cityName(english, c)).join(', ');
    return fill(english.say.declined!, { cities });
  }
  if (answer.verdicts.length > 0) {
    const items = answer.verdicts.map((v) =>
      fill(english.say.city!, {
        city: cityOf(v.policy),
        subject: english.subject[v.subject] ?? v.subject,
        outcome: english.outcome[v.outcome] ?? v.outcome,
      }),
    );
    return fill(english.say.verdict!, { items: items.join('; ') });
  }
  const thresholds = answer.intent === 'status' ? [] : required(world, english, answer);
  if (thresholds.length > 0) return fill(english.say.threshold!, { items: thresholds.join('; ') });
  if (answer.intent === 'status') {
    const items = [...new Set(answer.citations.map((c) => c.policy))].map((id) => {
      const policy = world.library.policy(id)!;
      const status = english.status[world.statusOf(policy, answer.asOf)] ?? '';
      const { expires } = policy.meta;
      const until = expires === null ? '' : fill(english.say.until!, { date: expires });
      return `${cityOf(id)} – ${status}${until}`;
    });
    return items.length > 0 ? fill(english.say.status!, { items: items.join('; ') }) : null;
  }
  return topic(world, english, answer);
}

/** The criteria that were asked for and are cited, each in one phrase. */
function required(world: World, english: English, answer: Answered): string[] {
  return [...world.criteria].flatMap(([policy, criteria]) =>
    criteria.flatMap((c) => {
      const cited = answer.citations.some((x) => x.policy === policy && x.quote === c.quote);
      const fact = c.facts.find((f) => answer.asked.includes(f));
      if (!cited || fact === undefined) return [];
      return [
        fill(english.say.criterion!, {
          city: cityName(english, world.library.policy(policy)?.meta.city),
          title: c.facts.map((f) => english.fact[f] ?? f).join(' or '),
          strength: english.strength[c.strength] ?? '',
          required: c.words.map((w) => inEnglish(english, w)).join(' or '),
        }).trim(),
      ];
    }),
  );
}

/** The topic of the first entry cited and the figures that the answer's first lines hold. */
function topic(world: World, english: English, answer: Answered): string {
  const first = answer.citations[0];
  const entry = first
    ? (world.entries.get(first.policy) ?? []).find((e) => e.at.some((a) => a.quote === first.quote))
    : undefined;
  const kind = entry ? world.topics.get(entry.topic)?.kind : undefined;
  if (!first || kind === undefined) return fill(english.say.other!, { docs: docs(world, answer) });
  const said = answer.blocks
    .flatMap((b) => (b.kind !== 'heading' && 'text' in b && b.cites.length > 0 ? [b.text] : []))
    .join('\n');
  const figures = readQuantities(said)
    .map((q) => ({ q, english: figure(q) }))
    .filter((f) => f.english !== null)
    .slice(0, FIGURES)
    .map((f) => fill(english.say.figure!, { text: f.q.text, english: f.english! }));
  return fill(english.say.topic!, {
    topic: english.kind[kind] ?? kind,
    city: cityName(english, world.library.policy(first.policy)?.meta.city),
    figures:
      figures.length > 0 ? fill(english.say.figures!, { items: [...new Set(figures)].join('; ') }) : '',
  });
}

function docs(world: World, answer: Answered): string {
  const ids = [...new Set(answer.citations.map((c) => c.policy))];
  return ids
    .map((id) => world.library.policy(id)!.meta.docNumber ?? world.library.policy(id)!.meta.title)
    .join(', ');
}

const cityName = (english: English, city: string | undefined): string =>
  english.city[city ?? ''] ?? city ?? '';

/** A requirement's words with each bound and figure in English: 不低于2000万元 → at least CNY 20,000,000. */
function inEnglish(english: English, text: string): string {
  const [q] = readQuantities(text);
  const value = q ? figure(q) : null;
  if (!q || value === null) return text;
  return `${q.bound === null ? '' : `${english.bound[q.bound] ?? ''} `}${value}`;
}

/** A figure in English; null for those that only structure a text. */
function figure(q: Quantity): string | null {
  const grouped = (n: string) => n.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  if (q.unit === 'CNY') return /^\d+$/.test(q.value) ? `CNY ${grouped(q.value)}` : null;
  if (q.unit === 'percent') return `${q.value}%`;
  if (q.unit === 'date') return q.value;
  if (q.unit === 'count' && q.exact !== null) return q.value;
  if (q.unit === 'duration' && q.measure === '年') return `${q.value} years`;
  return null;
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}
