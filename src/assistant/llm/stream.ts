import type { Guard, Said } from '../guard/index.js';
import type { Ledger } from './ledger.js';
import { splitSentences } from './sentences.js';
import { type Kept, type Sifted, weigh } from './sift.js';

/** Most sentences of a model that one answer shows. */
const MOST = 5;
/** Longest draft that is read, in characters. */
const LONGEST = 4000;
/** A sentence with its end and the marks behind it, when something follows that belongs to neither. */
const WHOLE =
  /^(?:[^。！？!?\n]*[。！？!?]+(?:\s*[[［【〔][^\]］】〕\n]{0,40}[\]］】〕])*(?=[^。！？!?\s[［【〔])|[^。！？!?\n]*[。！？!?]*[^\n]*?\n)/;

export interface SifterParts {
  ledger: Ledger;
  guard: Guard;
  /** What was said, as far as it is known; null while nothing may be shown yet. */
  said(): Said | null;
  /** Told of each sentence that may be shown, in order. */
  tell(sentence: string): void;
}

/**
 * Takes a draft as it is written, holds each sentence against the guard as soon as it is whole, and tells of those that may be
 * shown. Nothing is told of half a sentence. A sentence that cites nothing is a polite word at best: it waits for one that does.
 */
export class Sifter {
  #open = '';
  #read = 0;
  #closed = false;
  #waiting: Kept[] = [];
  #held: string[] = [];
  readonly #kept: Kept[] = [];
  readonly #dropped: Sifted['dropped'] = [];

  constructor(private readonly parts: SifterParts) {}

  /** More of the draft; a piece may end anywhere, in the middle of a figure too. */
  write(piece: string): void {
    if (this.#closed) return;
    this.#open += piece.slice(0, Math.max(0, LONGEST - this.#read));
    this.#read += piece.length;
    for (let m = WHOLE.exec(this.#open); m; m = WHOLE.exec(this.#open)) {
      this.#open = this.#open.slice(m[0].length);
      this.#take(m[0]);
    }
  }

  /** The draft, or the model's turn, is whole. */
  end(): void {
    if (this.#closed) return;
    const last = this.#open;
    this.#open = '';
    this.#take(last);
  }

  /** What is left of a turn that stopped in the middle of a sentence is no sentence. */
  cut(): void {
    this.#open = '';
  }

  /** Nothing more comes, nothing is told of any more. What is left of a reply that broke off in the middle is no sentence. */
  close(): void {
    this.#closed = true;
  }

  get sifted(): Sifted {
    return { kept: [...this.#kept], dropped: [...this.#dropped] };
  }

  #take(draft: string): void {
    if (draft.trim() !== '') this.#held.push(draft);
    const said = this.parts.said();
    if (said === null) return;
    const ready = this.#held;
    this.#held = [];
    for (const sentence of ready.flatMap((d) => splitSentences(d))) this.#weigh(sentence, said);
  }

  #weigh(sentence: { text: string; ids: string[] }, said: Said): void {
    const { ledger, guard } = this.parts;
    const found = weigh(sentence, ledger, guard, said);
    if ('reason' in found) {
      this.#dropped.push(found);
      return;
    }
    const known = [...this.#kept, ...this.#waiting];
    if (known.length >= MOST || known.some((k) => k.text === found.text)) return;
    this.#waiting.push(found);
    if (this.#kept.length === 0 && found.evidence.length === 0) return;
    for (const kept of this.#waiting.splice(0)) {
      this.#kept.push(kept);
      this.parts.tell(kept.text);
    }
  }
}
