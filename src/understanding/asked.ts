import type { FactValue } from '../rules/types.js';
import type { Language } from './language.js';
import { normalise } from './normalise.js';
import type { Asked, Understanding } from './types.js';

/** More facts than this in one request are a list of what is needed; the next message is read for itself. */
const MANY = 6;
/** Sentences from the end of a turn that may ask. */
const LAST = 3;

/**
 * What an assistant's turn asks the user for, in whatever words: the facts named in its last questions or requests (是高新或者专精特新吗？;
 * 请补充收入和研发), and the values that it puts forward (是省级吗？). Statements of what is missing (还差2个) ask for nothing.
 * @param read the reader of a sentence, as one that the user had sent
 * @param namesOf the yes/no facts and levels that a sentence names, and the kind of unit where it names several
 */
export function askedIn(
  text: string,
  language: Language,
  focus: ReadonlySet<string>,
  read: (sentence: string, pending: string | null) => Understanding,
  namesOf: (sentence: string) => string[],
): Asked | null {
  const facts: string[] = [];
  const proposed = new Map<string, FactValue>();
  let either = false;
  for (const sentence of lastAsking(text, language)) {
    const named = namedIn(sentence, focus, read, namesOf, twinsOf(language));
    if (named.length > 1) either ||= /(或者?|还是)/.test(sentence);
    // 科研平台最高哪一级？是省级吗？: said as a statement, it tells the value that a bare yes agrees to.
    const stated = read(sentence.replace(CLOSING, ''), facts.at(-1) ?? null).mentions.filter(
      (m) => m.value.type === 'enum' && m.fact !== KIND && CLOSING.test(sentence),
    );
    for (const m of stated) proposed.set(m.fact, m.value);
    for (const f of [...named, ...stated.map((m) => m.fact)]) if (!facts.includes(f)) facts.push(f);
  }
  return facts.length === 0 || facts.length > MANY ? null : { facts, either, proposed };
}

const KIND = 'lead.kind';
/** Facts that go by the same words: of the two, the one that the rules in question read is meant. */
const twinsOf = (language: Language): Record<string, string> =>
  Object.fromEntries(
    Object.entries(language.withoutLead).flatMap(([a, b]) => [
      [a, b],
      [b, a],
    ]),
  );
/** What makes a question of a statement. */
const CLOSING = /(对吗|是吗|对吧|对不对|吗|吧)\s*[?？]+$/;

/** The facts that a sentence of the assistant names: asked for, demanded (专职研发要20人以上，够吗), or offered (章程和方案都有了吗). */
function namedIn(
  sentence: string,
  focus: ReadonlySet<string>,
  read: (sentence: string, pending: string | null) => Understanding,
  namesOf: (sentence: string) => string[],
  twins: Readonly<Record<string, string>>,
): string[] {
  const { asked, premises } = read(sentence, null);
  const names = namesOf(sentence);
  const all = [...asked, ...names, ...premises.flatMap((p) => p.fact ?? [])];
  // 属于企业、高校还是医院: kinds of unit, not counts of them.
  const units = names.includes(KIND) ? all.filter((f) => !f.startsWith('consortium.')) : all;
  return units.filter((f, i) => units.indexOf(f) === i && !(f in twins && focus.has(twins[f]!)));
}

/** The sentences at the end of a turn that ask, in order; one that only rounds it off may follow. */
function lastAsking(text: string, language: Language): string[] {
  const out: string[] = [];
  const all = sentencesOf(normalise(text));
  for (const [i, sentence] of [...all.entries()].slice(-LAST).reverse()) {
    const asks = /[?？]$/.test(sentence) || language.cues.requests.test(sentence);
    // 要求研发不低于2000万元。贵司是多少？: of what was named right before.
    const before = out.length === 0 && all[i - 1] && language.cues.asksOfBefore.test(sentence);
    if (asks) out.unshift(...(before ? [all[i - 1]!, sentence] : [sentence]));
    else if (out.length > 0) break;
  }
  return out;
}

/** A remark in brackets behind a question (（无/市级/省级）) belongs to it. */
const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[。！!？?；;\n])(?![（(])/u)
    .map((s) => s.replace(/([？?])\s*[（(][^（()）]*[)）]\s*$/, '$1').trim())
    .filter((s) => s !== '');
