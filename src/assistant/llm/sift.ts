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
 * Holds one sentence against what it cites. A sentence without a mark cites nothing; one with an unknown mark falls. One that
 * falls is tried again without the words it is led in or out with, under its city's name, in simplified characters: what passed
 * is what is shown, to the letter.
 */
export function weigh({ text, ids }: Sentence, ledger: Ledger, guard: Guard, said: Said): Kept | Dropped {
  const evidence = ids.map((id) => ledger.get(id)).filter((e) => e !== null);
  if (evidence.length < ids.length) return { text, reason: 'no-evidence', detail: ids.join(' ') };
  const city = ledger.cityName(evidence);
  let fault: { reason: string; detail: string } | null = null;
  for (const words of readings(text, evidence.length > 0 ? city : null)) {
    // What is left of a sentence must still say something.
    if (fault !== null && !tells(words, evidence)) continue;
    const result = guard.check(words, evidence, said);
    if (result.ok) {
      const shown = /[。！？!?]$/.test(words) ? words : `${words}。`;
      return { text: shown, evidence, ...(words === text ? {} : { from: text }) };
    }
    fault ??= { reason: result.reason, detail: result.detail };
  }
  return { text, ...fault! };
}

/** Shortest sentence that is left of one, in characters. */
const SHORTEST = 8;

/** A sentence as written, then with less of it. What is left out stood before the first comma or colon, or behind the last comma. */
function* readings(text: string, city: string | null): Generator<string> {
  yield text;
  const plain = simplified(text);
  if (plain !== text) yield plain;
  // A sentence that cites nothing has nothing to be cut down to.
  if (city === null) return;
  const opened = plain.replace(/^[^，：,:]{1,24}[，：,:]/, '');
  const closed = (s: string) => s.replace(/，(?!或|且|和|并)[^，。；\d]{1,24}。?$/, '。');
  const less = [opened, closed(plain), closed(opened)].filter(
    (s) => s !== plain && s.length >= SHORTEST && balanced(s),
  );
  yield* less;
  for (const s of [plain, ...less]) if (!s.includes(city)) yield `${city}：${s}`;
}

/** Neighbouring pairs of the evidence that a shortened sentence holds at least. */
const LEAST = 4;

function tells(words: string, evidence: readonly Evidence[]): boolean {
  const text = evidence.map((e) => e.text).join('\n');
  const own = evidence.flatMap((e) => e.text.split('\n').slice(0, 1)).join('\n');
  let held = 0;
  for (let i = 0; i + 2 <= words.length; i++) {
    const pair = words.slice(i, i + 2);
    // The title alone (泉州市创新联合体管理办法) tells nothing.
    if (/^[\p{L}\p{N}]{2}$/u.test(pair) && text.includes(pair) && !own.includes(pair)) held++;
  }
  return held >= LEAST;
}

const balanced = (s: string): boolean =>
  ['“”', '（）', '《》', '‘’'].every(([open, close]) => s.split(open!).length === s.split(close!).length);
