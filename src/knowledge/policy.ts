import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataError } from '../errors.js';
import { normaliseLabel } from './label.js';
import { loadMeta, type Structure } from './meta.js';
import { cleanText } from './text.js';
import { parseClauses } from './tree.js';
import type { Clause, PolicyMeta } from './types.js';

/** Where words stand: the innermost clause and UTF-16 offsets into the source. */
export interface Place {
  clause: Clause;
  start: number;
  end: number;
}

/** One document: its metadata, its source byte for byte, and its clause tree. */
export class Policy {
  readonly #byLabel = new Map<string, Clause>();
  /** The source without white space, and where each of its characters stands. */
  readonly #squeezed: string;
  readonly #positions: Uint32Array;

  constructor(
    readonly meta: PolicyMeta,
    readonly source: string,
    /** In document order. */
    readonly clauses: readonly Clause[],
    private readonly structure: Structure,
  ) {
    for (const clause of clauses) {
      const key = normaliseLabel(clause.label);
      if (!this.#byLabel.has(key)) this.#byLabel.set(key, clause);
    }
    const positions: number[] = [];
    let squeezed = '';
    for (let i = 0; i < source.length; i++) {
      if (/\s/.test(source[i]!)) continue;
      squeezed += source[i];
      positions.push(i);
    }
    this.#squeezed = squeezed;
    this.#positions = Uint32Array.from(positions);
  }

  /** The clause of a label, tolerant of how people write it (第6条第2项, 三(一), 三、（一）); null when there is none. */
  clause(label: string): Clause | null {
    return this.#byLabel.get(normaliseLabel(label)) ?? null;
  }

  /**
   * Words verbatim, white space aside. `within` limits the search to a clause and its children.
   * @returns the innermost clause that holds the first occurrence, or null.
   */
  find(quote: string, within?: string): Place | null {
    const wanted = quote.replace(/\s+/g, '');
    if (wanted === '') return null;
    const scope = within === undefined ? null : this.clause(within);
    if (within !== undefined && scope === null) return null;
    for (let at = this.#squeezed.indexOf(wanted); at >= 0; at = this.#squeezed.indexOf(wanted, at + 1)) {
      const start = this.#positions[at]!;
      const end = this.#positions[at + wanted.length - 1]! + 1;
      if (scope && (start < scope.start || end > scope.endAll)) continue;
      const clause = this.clauseAt(start);
      if (clause) return { clause, start, end };
    }
    return null;
  }

  /** The innermost clause whose own text holds an offset. */
  clauseAt(offset: number): Clause | null {
    let found: Clause | null = null;
    for (const clause of this.clauses) {
      if (clause.start > offset) break;
      found = clause;
    }
    return found;
  }

  /** A stretch of the source as a reader sees it. */
  text(start: number, end: number): string {
    return cleanText(this.source.slice(start, end), this.structure);
  }

  /** A clause's own words verbatim, white space dropped: what a citation may quote. */
  verbatim(clause: Clause): string {
    return this.source.slice(clause.start, clause.end).replace(/\s+/g, '');
  }
}

/**
 * Loads one policy pack: policy.yaml and source.txt.
 * @throws DataError when a file is missing, is not UTF-8, or does not fit its schema.
 */
export function loadPolicy(dir: string): Policy {
  const { meta, structure } = loadMeta(join(dir, 'policy.yaml'));
  const file = join(dir, 'source.txt');
  const source = decode(readFileSync(file), file);
  return new Policy(meta, source, parseClauses(meta.id, source, structure), structure);
}

function decode(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new DataError(file, null, `not UTF-8 (first bad byte near offset ${firstBad(bytes)}); save the document as UTF-8`);
  }
}

function firstBad(bytes: Buffer): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    const text = bytes.subarray(0, mid + 1).toString('utf8');
    if (text.slice(0, -1).includes('\ufffd')) high = mid;
    else low = mid + 1;
  }
  return Math.max(0, low - 1);
}
