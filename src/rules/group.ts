import { say } from './say.js';
import type { Test } from './test.js';
import type { Tri } from './types.js';

/** Kleene "or" and "and" over other tests. */
export function groupTest(mode: 'any' | 'all', parts: readonly Test[]): Test {
  const settles: Tri = mode === 'any' ? 'pass' : 'fail';
  const otherwise: Tri = mode === 'any' ? 'fail' : 'pass';
  const link = say(mode === 'any' ? 'join.or' : 'join.and');
  const combine = (outcomes: Tri[]): Tri =>
    outcomes.includes(settles) ? settles : outcomes.includes('unknown') ? 'unknown' : otherwise;
  const none = parts.reduce((chance, part) => chance * (mode === 'any' ? 1 - part.chance : part.chance), 1);
  return {
    mode,
    parts,
    facts: [...new Set(parts.flatMap((part) => part.facts))],
    name: parts.map((part) => part.name).join(say('join.list')),
    named: (text) => text,
    required: parts.map((part) => part.named(part.required)).join(link),
    chance: mode === 'any' ? 1 - none : none,
    outcome(facts, asOf) {
      let open = false;
      for (const part of parts) {
        const outcome = part.outcome(facts, asOf);
        if (outcome === settles) return settles;
        if (outcome === 'unknown') open = true;
      }
      return open ? 'unknown' : otherwise;
    },
    finding(facts, asOf) {
      const found = parts.map((part) => part.finding(facts, asOf));
      const given = found.flatMap((f, i) => (f.given === null ? [] : [parts[i]!.named(f.given)]));
      const gaps = found.flatMap((f, i) => (f.gap === null ? [] : [parts[i]!.named(f.gap)]));
      const outcome = combine(found.map((f) => f.outcome));
      return {
        outcome,
        given: given.length === 0 ? null : given.join(say('join.given')),
        gap: outcome === 'fail' && gaps.length > 0 ? gaps.join(link) : null,
      };
    },
    mend: () => null,
  };
}
