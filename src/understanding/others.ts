import type { Language } from './language.js';

/** A stretch of text that speaks of somebody else's unit. */
export interface Stretch {
  start: number;
  end: number;
}

/**
 * Where a question speaks of a unit that is not the asker's: “我们客户去年3亿，我们自己1.5亿”, “同行那家5亿都没批”. From the word for
 * the other to the next word for the asker, or to the end of the sentence. A customer spoken of alone is whom the question
 * is asked for, so somebody else is meant only beside the asker, or where their case is told as an example (就过了, 都没批).
 */
export function ofOthers(text: string, language: Language): Stretch[] {
  const { cues } = language;
  const persons = [...text.matchAll(cues.person)].map((m) => m.index);
  const out: Stretch[] = [];
  for (const m of text.matchAll(cues.otherOwner)) {
    const start = m.index;
    const inside = start + m[0].length;
    if (out.some((o) => start < o.end)) continue;
    // 拉了一家骨干企业，人家营收1.5亿: the backbone enterprise, whose figures are facts.
    if (/^(人家|那家|对方)/.test(m[0]) && cues.backboneOwner.test(text.slice(0, start))) continue;
    const stop = /[。；;！!？?\n]/.exec(text.slice(inside));
    const sentence = stop ? inside + stop.index : text.length;
    const own = persons.find((p) => p >= inside);
    const segment = /[，,。；;！!？?\n]/.exec(text.slice(inside));
    const phrase = segment ? inside + segment.index : text.length;
    const precedent = cues.precedent.test(text.slice(inside, phrase));
    const earlier = persons.some((p) => p < start) && !cues.onBehalf.test(text.slice(0, start));
    if (own !== undefined) out.push({ start, end: Math.min(own, sentence) });
    else if (precedent) out.push({ start, end: phrase });
    else if (earlier) out.push({ start, end: sentence });
  }
  return out;
}

/** Whether a place in the text lies in one of the stretches. */
export const within = (stretches: readonly Stretch[], at: number): boolean =>
  stretches.some((s) => at >= s.start && at < s.end);
