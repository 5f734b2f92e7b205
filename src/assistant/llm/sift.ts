import type { Guard, Said } from '../guard/index.js';
import type { Evidence, Ledger } from './ledger.js';
import { simplified } from './script.js';
import type { Sentence } from './sentences.js';

/** A sentence that passed the guard, with the evidence it cites. Its text ends as a sentence does. */
export interface Kept {
  text: string;
  evidence: Evidence[];
  /** The model's own words where some of them were left out. */
  from?: string;
}

/** A sentence that may not be shown. */
export interface Dropped {
  text: string;
  reason: string;
  detail: string;
}

/** What became of a draft. */
export interface Sifted {
  kept: Kept[];
  dropped: Dropped[];
}

/**
 * Holds one sentence against what it cites. One that falls is held against the whole clause that was quoted from, and cites the
 * part of it that says so. One without a mark is held against the evidence most like it, and code cites; one with an unknown mark
 * falls. What cites and falls is tried again without the words it is led in or out with, under its city's name, in simplified
 * characters: what passed is what is shown, to the letter.
 */
export function weigh(written: Sentence, ledger: Ledger, guard: Guard, said: Said): Kept | Dropped {
  const { text, ids } = filled(written, ledger);
  const cited = ids.map((id) => ledger.get(id)).filter((e) => e !== null);
  if (cited.length < ids.length) return { text, reason: 'no-evidence', detail: ids.join(' ') };
  let fault: { reason: string; detail: string } | null = null;
  const passes = (
    words: string,
    evidence: readonly Evidence[],
    clauses: readonly Evidence[] = [],
  ): boolean => {
    const result = guard.check(words, evidence, said, clauses);
    if (!result.ok) fault ??= { reason: result.reason, detail: result.detail };
    return result.ok;
  };
  const keep = (words: string, evidence: Evidence[]): Kept => ({
    text: ended(words),
    evidence,
    ...(words === text ? {} : { from: text }),
  });
  // A polite word cites nothing and says nothing.
  if (ids.length === 0 && passes(text, [])) return keep(text, []);
  const sources = cited.length > 0 ? [cited] : alike(text, ledger.all()).map((e) => [e]);
  for (const less of cited.length > 0 ? [false, true] : [false])
    for (const evidence of sources)
      for (const words of less ? shorter(text, ledger, evidence) : asWritten(text, ledger, evidence)) {
        if (less && !tells(words, evidence)) continue;
        if (passes(words, evidence)) return keep(words, evidence);
        const wider = [...evidence, ...evidence.flatMap((e) => ledger.clauseOf(e).slice(0, 1))];
        if (wider.length > evidence.length && passes(words, wider))
          return keep(
            words,
            narrowed(wider, (fewer) => passes(words, fewer), ledger),
          );
        // In other words and another order: said of whole clauses, and never of a sentence that something was left out of.
        const clauses = less ? [] : evidence.flatMap((e) => ledger.toldOf(e));
        if (clauses.length > 0 && passes(words, evidence, clauses))
          return keep(
            words,
            narrowed(clauses, (fewer) => passes(words, evidence, fewer), ledger),
          );
      }
  return { text, ...fault! };
}

/** How a model points at a figure: {{c3:1}} is the first of what c3 quotes. */
const POINTER = /\{\{\s*([a-z]\d{1,3})\s*[:：]\s*(\d{1,2})\s*\}\}/gi;

/** With every figure that the sentence points at as the document has it. What points at none stays, and the guard drops it. */
function filled({ text, ids }: Sentence, ledger: Ledger): Sentence {
  const pointed: string[] = [];
  const out = text.replace(POINTER, (mark, id: string, n: string) => {
    const figure = ledger.figuresIn(id.toLowerCase())[Number(n) - 1];
    if (figure !== undefined) pointed.push(id.toLowerCase());
    return figure ?? mark;
  });
  return { text: out, ids: [...new Set([...ids, ...pointed])] };
}

/** With one stop at its end. */
function ended(words: string): string {
  const [stop] = /(?<![。！？!?])[。！？!?]+$/.exec(words) ?? ['。'];
  return words.replace(/(?<![。！？!?，、：；,:;\s])[。！？!?，、：；,:;\s]+$/, '') + stop[0]!;
}

