import { existsSync } from 'node:fs';
import { z } from 'zod';
import { DataError } from '../../errors.js';
import { gravest, insteadOf, issueText, noClause, type Policy, readYaml } from '../../knowledge/index.js';
import { readQuantities } from '../../quantity/index.js';
import type { Quantity, Unit } from '../../quantity/types.js';
import { say } from '../say.js';
import type { Vocabulary } from '../vocabulary.js';
import { TERM_MONTHS } from './dates.js';
import { readTable, tableSchema } from './table.js';
import type { Calculation, CalculationKind } from './types.js';

/** The figures each kind needs (`?` optional), with the units their words may hold. Patterns hold no figure. */
const FIGURES: Record<CalculationKind, Record<string, readonly Unit[] | 'pattern'>> = {
  matching: { share: ['percent'], cap: ['CNY'] },
  average: { years: ['duration'], 'limit?': ['CNY'] },
  ratio: { years: ['duration'], 'limit?': ['percent'] },
  share: { limit: ['percent'] },
  exclusion: { term: ['duration'] },
  annual: { 'day?': ['monthday'] },
  periodic: { term: ['duration'] },
  validity: { term: ['duration'] },
  'in-force': { 'term?': ['duration'] },
  name: { pattern: 'pattern' },
  score: {},
};

const text = z.string().min(1);
const schema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  kind: z.enum(Object.keys(FIGURES) as [CalculationKind, ...CalculationKind[]]),
  title: text,
  clause: text,
  quote: text,
  figures: z.record(z.string(), text),
  fact: text.optional(),
  of: text.optional(),
  note: text.optional(),
  table: tableSchema.optional(),
  told: z
    .strictObject({
      done: z.array(text),
      denied: z.array(text),
      each: z.array(text),
      aside: text.optional(),
    })
    .optional(),
});

const squeeze = (s: string): string => s.replace(/\s+/g, '');

/**
 * Reads a policy's calculations.yaml; an absent file is no calculations. Every quote must stand in its clause, every
 * figure's words in the quote, and exactly one figure of the right kind in the words.
 * @throws DataError with file, line, calculation and what would be accepted.
 */
export function loadCalculations(file: string, policy: Policy, vocabulary: Vocabulary): Calculation[] {
  if (!existsSync(file)) return [];
  const { value: read, lineOf } = readYaml(file);
  const raw = read ?? [];
  if (!Array.isArray(raw)) throw new DataError(file, 1, say('pack.calculationsList'));
  const seen = new Set<string>();
  return raw.map((item: unknown, i) => {
    const name = typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : `#${i + 1}`;
    const fail = (message: string): never => {
      throw new DataError(file, lineOf([i]), say('pack.calculation', { name, message }));
    };
    const parsed = schema.safeParse(item);
    if (!parsed.success) {
      const issue = gravest(parsed.error.issues);
      return fail(`${issue.path.length > 0 ? `${issue.path.join('.')}：` : ''}${issueText(issue)}`);
    }
    const data = parsed.data;
    if (seen.has(data.id)) fail(say('pack.idTwice'));
    seen.add(data.id);
    const clause = policy.clause(data.clause);
    if (clause === null) return fail(noClause(data.clause, policy));
    if (policy.find(data.quote, clause.label) === null) {
      fail(
        say('pack.quoteAway', {
          quote: data.quote,
          clause: clause.label,
          instead: insteadOf(data.quote, clause, policy),
        }),
      );
    }
    for (const id of [data.fact, data.of]) {
      if (id !== undefined && !vocabulary.get(id)) fail(say('pack.noFact', { id }));
    }
    const derive = data.fact === undefined ? null : vocabulary.get(data.fact)!.derive;
    if (data.kind === 'average' && (derive === null || !('mean' in derive))) fail(say('pack.needsMean'));
    if (data.kind === 'ratio' && (derive === null || !('ratio' in derive))) fail(say('pack.needsRatio'));
    if (data.kind === 'share' && (!data.fact || !data.of)) fail(say('pack.needsShare'));
    if ((data.kind === 'score') !== (data.table !== undefined)) fail(say('pack.needsTable'));
    return {
      policy,
      id: data.id,
      kind: data.kind,
      title: data.title,
      clause: clause.label,
      quote: data.quote,
      figures: readFigures(data, squeeze(data.quote), fail),
      fact: data.fact ?? null,
      of: data.of ?? null,
      note: data.note ?? null,
      items: data.table ? readTable(data.table, policy, clause.label, fail) : [],
      told: {
        ...(data.told ?? { done: [], denied: [], each: [] }),
        aside: data.told?.aside === undefined ? null : new RegExp(data.told.aside, 'gu'),
      },
    };
  });
}

function readFigures(
  data: z.infer<typeof schema>,
  quote: string,
  fail: (message: string) => never,
): Map<string, { words: string; quantity: Quantity | null }> {
  const wanted = FIGURES[data.kind];
  const known = Object.keys(wanted).map((name) => name.replace('?', ''));
  const stranger = Object.keys(data.figures).find((name) => !known.includes(name));
  if (stranger !== undefined)
    fail(
      say('pack.strangeFigure', {
        kind: data.kind,
        stranger,
        known: known.join('、') || say('pack.none'),
      }),
    );
  const figures = new Map<string, { words: string; quantity: Quantity | null }>();
  for (const [key, units] of Object.entries(wanted)) {
    const name = key.replace('?', '');
    const words = data.figures[name];
    if (words === undefined) {
      if (!key.endsWith('?')) fail(say('pack.figureLacking', { name }));
      continue;
    }
    if (!quote.includes(squeeze(words))) fail(say('pack.wordsNotQuoted', { words }));
    if (units === 'pattern') {
      figures.set(name, { words, quantity: null });
      continue;
    }
    const found = readQuantities(words).filter((q) => units.includes(q.unit));
    if (found.length !== 1)
      fail(
        say('pack.oneFigure', {
          words,
          units: units.map((u) => say(`unit.${u}`)).join('或'),
          n: found.length,
        }),
      );
    if (name === 'term' && !(TERM_MONTHS.has(found[0]!.measure) && found[0]!.exact?.d === 1n))
      fail(say('pack.wholeTerm', { words, measures: [...TERM_MONTHS.keys()].join('、') }));
    figures.set(name, { words, quantity: found[0]! });
  }
  return figures;
}
