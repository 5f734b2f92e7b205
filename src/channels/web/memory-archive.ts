import { randomUUID } from 'node:crypto';
import type {
  AnswerFilter,
  Archive,
  ChatCommit,
  ChatKeep,
  Decision,
  Feedback,
  FeedbackVerdict,
  Kept,
  KeptLine,
  KeptView,
  Review,
  Span,
  StoredChat,
  UnansweredView,
} from './archive.js';

/** How much is kept at most; the oldest goes first. */
const MOST = { chats: 2_000, answers: 5_000, reviews: 1_000 };

type KeptRow = Kept & { at: string; chat: string | null };

/** What a server without a store keeps: for as long as it runs, and no more than fits. */
export class MemoryArchive implements Archive {
  readonly #chats = new Map<string, StoredChat & { updates: Set<string> }>();
  readonly #answers = new Map<string, KeptRow>();
  readonly #feedback = new Map<string, Feedback[]>();
  readonly #reviews = new Map<string, Review>();

  constructor(private readonly now: () => Date = () => new Date()) {}

  readonly chats: ChatKeep = {
    load: async (id) => structuredClone(this.#chats.get(id)) ?? null,
    commit: (id, commit) => this.#commit(id, commit),
    forget: async (id) => {
      const own = [...this.#answers.values()].filter((answer) => answer.chat === id);
      for (const answer of own) this.#drop(answer.id);
      return { chats: this.#chats.delete(id) ? 1 : 0, answers: own.length };
    },
    answers: async (_id, ids) => ids.map((id) => this.#answers.get(id)?.answer ?? null),
  };

  async #commit(id: string, { revision, state, update, answers = [] }: ChatCommit) {
    const chat = this.#chats.get(id);
    if (update !== undefined && chat?.updates.has(update)) return 'duplicate';
    if ((chat?.revision ?? 0) !== revision) return 'conflict';
    const updates = chat?.updates ?? new Set<string>();
    if (update !== undefined) updates.add(update);
    this.#chats.delete(id);
    this.#chats.set(id, { revision: revision + 1, state: structuredClone(state), updates });
    if (this.#chats.size > MOST.chats) this.#chats.delete(first(this.#chats));
    for (const kept of answers) this.#put(kept, id);
    return 'saved';
  }

  async keep(kept: Kept): Promise<void> {
    this.#put(kept, null);
  }

  async answer(id: string): Promise<KeptView | null> {
    const row = this.#answers.get(id);
    return row ? { ...structuredClone(row), feedback: [...(this.#feedback.get(id) ?? [])] } : null;
  }

  async list({ answered, channel, limit, ...span }: AnswerFilter): Promise<KeptLine[]> {
    return this.#within(span)
      .filter((row) => answered === undefined || row.answer.answered === answered)
      .filter((row) => channel === undefined || row.channel === channel)
      .map((row) => ({ ...row, feedback: this.#feedback.get(row.id)?.at(-1)?.verdict ?? null }))
      .reverse()
      .slice(0, limit);
  }

  async feedback(answer: string, verdict: FeedbackVerdict, note: string | null): Promise<Feedback | null> {
    const row = this.#answers.get(answer);
    if (!row) return null;
    const feedback = { id: randomUUID(), answer, verdict, note, at: this.now().toISOString() };
    this.#feedback.set(answer, [...(this.#feedback.get(answer) ?? []), feedback]);
    if (verdict !== 'good') {
      const undecided = { decision: null, decisionNote: null, expected: null };
      this.#reviews.set(feedback.id, {
        ...feedback,
        question: row.ask.question,
        state: 'open',
        ...undecided,
      });
      if (this.#reviews.size > MOST.reviews) this.#reviews.delete(first(this.#reviews));
    }
    return feedback;
  }

  async reviews(state?: 'open' | 'done'): Promise<Review[]> {
    return [...this.#reviews.values()].filter((review) => state === undefined || review.state === state);
  }

  async decide(id: string, { decision, note, expected }: Decision): Promise<Review | null> {
    const review = this.#reviews.get(id);
    if (!review) return null;
    const decided: Review = { ...review, state: 'done', decision, decisionNote: note, expected };
    this.#reviews.set(id, decided);
    return decided;
  }

  async cases(): Promise<string> {
    const confirmed = [...this.#reviews.values()].filter((review) => review.decision === 'confirmed');
    return confirmed
      .map((review) => `${JSON.stringify(caseOf(review, this.#answers.get(review.answer)!))}\n`)
      .join('');
  }

  async unanswered(span: Span): Promise<UnansweredView> {
    const all = this.#within(span).filter((row) => !row.answer.answered);
    const items = new Map<string, UnansweredView['items'][number]>();
    for (const { ask, at, id } of all) {
      const question = ask.question.trim();
      const count = (items.get(question)?.count ?? 0) + 1;
      items.set(question, { question, count, last: at, answer: id });
    }
    return { total: all.length, items: [...items.values()].sort((a, b) => b.count - a.count) };
  }

  async health(): Promise<string> {
    return 'ok';
  }

  #within({ from, to }: Span): KeptRow[] {
    const [start, end] = [from.toISOString(), to.toISOString()];
    return [...this.#answers.values()].filter((row) => row.at >= start && row.at < end);
  }

  #put(kept: Kept, chat: string | null): void {
    this.#answers.set(kept.id, { ...structuredClone(kept), at: this.now().toISOString(), chat });
    if (this.#answers.size > MOST.answers) this.#drop(first(this.#answers));
  }

  #drop(answer: string): void {
    this.#answers.delete(answer);
    this.#feedback.delete(answer);
    for (const [id, review] of this.#reviews) if (review.answer === answer) this.#reviews.delete(id);
  }
}

const first = (map: ReadonlyMap<string, unknown>): string => map.keys().next().value as string;

/** A case in the format of eval/questions: what was answered is the material, what the reviewer wants stands in `gold`. */
function caseOf(review: Review, { ask, answer }: Kept) {
  return {
    id: `review-${review.id}`,
    question: ask.question,
    asOf: answer.asOf,
    ...(ask.history?.length ? { history: ask.history } : {}),
    ...(ask.policy ? { policy: ask.policy } : {}),
    gold: {
      ...(review.verdict === 'missing' ? { answered: true } : {}),
      ...(review.expected ? { mustSay: [review.expected] } : {}),
    },
    review: {
      verdict: review.verdict,
      note: review.note,
      decisionNote: review.decisionNote,
      given: { text: answer.text, citations: answer.citations },
    },
  };
}
