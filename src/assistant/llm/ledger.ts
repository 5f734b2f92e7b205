import type { Policy } from '../../knowledge/index.js';
import { readQuantities } from '../../quantity/index.js';
import { normalise } from '../../understanding/index.js';
import { requirementLine } from '../compose/requirements.js';
import type { Proof } from '../guard/index.js';
import type { Answer, Citation } from '../types.js';
import type { World } from '../world.js';
import { also } from './names.js';
import { saidOf, splitByLead, wordsOf } from './said.js';
import { stretchesOf } from './stretches.js';

/** A proof with the citations that an answer shows for it. */
export interface Evidence extends Proof {
  citations: Citation[];
}

/** The evidence of one question: what the offline plan found and what tools added, each with an id a model can point at. */
export class Ledger {
  readonly #byId = new Map<string, Evidence>();
  readonly #clauses = new Map<string, readonly Evidence[]>();
  readonly #told = new Map<string, readonly Evidence[]>();
  readonly #counts: Record<string, number> = {};

  readonly #scope: RegExp;

  constructor(private readonly world: World) {
    this.#scope = new RegExp(world.wording.say('threshold.scope.line'));
  }

  /** All of it, in the order it was found. */
  all(): Evidence[] {
    return [...this.#byId.values()];
  }

  get(id: string): Evidence | null {
    return this.#byId.get(id) ?? null;
  }

  /** The name of the one city that evidence speaks of; null for none or several. */
  cityName(evidence: readonly Evidence[]): string | null {
    const ids = new Set(evidence.flatMap((e) => (e.city === null ? [] : [e.city])));
    const [only] = ids;
    const policy = this.world.library.policies.find((p) => p.meta.city === only);
    return ids.size === 1 && policy ? policy.meta.cityName : null;
  }

  /** Whether a text names a place that is not the one city: what stands behind it may be said of that place. */
  namesOther(text: string, city: string | null): boolean {
    const { book, language } = this.world;
    const { cities, elsewhere } = book.read(normalise(text), language);
    const name = (id: string) => this.world.library.policies.find((p) => p.meta.city === id)?.meta.cityName;
    return elsewhere.length > 0 || cities.some((c) => name(c.value) !== city);
  }

  /** What a model reads: one line an item. */
  shown(items: readonly Evidence[] = [...this.#byId.values()]): string {
    return items.map((e) => `[${e.id}] ${e.text.replace(/\n+/g, ' ')}`).join('\n');
  }

  /** The figures that evidence quotes, in their order and as they stand there, their bounds with them: what a model points at. */
  figuresIn(id: string): string[] {
    const [citation] = this.#byId.get(id)?.citations ?? [];
    if (!citation) return [];
    const { quote } = citation;
    return readQuantities(quote).map((q) => quote.slice(q.outerStart, q.outerEnd).trim());
  }

  /** The figures of evidence, numbered: one line an item that holds any. */
  figures(items: readonly Evidence[] = this.all()): string {
    return items
      .map(({ id }) => [id, this.figuresIn(id).map((figure, i) => `{{${id}:${i + 1}}}＝${figure}`)] as const)
      .filter(([, figures]) => figures.length > 0)
      .map(([, figures]) => figures.join('，'))
      .join('\n');
  }

  /** Words of a document. @param said what code says of them */
  cite(citation: Citation, said: readonly string[] = []): Evidence {
    const known = [...this.#byId.values()].find(
      (e) =>
        e.citations.length === 1 &&
        e.citations[0]!.policy === citation.policy &&
        e.citations[0]!.clause === citation.clause &&
        e.citations[0]!.quote === citation.quote,
    );
    if (known) return known;
    const policy = this.world.library.policy(citation.policy)!;
    const criteria = (this.world.criteria.get(citation.policy) ?? []).filter(
      (c) => c.clause === citation.clause && c.quote === citation.quote,
    );
    const lines = criteria.map((c) => this.#scoped(requirementLine(this.world, policy.meta.cityName, c)));
    const strengths = [...new Set(criteria.map((c) => c.strength))];
    return this.#add('c', {
      text: [
        ...new Set([head(policy), citation.quote, ...lines, ...said.map((line) => this.#scoped(line))]),
      ].join('\n'),
      quote: citation.quote,
      also: also(this.world, policy, citation, criteria),
      city: policy.meta.city,
      strength: strengths.length === 1 ? strengths[0]! : null,
      verdict: null,
      citations: [citation],
    });
  }

  /**
   * The whole clause that evidence was quoted from, then its sentences, then its parts between semicolons: a true sentence may say
   * more of a clause than was quoted. Each cites its own words. Empty for what is no quote.
   */
  clauseOf(evidence: Evidence): readonly Evidence[] {
    const [citation] = evidence.citations;
    if (evidence.citations.length !== 1 || !citation || evidence.verdict !== null) return [];
    const key = `${citation.policy} ${citation.clause}`;
    const known = this.#clauses.get(key);
    if (known) return known;
    const policy = this.world.library.policy(citation.policy)!;
    const clause = policy.clause(citation.clause);
    if (!clause) return [];
    const criteria = (this.world.criteria.get(citation.policy) ?? []).filter(
      (c) => c.clause === citation.clause,
    );
    // Names of one condition are none of the next: a clause goes by its own alone.
    const names = also(this.world, policy, citation, []);
    const lines = (quote: string) =>
      criteria
        .filter((c) => squeeze(quote).includes(squeeze(c.quote)))
        .map((c) => this.#scoped(requirementLine(this.world, policy.meta.cityName, c)));
    const of = (quote: string): Evidence => ({
      id: evidence.id,
      text: [...new Set([head(policy), quote, ...lines(quote)])].join('\n'),
      quote,
      also: names,
      city: policy.meta.city,
      strength: null,
      verdict: null,
      citations: [{ ...citation, quote }],
    });
    const made = stretchesOf(clause.text).map(of);
    this.#clauses.set(key, made);
    return made;
  }

  /** What was quoted and the clause that it was quoted from, under the clause's names alone: a sentence in other words tells of these. */
  toldOf(evidence: Evidence): readonly Evidence[] {
    const known = this.#told.get(evidence.id);
    if (known) return known;
    const [whole] = this.clauseOf(evidence);
    const made = whole ? [{ ...evidence, also: whole.also }, whole] : [];
    this.#told.set(evidence.id, made);
    return made;
  }

  /** Everything an answer of the offline plan holds. */
  take(answer: Answer): Evidence[] {
    // Lines of a verdict or a calculation hold the user's own figures beside the document's: they prove nothing of it.
    const documents = answer.verdicts.length === 0 && answer.intent !== 'calculation';
    const taken = answer.citations.map((citation, i) =>
      this.cite(citation, documents ? saidOf(answer.blocks, i + 1) : []),
    );
    const parts = splitByLead(answer.blocks);
    for (const [i, verdict] of answer.verdicts.entries()) {
      const policy = this.world.library.policy(verdict.policy)!;
      const part = parts.length === answer.verdicts.length ? parts[i]! : [];
      taken.push(
        this.#add('v', {
          text: part.slice(0, 1).map(wordsOf).join('\n'),
          also: policy.meta.cityName,
          city: policy.meta.city,
          strength: null,
          verdict: verdict.outcome,
          citations: [],
        }),
      );
    }
    if (answer.intent === 'calculation' && answer.verdicts.length === 0) {
      const cities = new Set(answer.citations.map((c) => this.world.library.policy(c.policy)!.meta.city));
      taken.push(
        this.#add('k', {
          text: answer.blocks
            .filter((b) => b.kind === 'lead')
            .map(wordsOf)
            .join('\n'),
          also: '',
          city: cities.size === 1 ? [...cities][0]! : null,
          strength: null,
          verdict: null,
          citations: answer.citations.slice(0, 1),
        }),
      );
    }
    return taken;
  }

  /** Whom a line is about comes first, where nobody reads over it: 厦门：要求三甲医院（医疗机构牵头） as 厦门：医疗机构牵头的，要求三甲医院. */
  #scoped(line: string): string {
    return line.replace(this.#scope, this.world.wording.say('threshold.scope.first'));
  }

  #add(kind: string, body: Omit<Evidence, 'id'>): Evidence {
    const n = (this.#counts[kind] ?? 0) + 1;
    this.#counts[kind] = n;
    const evidence = { id: `${kind}${n}`, ...body };
    this.#byId.set(evidence.id, evidence);
    return evidence;
  }
}

const squeeze = (s: string): string => s.replace(/\s+/g, '');

function head({ meta }: Policy): string {
  return meta.docNumber ? `${meta.title}（${meta.docNumber}）。` : `${meta.title}。`;
}
