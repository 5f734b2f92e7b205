import { join } from 'node:path';
import { checkAnchored } from './anchored.js';
import { labelSteps, otherSteps } from './label.js';
import { loadMeta, type Structure } from './meta.js';
import { cleanText } from './text.js';
import { parseClauses } from './tree.js';
import type { Clause, PolicyMeta } from './types.js';
import { readUtf8 } from './yaml.js';

/** Where words stand: the innermost clause and UTF-16 offsets into the source. */
export interface Place {
  clause: Clause;
  start: number;
  end: number;
}

/** No label is longer; whoever pastes a page is not looking for a clause. */
const LONGEST = 200;

const squeeze = (s: string): string => s.replace(/\s+/g, '');

/** One document: its metadata, its source byte for byte, and its clause tree. */
export class Policy {
  /** By its steps, and by the label as the tree writes it. */
  readonly #byLabel = new Map<string, Clause>();
  readonly #byWords: ReadonlyMap<string, Clause>;
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
      const key = labelSteps(clause.label).join('/');
      if (!this.#byLabel.has(key)) this.#byLabel.set(key, clause);
    }
    this.#byWords = new Map(clauses.map((c) => [c.label, c]));
    this.#squeezed = squeeze(source);
    this.#positions = new Uint32Array(this.#squeezed.length);
    let next = 0;
    for (const run of source.matchAll(/\S+/g))
      for (let i = 0; i < run[0].length; i++) this.#positions[next++] = run.index + i;
  }

  /**
   * The clause of a label, tolerant of how people write it (第6条第2项, 三(一), 三、申报条件（一）, 附件三 责任体系); null
   * when there is none. Headings in the label must be those of the clause.
   */
  clause(label: string): Clause | null {
    if (label.length > LONGEST) return null;
    const own = this.#byWords.get(label);
    if (own) return own;
    const steps = labelSteps(label);
    for (const way of [steps, ...otherSteps(steps)]) {
      const found = this.#byLabel.get(way.join('/')) ?? this.#withHeadings(way);
      if (found) return found;
    }
    return null;
  }

  /** The clause of steps with headings among them, which must stand on its path. */
  #withHeadings(steps: readonly string[]): Clause | null {
    const isNumber = (s: string) => /^[附章条]?\d*$/.test(s);
    for (let kept = 0; kept < steps.length; kept++) {
      // Own names of clauses (申请表, 责任体系) stand first; what follows them as words is a heading.
      const bare = steps.filter((s, i) => isNumber(s) || i < kept);
      const found = this.#byLabel.get(bare.join('/'));
      if (!found) continue;
      const path = squeeze(found.path.join('') + (found.heading ?? ''))
        .normalize('NFKC')
        .replace(/[、，,“”]/g, '');
      if (steps.every((s) => isNumber(s) || path.includes(s))) return found;
    }
    return null;
  }

  /**
   * Words verbatim, white space aside. `within` limits the search to a clause and its children.
   * @returns the innermost clause that holds the first occurrence, or null.
   */
  find(quote: string, within?: string): Place | null {
    const wanted = squeeze(quote);
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
 * @throws DataError when a file is missing, is not UTF-8, does not fit its schema, or says what the document does not.
 */
export function loadPolicy(dir: string): Policy {
  const file = join(dir, 'policy.yaml');
  const { meta, structure, refuse } = loadMeta(file);
  const source = readUtf8(join(dir, 'source.txt'));
  const clauses = parseClauses(meta.id, source, structure, refuse);
  checkAnchored(meta, source, refuse);
  return new Policy(meta, source, clauses, structure);
}
