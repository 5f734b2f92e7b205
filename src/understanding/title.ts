import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

const NAME = 'consortium.name';
/** A proper name, then that it is one: 甲市石墨烯创新联合体这个名字. */
const SHOWN =
  /(?<title>[^，,。？?！!；;：:“”"'「」《》\s]{4,30}?联合体)[”"」》]?[，, ]?(?:这|那|此)?个?(?:的)?(?:名字|名称|叫法)/u;
/** A proper name alone, where names are talked of. */
const PLAIN = /^[“"]?(?<title>[^，,。？?！!；;：:“”"'「」《》\s]{4,30}?联合体)/u;
/** Words that speak of consortia in general. */
const GENERAL = /备案|组建|申报|牵头|要求|规定|[的这那各每您你我]/u;

/** The planned name (“叫泉州市石墨烯创新联合体”), in the letters it was typed in. */
export function readConsortiumName(reading: Reading, original: string): FactMention[] {
  const { text, language } = reading;
  if (!reading.vocabulary.get(NAME) || language.cues.nameAsked.test(text)) return [];
  const m = language.cues.named.exec(text) ?? shown(reading);
  const title = m?.findLast((g) => g !== undefined)?.trim();
  if (!m || !title || title.length < 7 || /(什么|怎么|哪|这个|你们)/.test(title)) return [];
  // 叫人才攻关联合体 names the kind, not one of them.
  if (language.talentWords.test(title.slice(0, 8))) return [];
  const typed = original.normalize('NFKC').toLowerCase().indexOf(title);
  const value = typed >= 0 ? original.normalize('NFKC').slice(typed, typed + title.length) : title;
  return [{ fact: NAME, value: { type: 'text', value }, start: m.index, end: m.index + m[0].length }];
}

/** Whether the name is what is talked of. */
const talkedOf = ({ conversation }: Reading): boolean =>
  conversation.pending === NAME || conversation.lastTopics.includes(NAME);

/** A name that begins with a place and says more than that it is a consortium. */
function shown(reading: Reading): RegExpExecArray | null {
  const { text, places } = reading;
  const m = SHOWN.exec(text) ?? (talkedOf(reading) ? PLAIN.exec(text) : null);
  const title = m?.groups?.title;
  if (!m || title === undefined) return null;
  const at = places.find((p) => p.start === m.index);
  if (!at) return null;
  const own = title.slice(at.end - at.start).replace(/^市|创新|联合体$/gu, '');
  return own.length < 2 || GENERAL.test(own) ? null : m;
}
