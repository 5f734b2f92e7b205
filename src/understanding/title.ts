import type { Reading } from './reader.js';
import type { FactMention } from './types.js';

const NAME = 'consortium.name';

/** The planned name (“叫泉州市石墨烯创新联合体”), in the letters it was typed in. */
export function readConsortiumName(reading: Reading, original: string): FactMention[] {
  const { text, language } = reading;
  if (!reading.vocabulary.get(NAME) || language.cues.nameAsked.test(text)) return [];
  const m = language.cues.named.exec(text);
  const title = m?.findLast((g) => g !== undefined)?.trim();
  if (!m || !title || title.length < 7 || /(什么|怎么|哪|这个|你们)/.test(title)) return [];
  // 叫人才攻关联合体 names the kind, not one of them.
  if (language.talentWords.test(title.slice(0, 8))) return [];
  const typed = original.normalize('NFKC').toLowerCase().indexOf(title);
  const value = typed >= 0 ? original.normalize('NFKC').slice(typed, typed + title.length) : title;
  return [{ fact: NAME, value: { type: 'text', value }, start: m.index, end: m.index + m[0].length }];
}
