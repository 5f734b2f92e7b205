import { type Check, drop } from '../context.js';
import { harmless } from '../lexicon.js';
import { has, mask } from '../text.js';

/** Ranks and certificates stand, to the letter, in the evidence. */
export const levels: Check = ({ s, text, figures, lexicon }) => {
  const open = harmless(lexicon, s);
  for (const f of figures) open.fill(1, f.q.outerStart, f.q.outerEnd);
  for (const m of s.matchAll(lexicon.re.levels)) {
    if (open[m.index] !== 1 && !text.includes(m[0])) return drop('level', m[0]);
  }
  return null;
};

/** Strength words are the evidence's own, or of the same strength. */
export const strengths: Check = ({ s, proofs, text, figures, lexicon }) => {
  const free = mask(s, lexicon.innocent);
  for (const m of s.matchAll(lexicon.re.plain))
    if (m[0].length > 2) free.fill(1, m.index, m.index + m[0].length);
  for (const f of figures) free.fill(1, f.q.outerStart, f.q.outerEnd);
  const taken = new Uint8Array(s.length);
  const hits = lexicon.strengths
    .flatMap(([name, re]) => [...s.matchAll(re)].map((m) => ({ name, re, at: m.index, word: m[0] })))
    .sort((a, b) => b.word.length - a.word.length);
  const soft = proofs.some((p) => p.strength === 'principle' || has(lexicon.re.softeners, p.text));
  const asked = proofs.some((p) => p.strength === 'must' || p.strength === 'principle');
  for (const { name, re, at, word } of hits) {
    if (free[at] === 1 || taken[at] === 1 || taken[at + word.length - 1] === 1) continue;
    taken.fill(1, at, at + word.length);
    // One character says little: it stands with its neighbour.
    if (text.includes(word.length > 1 ? word : s.slice(at, at + 2))) continue;
    const classed =
      (name === 'ask' && (asked || has(re, text) || /[应须要]|不低于|以上/.test(text))) ||
      (name === 'must' && !soft && /必须|应|须/.test(text)) ||
      (name === 'principle' && has(re, text)) ||
      (name === 'forbid' && has(re, text));
    if (!classed) return drop('strength', word);
  }
  return null;
};

/** A denial stands, with its next character, in the evidence. */
export const negations: Check = ({ s, text, figures, lexicon }) => {
  const free = mask(s, lexicon.innocent);
  for (const f of figures) free.fill(1, f.q.outerStart, f.q.outerEnd);
  for (const m of s.matchAll(lexicon.re.negations)) {
    const pair = s.slice(m.index, m.index + 2);
    if (free[m.index] !== 1 && !text.includes(pair)) return drop('negation', pair);
  }
  return null;
};
