import { addYears, compareDates, writeDate } from '../quantity/index.js';
import { EVEN, NOT_BARRED, ofList, ofYes } from './prior.js';
import { say } from './say.js';
import { figureOf, LEAF, nameOf, OPEN, type Test, wordsOf } from './test.js';
import type { FactSpec, Facts, FactValue } from './types.js';

/** A level (平台级别) at least as high as the one the clause names. */
export function levelTest(spec: FactSpec, least: string): Test {
  const order = new Map(spec.values.map((v, i) => [v.id, i]));
  const label = new Map(spec.values.map((v) => [v.id, v.label]));
  const floor = order.get(least)!;
  return {
    ...LEAF,
    facts: [spec.id],
    ...figureOf(spec),
    required: `≥ ${label.get(least)}`,
    chance: ofList(spec.values.length - floor, spec.values.length),
    outcome(facts) {
      const value = facts.get(spec.id);
      if (value?.type !== 'enum') return 'unknown';
      return order.get(value.value)! >= floor ? 'pass' : 'fail';
    },
    finding(facts, asOf) {
      const value = facts.get(spec.id);
      if (value?.type !== 'enum') return OPEN;
      const outcome = this.outcome(facts, asOf);
      return {
        outcome,
        given: label.get(value.value)!,
        gap: outcome === 'fail' ? say('check.level', { level: label.get(least)! }) : null,
      };
    },
    mend(facts, asOf) {
      if (this.outcome(facts, asOf) !== 'fail') return null;
      return {
        fact: spec.id,
        to: { type: 'enum', value: least },
        text: say('mend.level', { name: nameOf(spec), level: label.get(least)! }),
      };
    },
  };
}

/** A yes/no fact, or one of the kinds that the clause names. */
export function isTest(spec: FactSpec, allowed: readonly (string | boolean)[], words: string): Test {
  return {
    ...LEAF,
    facts: [spec.id],
    name: nameOf(spec),
    named: (text) =>
      text === say('check.yes')
        ? say('check.namedYes', { name: nameOf(spec) })
        : text === say('check.no')
          ? say('check.namedNo', { name: nameOf(spec) })
          : text,
    required: words,
    chance: spec.type === 'boolean' ? ofYes(allowed) : ofList(allowed.length, spec.values.length),
    outcome(facts) {
      const value = facts.get(spec.id);
      if (value?.type !== 'boolean' && value?.type !== 'enum') return 'unknown';
      return allowed.includes(value.value) ? 'pass' : 'fail';
    },
    finding(facts, asOf) {
      const value = facts.get(spec.id);
      if (value?.type !== 'boolean' && value?.type !== 'enum') return OPEN;
      return { outcome: this.outcome(facts, asOf), given: writeKind(spec, value), gap: null };
    },
    mend(facts, asOf) {
      if (this.outcome(facts, asOf) !== 'fail') return null;
      const value = allowed[0]!;
      if (typeof value === 'boolean')
        return {
          fact: spec.id,
          to: { type: 'boolean', value },
          text: say(value ? 'mend.yes' : 'mend.no', { label: spec.label }),
        };
      const labels = spec.values.filter((v) => allowed.includes(v.id)).map((v) => v.label);
      return {
        fact: spec.id,
        to: null,
        text: say('mend.oneOf', { label: spec.label, values: labels.join(say('join.list')) }),
      };
    },
  };
}

function writeKind(spec: FactSpec, value: Extract<FactValue, { type: 'boolean' | 'enum' }>): string {
  if (value.type === 'boolean') return say(value.value ? 'check.yes' : 'check.no');
  return spec.values.find((v) => v.id === value.value)!.label;
}

/**
 * A ban of some years since a date, or never. The corresponding day still belongs to the ban
 * (Civil Code of the PRC, Articles 201 and 202). A date after the as-of day bars nothing yet.
 */
export function barredTest(spec: FactSpec, years: number, words: string): Test {
  const since = (facts: Facts): { first: string; last: string } | null => {
    const value = facts.get(spec.id);
    return value?.type !== 'date' ? null : { first: value.value, last: value.latest ?? value.value };
  };
  const on = (date: string, asOf: string): 'pass' | 'fail' =>
    date === spec.orWord || compareDates(date, asOf) > 0 || compareDates(asOf, addYears(date, years)) > 0
      ? 'pass'
      : 'fail';
  const until = (date: string) => say('check.barredUntil', { date: writeDate(addYears(date, years)) });
  return {
    ...LEAF,
    facts: [spec.id],
    ...wordsOf(spec),
    required: say('check.barredRequired', { words }),
    chance: NOT_BARRED,
    outcome(facts, asOf) {
      const date = since(facts);
      if (date === null) return 'unknown';
      const first = on(date.first, asOf);
      // Of a day that is only known to lie in a year, what holds for its first and its last possible day holds.
      return first === on(date.last, asOf) || compareDates(date.last, asOf) > 0 ? first : 'unknown';
    },
    finding(facts, asOf) {
      const date = since(facts);
      if (date === null) return OPEN;
      const outcome = this.outcome(facts, asOf);
      return {
        outcome,
        given:
          date.first === spec.orWord
            ? say('check.barredNever')
            : date.first === date.last
              ? writeDate(date.first)
              : say('check.barredBetween', { first: writeDate(date.first), last: writeDate(date.last) }),
        gap: outcome === 'fail' && date.first === date.last ? until(date.first) : null,
      };
    },
    mend(facts, asOf) {
      if (this.outcome(facts, asOf) !== 'fail') return null;
      return { fact: spec.id, to: null, text: until(since(facts)!.last) };
    },
  };
}

/** How a pattern with blanks (runs of X or ×) is told from a name: the regular expression of the names that fit. */
export function namePattern(pattern: string): RegExp {
  // The bracketed hint in a pattern (关键细分领域) explains the blank before it; a real name does not repeat it.
  const blanks = pattern.replace(/（[^）]*）/g, '').split(/[X×Ｘ]+/);
  const escaped = blanks.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // A blank is filled with words: something to read in it, and not the blank's own crosses.
  return new RegExp(`^${escaped.join('(?![X×Ｘ＊*]{2})[^\\p{L}\\p{N}]*[\\p{L}\\p{N}].*')}$`, 'u');
}

/** A name without the spaces and quotation marks around and inside it. */
export const cleanName = (name: string): string => name.replace(/[\s“”"'‘’《》「」]/g, '');

/** A name that fits the pattern a clause prints; runs of X or × stand for any words. */
export function patternTest(spec: FactSpec, pattern: string): Test {
  const regex = namePattern(pattern);
  return {
    ...LEAF,
    facts: [spec.id],
    ...wordsOf(spec),
    required: say('check.pattern', { pattern }),
    chance: EVEN,
    outcome(facts) {
      const value = facts.get(spec.id);
      if (value?.type !== 'text') return 'unknown';
      return regex.test(cleanName(value.value)) ? 'pass' : 'fail';
    },
    finding(facts, asOf) {
      const value = facts.get(spec.id);
      if (value?.type !== 'text') return OPEN;
      return { outcome: this.outcome(facts, asOf), given: value.value, gap: null };
    },
    mend(facts, asOf) {
      if (this.outcome(facts, asOf) !== 'fail') return null;
      return { fact: spec.id, to: null, text: say('mend.pattern', { name: nameOf(spec), pattern }) };
    },
  };
}
