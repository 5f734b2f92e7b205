import { InputError } from '../errors.js';
import type { Policy } from '../knowledge/index.js';
import { isIsoDate, todayIso } from '../quantity/index.js';
import type { Retriever } from '../retrieval/types.js';
import {
  type CalculationResult,
  calculate,
  check,
  type InputSpec,
  inputsOf,
  readFacts,
  type Subject,
  type Verdict,
} from '../rules/index.js';
import { splitClauseId } from './desk/clause-id.js';
import { findClauses } from './desk/search.js';
import {
  type ClauseHit,
  type DocumentClause,
  type PolicyView,
  toDocumentClause,
  toFactView,
  toHit,
  toRuleView,
  toView,
  toWholeHit,
} from './desk/shown.js';
import { type FactsRead, type LiveVerdicts, liveVerdicts, readFactsFrom } from './live.js';
import { sideBySide } from './side-by-side.js';
import type { Answer, Turn } from './types.js';
import type { Views } from './views.js';
import type { World } from './world.js';

const SUBJECTS: readonly Subject[] = ['lead', 'member', 'consortium', 'talent-consortium'];

export interface CheckRequest {
  id?: string;
  policy: string;
  subject: string;
  facts: unknown;
  asOf?: string;
}

/** Facts of a panel and words beside it, for a verdict of every document. Untrusted; see `Desk.verdicts`. */
export interface VerdictsRequest {
  /** Wins over what the words say; null takes a fact away. */
  facts?: Record<string, unknown>;
  text?: string;
  history?: readonly Turn[];
  subject?: string;
  /** Ids; every document that judges the subject when absent. */
  policies?: readonly string[];
  asOf?: string;
}

/** What every channel and command may ask besides questions in words: checks, search, documents, clauses, vocabulary. */
export class Desk {
  constructor(
    private readonly world: World,
    private readonly retriever: () => Promise<Retriever>,
    private readonly views: Views,
    /** Answers a question by itself: what it cites is found too. Absent: words alone find. */
    private readonly answer: ((question: string) => Promise<Answer>) | null = null,
  ) {}

  /** @throws InputError when the day is not YYYY-MM-DD. Today (Asia/Shanghai) when absent. */
  asOf(given: unknown): string {
    if (given === undefined || given === null || given === '') return todayIso();
    if (typeof given === 'string' && isIsoDate(given)) return given;
    throw new InputError(
      `日期 ${JSON.stringify(given).slice(0, 40)} 无法读取`,
      'YYYY-MM-DD 形式的真实日期，如 2026-11-21',
    );
  }

  /** @throws InputError naming the known ids. */
  policy(id: unknown): Policy {
    const policy = typeof id === 'string' ? this.world.library.policy(id) : null;
    if (policy) return policy;
    throw new InputError(
      `没有文件 ${JSON.stringify(id ?? null).slice(0, 60)}`,
      `其中之一：${this.world.library.policies.map((p) => p.meta.id).join('、')}`,
    );
  }

  /** @throws InputError naming the subjects. */
  subject(given: unknown): Subject {
    if (SUBJECTS.includes(given as Subject)) return given as Subject;
    throw new InputError(
      `没有判断对象 ${JSON.stringify(given ?? null).slice(0, 60)}`,
      `其中之一：${SUBJECTS.join('、')}`,
    );
  }

  /** One verdict. @throws InputError for an unknown policy or subject, a bad fact, an impossible date. */
  check(request: CheckRequest): Verdict {
    const policy = this.policy(request.policy);
    const subject = this.subject(request.subject);
    const asOf = this.asOf(request.asOf);
    const facts = readFacts(request.facts ?? {}, this.world.vocabulary);
    const criteria = this.world.criteria.get(policy.meta.id) ?? [];
    if (!criteria.some((c) => c.subject === subject)) {
      const has = [...new Set(criteria.map((c) => c.subject))];
      throw new InputError(
        `${policy.meta.id} 没有对 ${subject} 的条件`,
        has.length > 0 ? `这份文件可判断：${has.join('、')}` : '这份文件只说明情况，不设定条件',
      );
    }
    const status = this.world.statusOf(policy, asOf);
    const verdict = check(criteria, this.world.vocabulary, {
      policy: policy.meta.id,
      subject,
      asOf,
      status,
      facts,
    });
    return request.id === undefined ? verdict : { ...verdict, id: request.id };
  }

  /** Facts read from words after a conversation, in the contract's notation. @throws InputError for an impossible day */
  readFacts(text: string, history: readonly Turn[] = [], asOf?: unknown): FactsRead {
    return readFactsFrom(this.world, text, history, this.asOf(asOf));
  }

  /**
   * A verdict of every document that judges the subject. A fact that cannot be read is reported and spoils no other.
   * @throws InputError for an unknown policy or subject, an impossible day
   */
  verdicts(request: VerdictsRequest): LiveVerdicts {
    return liveVerdicts(this.world, {
      ...request,
      subject: this.subject(request.subject ?? 'lead'),
      policies: request.policies?.map((id) => this.policy(id)),
      asOf: this.asOf(request.asOf),
    });
  }