/** Most evidence that a sentence without a mark is held against. */
const MOST_ALIKE = 4;

/** The evidence that shares most pairs of neighbouring characters with a sentence, most first. */
function alike(text: string, evidence: readonly Evidence[]): Evidence[] {
  const held = evidence.map((e) => ({ e, pairs: pairsHeld(text, e.text, '') }));
  return held
    .filter(({ e, pairs }) => e.citations.length > 0 && pairs >= LEAST)
    .sort((a, b) => b.pairs - a.pairs)
    .slice(0, MOST_ALIKE)
    .map(({ e }) => e);
}

/** As little evidence as a sentence passes with, and of a clause the smallest part. */
function narrowed(
  evidence: readonly Evidence[],
  passes: (fewer: readonly Evidence[]) => boolean,
  ledger: Ledger,
): Evidence[] {
  let left = [...evidence];
  for (const e of evidence) {
    const fewer = left.filter((x) => x !== e);
    if (fewer.length > 0 && passes(fewer)) left = fewer;
  }
  return left.map((e) => {
    const parts = ledger.clauseOf(e);
    if (parts[0] !== e) return e;
    const others = left.filter((x) => x !== e);
    const sorted = [...parts.slice(1)].sort((a, b) => a.text.length - b.text.length);
    return sorted.find((part) => passes([...others, part])) ?? e;
  });
}

/** What ends so is only what something is said of. */
const CONDITION = /(?:的|时|后|前|者|期间)。?$/;

/** Shortest sentence that is left of one, in characters. */
const SHORTEST = 8;

/** A sentence as written, in simplified characters, under its city's name. */
function asWritten(text: string, ledger: Ledger, evidence: readonly Evidence[]): string[] {
  const city = ledger.cityName(evidence);
  const plain = simplified(text);
  const named = city === null || plain.includes(city) ? [] : [`${city}：${plain}`];
  return [...new Set([text, plain, ...named])];
}

/**
 * A sentence with less of it. What is left out stood before the first comma or colon, or behind the last comma; where it names
 * another city the rest may be said of that one, and is not shown.
 */
function shorter(text: string, ledger: Ledger, evidence: readonly Evidence[]): string[] {
  const plain = simplified(text);
  const opened = plain.replace(/^[^，：,:]{1,24}[，：,:]/, '');
  const closed = (s: string) => s.replace(/(?:——.*|，(?!或|且|和|并)[^，。；\d]{1,24})。?$/, '。');
  const city = ledger.cityName(evidence);
  return [opened, closed(plain), closed(opened)]
    .filter(
      (s) =>
        s !== plain &&
        s.length >= SHORTEST &&
        balanced(s) &&
        !CONDITION.test(s) &&
        !ledger.namesOther(without(plain, s), city),
    )
    .flatMap((s) => (city === null || s.includes(city) ? [s] : [s, `${city}：${s}`]));
}

/** What was left out of a sentence. */
function without(sentence: string, less: string): string {
  const at = sentence.indexOf(less.replace(/。$/, ''));
  return at < 0 ? sentence : `${sentence.slice(0, at)}，${sentence.slice(at + less.length - 1)}`;
}

/** Neighbouring pairs of the evidence that a shortened sentence holds at least. */
const LEAST = 4;

function tells(words: string, evidence: readonly Evidence[]): boolean {
  const text = evidence.map((e) => e.text).join('\n');
  // The title alone (泉州市创新联合体管理办法) tells nothing.
  const titles = evidence.flatMap((e) => e.text.split('\n').slice(0, 1)).join('\n');
  return pairsHeld(words, text, titles) >= LEAST;
}

/** How many pairs of neighbouring characters of a text another holds and a third does not. */
function pairsHeld(words: string, text: string, not: string): number {
  let held = 0;
  for (let i = 0; i + 2 <= words.length; i++) {
    const pair = words.slice(i, i + 2);
    if (/^[\p{L}\p{N}]{2}$/u.test(pair) && text.includes(pair) && !not.includes(pair)) held++;
  }
  return held;
}

const balanced = (s: string): boolean =>
  ['“”', '（）', '《》', '‘’'].every(([open, close]) => s.split(open!).length === s.split(close!).length);
