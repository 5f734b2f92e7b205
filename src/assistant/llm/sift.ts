import type { Guard, Said } from '../guard/index.js';
import type { Evidence, Ledger } from './ledger.js';
import { simplified } from './script.js';
import type { Sentence } from './sentences.js';

/** A sentence that passed the guard, with the evidence it cites. Its text ends as a sentence does. */
export interface Kept {
  text: string;
  evidence: Evidence[];
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
 * falls in traditional characters is tried in simplified ones, as the documents and the rest of the answer are written; what was
 * tried is what is shown.
 */
export function weigh({ text, ids }: Sentence, ledger: Ledger, guard: Guard, said: Said): Kept | Dropped {
  const evidence = ids.map((id) => ledger.get(id)).filter((e) => e !== null);
  if (evidence.length < ids.length) return { text, reason: 'no-evidence', detail: ids.join(' ') };
  let words = text;
  let result = guard.check(words, evidence, said);
  if (!result.ok && simplified(text) !== text) {
    words = simplified(text);
    result = guard.check(words, evidence, said);
  }
  if (!result.ok) return { text, reason: result.reason, detail: result.detail };
  return { text: /[。！？!?]$/.test(words) ? words : `${words}。`, evidence };
}