  /**
   * What documents say on some matters, as a table: all that set rules when none is named.
   * @throws InputError for an unknown policy, an impossible day, or words that name no matter
   */
  compare(request: { about: string; policies?: readonly string[]; asOf?: unknown }): Answer {
    const named = request.policies?.map((id) => this.policy(id));
    const kit = this.views.of((named ?? []).map((p) => p.meta.city));
    const policies = named && named.length > 0 ? named : kit.world.rulesOf([]);
    return sideBySide(kit, { about: request.about, policies, asOf: this.asOf(request.asOf) });
  }

  /** The calculations of a document, each with what it takes. @throws InputError for an unknown policy */
  calculations(policy: string): { id: string; title: string; clause: string; inputs: InputSpec[] }[] {
    const { id } = this.policy(policy).meta;
    return (this.world.calculations.get(id) ?? []).map((c) => ({
      id: c.id,
      title: c.title,
      clause: c.clause,
      inputs: inputsOf(c, { vocabulary: this.world.vocabulary }),
    }));
  }

  /**
   * One calculation with its steps and clause: matching, shares, dates, the score of an evaluation table.
   * @param request.inputs by name, as `calculations` tells them
   * @throws InputError for an unknown policy or calculation, an impossible day, or an input that cannot be read
   */
  calculate(request: {
    policy: string;
    calculation: string;
    inputs: unknown;
    asOf?: unknown;
  }): CalculationResult {
    const { id } = this.policy(request.policy).meta;
    const held = this.world.calculations.get(id) ?? [];
    const found = held.find((c) => c.id === request.calculation);
    if (!found)
      throw new InputError(
        `${id} 没有计算 ${String(request.calculation).slice(0, 40)}`,
        held.map((c) => `${c.id}（${c.title}）`).join('、') || '这个文件没有可做的计算',
      );
    return calculate(found, request.inputs, {
      asOf: this.asOf(request.asOf),
      vocabulary: this.world.vocabulary,
    });
  }

  /** Clauses for words or a question, best first. @param k 1 to 100 */
  async search(query: unknown, k: unknown = 10): Promise<{ query: string; hits: ClauseHit[] }> {
    if (typeof query !== 'string' || query.trim() === '')
      throw new InputError('没有要搜索的词', '一个词或一句话，如 q=研发投入');
    const count = Number(k);
    if (!Number.isInteger(count) || count < 1 || count > 100)
      throw new InputError(`k 的值 ${String(k).slice(0, 20)} 无法读取`, '1 到 100 的整数');
    const hits = await findClauses(query, count, {
      retriever: await this.retriever(),
      views: this.views,
      answer: this.answer,
    });
    return {
      query,
      hits: hits.flatMap(({ id, score }) => {
        const [policyId, label] = splitClauseId(id);
        const policy = this.world.library.policy(policyId);
        const clause = policy?.clause(label);
        return policy && clause ? [toHit(policy, clause, score)] : [];
      }),
    };
  }

  /** One clause with its children's text. @throws InputError naming nearby labels. */
  clause(policyId: unknown, label: unknown): ClauseHit {
    const policy = this.policy(policyId);
    const clause = typeof label === 'string' ? policy.clause(label) : null;
    if (!clause) {
      throw new InputError(
        `${policy.meta.id} 没有条款 ${JSON.stringify(label ?? null).slice(0, 60)}`,
        `如：${policy.clauses
          .slice(0, 60)
          .map((c) => c.label)
          .join('、')}`,
      );
    }
    return toWholeHit(policy, clause);
  }

  /** A whole document: what it is on the day, and every clause. @throws InputError naming the known ids. */
  document(id: unknown, asOf?: unknown): { policy: PolicyView; clauses: DocumentClause[] } {
    const policy = this.policy(id);
    return {
      policy: this.policies(asOf).find((p) => p.id === policy.meta.id)!,
      clauses: policy.clauses.map(toDocumentClause),
    };
  }

  /** Every document with its status on the day. */
  policies(asOf?: unknown): PolicyView[] {
    const day = this.asOf(asOf);
    return this.world.library.policies.map((p) => toView(p, this.world.statusOf(p, day)));
  }

  /** The vocabulary of facts. */
  facts(): unknown[] {
    return this.world.vocabulary.specs.map(toFactView);
  }

  /** The criteria with clause and quote, of one policy or all, in clause order. */
  rules(policyId?: unknown): Record<string, unknown>[] {
    const policies = policyId === undefined ? this.world.library.policies : [this.policy(policyId)];
    return policies.flatMap((p) =>
      (this.world.criteria.get(p.meta.id) ?? []).map((c) => toRuleView(p.meta.id, c)),
    );
  }
}
