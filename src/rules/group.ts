import type { Test } from './test.js';
import type { Tri } from './types.js';

/** Puts the name before a bare figure (研发强度 ≥ 5%); words such as 高新技术企业 name themselves. */
function named(part: Test, text: string): string {
  if (text.includes(part.name)) return text;
  return /^(?:[≥≤<>\d约]|至少|超过|不到|不低于|不超过)/.test(text)
    ? `${part.name} ${text}`
    : text === '是' || text === '否'
      ? `${part.name}：${text}`
      : text;
}

/** Kleene "or" and "and" over other tests. */
export function groupTest(mode: 'any' | 'all', parts: readonly Test[]): Test {
  const settles: Tri = mode === 'any' ? 'pass' : 'fail';
  const otherwise: Tri = mode === 'any' ? 'fail' : 'pass';
  const link = mode === 'any' ? ' 或 ' : '，且';
  const combine = (outcomes: Tri[]): Tri =>
    outcomes.includes(settles) ? settles : outcomes.includes('unknown') ? 'unknown' : otherwise;
  const none = parts.reduce((chance, part) => chance * (mode === 'any' ? 1 - part.chance : part.chance), 1);
  return {
    mode,
    parts,
    facts: [...new Set(parts.flatMap((part) => part.facts))],
    name: parts.map((part) => part.name).join('、'),
    required: parts.map((part) => named(part, part.required)).join(link),
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
      const given = found.flatMap((f, i) => (f.given === null ? [] : [named(parts[i]!, f.given)]));
      const gaps = found.flatMap((f, i) => (f.gap === null ? [] : [named(parts[i]!, f.gap)]));
      const outcome = combine(found.map((f) => f.outcome));
      return {
        outcome,
        given: given.length === 0 ? null : given.join('；'),
        gap: outcome === 'fail' && gaps.length > 0 ? gaps.join(link) : null,
      };
    },
    mend: () => null,
  };
}
