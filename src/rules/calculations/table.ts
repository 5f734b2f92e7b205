import { z } from 'zod';
import { insteadOf, noClause, type Policy } from '../../knowledge/index.js';
import { compareExact, readQuantities, ZERO } from '../../quantity/index.js';
import type { Quantity } from '../../quantity/types.js';
import { say } from '../say.js';
import type { ScoreItem } from './types.js';

const text = z.string().min(1);
/** An evaluation table: tasks, their indicators (a row each) and scored items, all in the document's words. */
export const tableSchema = z.array(
  z.strictObject({
    task: text,
    indicators: z.array(
      z.strictObject({
        name: text,
        clause: text,
        items: z.array(
          z.strictObject({
            id: z.string().regex(/^[a-z0-9-]+$/),
            words: text,
            least: text.optional(),
            named: z.array(text).optional(),
          }),
        ),
      }),
    ),
  }),
);

type Fail = (message: string) => never;

/** Reads the points out of the words and checks every sum the table prints: items to indicator, indicators to task. */
export function readTable(
  table: z.infer<typeof tableSchema>,
  policy: Policy,
  annex: string,
  fail: Fail,
): ScoreItem[] {
  const items: ScoreItem[] = [];
  const seen = new Set<string>();
  for (const { task, indicators } of table) {
    stands(task, annex, policy, fail);
    let ofTask = ZERO;
    for (const indicator of indicators) {
      stands(indicator.name, indicator.clause, policy, fail);
      let ofIndicator = ZERO;
      for (const { id, words, least, named } of indicator.items) {
        if (seen.has(id)) fail(say('pack.itemTwice', { id }));
        seen.add(id);
        stands(words, indicator.clause, policy, fail);
        const points = pointsOf(words, fail).exact!;
        ofIndicator = ofIndicator.add(points);
        items.push({
          id,
          task: bare(task),
          indicator: bare(indicator.name),
          clause: policy.clause(indicator.clause)!.label,
          text: bare(words),
          words,
          points,
          least: least === undefined ? null : leastOf(words, least, fail),
          named: named ?? [],
        });
      }
      sameSum(indicator.name, ofIndicator, fail);
      ofTask = ofTask.add(ofIndicator);
    }
    sameSum(task, ofTask, fail);
  }
  return items;
}

/** Words without the points in brackets at their end. */
const bare = (words: string): string => words.replace(/（\d+分）$/, '');

function stands(words: string, label: string, policy: Policy, fail: Fail): void {
  const clause = policy.clause(label) ?? fail(noClause(label, policy));
  if (policy.find(words, clause.label) === null)
    fail(say('pack.wordsNotIn', { words, clause: clause.label, instead: insteadOf(words, clause, policy) }));
}

function pointsOf(words: string, fail: Fail): Quantity {
  const found = readQuantities(words).filter((q) => q.unit === 'score');
  return found.length === 1 ? found[0]! : fail(say('pack.pointsLacking', { words }));
}

function leastOf(words: string, least: string, fail: Fail): Quantity {
  if (!words.includes(least)) fail(say('pack.leastAway', { least, words }));
  const found = readQuantities(least).filter((q) => q.exact !== null);
  return found.length === 1 && found[0]!.bound === 'at-least'
    ? found[0]!
    : fail(say('pack.leastOne', { least }));
}

function sameSum(words: string, sum: NonNullable<Quantity['exact']>, fail: Fail): void {
  const printed = pointsOf(words, fail).exact!;
  if (compareExact(printed, sum) !== 0) fail(say('pack.sumsDiffer', { words, sum: sum.toFraction() }));
}
