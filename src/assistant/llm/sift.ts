import type { Guard, Said } from '../guard/index.js';
import type { Evidence, Ledger } from './ledger.js';
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

/** Holds one sentence against what it cites. A sentence without a mark cites nothing; one with an unknown mark falls. */
export function weigh({ text, ids }: Sentence, ledger: Ledger, guard: Guard, said: Said): Kept | Dropped {
  const evidence = ids.map((id) => ledger.get(id)).filter((e) => e !== null);
  if (evidence.length < ids.length) return { text, reason: 'no-evidence', detail: ids.join(' ') };
  const result = guard.check(text, evidence, said);
  if (!result.ok) return { text, reason: result.reason, detail: result.detail };
  return { text: /[。！？!?]$/.test(text) ? text : `${text}。`, evidence };
}
