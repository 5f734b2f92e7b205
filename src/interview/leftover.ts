import { quantityRange, readQuantities } from '../quantity/index.js';
import type { FactSpec, Facts, Vocabulary } from '../rules/index.js';
import type { FactMention, Understanding } from '../understanding/index.js';
import type { Listening } from './meaning.js';
import type { Words } from './words.js';

/** A figure that is not said to be of anything, with the facts that it may be of. */
export interface Leftover {
  said: string;
  facts: string[];
}

/** Facts that a figure of a unit may be of. */
const FIGURES: Record<string, FactSpec['type'] | undefined> = {
  CNY: 'money',
  percent: 'percent',
  count: 'count',
};
/** Characters beside a figure that say nothing of it (去年, 左右). */
const BESIDE = 5;
/** The measure word of anything. */
const ANY = '个';

/** 团队20个人: the first figure of a sentence that is left over, where facts still to be told are counted so. */
export function leftoverOf(
  u: Understanding,
  sentence: string,
  at: Listening,
  facts: Facts,
  words: Words,
  vocabulary: Vocabulary,
): Leftover | null {
  if (words.is('question', sentence) || words.is('change', sentence)) return null;
  const measures = new Set(vocabulary.specs.flatMap((s) => s.measures));
  for (const { text: figure, unit, candidates } of u.open) {
    // 20个 of 20个人.
    const next = sentence.charAt(sentence.indexOf(figure) + figure.length);
    const text = figure.endsWith(ANY) && measures.has(next) ? figure + next : figure;
    const types = FIGURES[unit];
    // Of the kind that was asked for: it is an answer that could not be read.
    if (at.asking !== null && vocabulary.get(at.asking)!.type === types) continue;
    const fits = (id: string) => {
      const spec = vocabulary.get(id)!;
      if (facts.has(id) || spec.type !== types) return false;
      // 3家 is no number of persons; 三十个 may be of anything.
      const measure = /\p{L}$/u.exec(text)?.[0];
      const named = spec.measures.some((m) => measure === m) || measure === undefined || measure === ANY;
      return spec.type !== 'count' || named;
    };
    const near = candidates.filter((id) => at.focus.has(id) && fits(id));
    const all = near.length > 0 ? near : [...at.focus].filter(fits);
    if (all.length > 0) return { said: text, facts: all };
    // Nothing that is judged is counted so; said only where nothing else was heard.
    const counted = [...at.focus].some((id) => vocabulary.get(id)!.type === types);
    if (!counted && types !== undefined && sentence.length <= text.length + BESIDE)
      return { said: text, facts: [] };
  }
  return null;
}

/** 营收5亿左右, where 5亿 is asked for, settles nothing: it is noted as what it is, and the exact figure is asked for in its turn. */
export function withVague(u: Understanding): Understanding {
  const vague = u.vague.flatMap(({ fact, text }): FactMention[] => {
    const [q] = readQuantities(text);
    const range = q ? quantityRange(q) : null;
    const start = u.text.indexOf(text);
    if (range === null || start < 0 || u.mentions.some((m) => m.fact === fact)) return [];
    return [{ fact, value: { type: 'number', range }, start, end: start + text.length }];
  });
  return vague.length === 0 ? u : { ...u, mentions: [...u.mentions, ...vague] };
}
