import { randomBytes, randomUUID } from 'node:crypto';
import type { InterviewReply, InterviewRequest } from '../../assistant/interviewer.js';
import type { Answer, AskOptions, AskRequest, Trace } from '../../assistant/types.js';
import { InputError } from '../../errors.js';
import type { Say } from '../locale.js';
import type { Desk } from '../types.js';
import type { ChatKeep, Kept } from './archive.js';
import {
  answeredBefore,
  type ChatState,
  emptyChat,
  historyOf,
  type InterviewView,
  lastInterview,
  readChat,
  type Suggestion,
  textOnly,
  withExchange,
} from './chat-state.js';
import { recent } from './history.js';
import { InTurn } from './in-turn.js';
import type { Metrics } from './metrics.js';
import { HttpProblem } from './problems.js';
import { UnderWay } from './under-way.js';

/** How often a message is begun again when another server was faster. */
const TRIES = 3;
/** Messages of one chat that may wait for each other. */
const WAITING = 8;

/** What a chat is told after a message. */
export interface ChatReply {
  answer: Answer;
  interview: InterviewView;
  suggestions: Suggestion[];
  duplicate: boolean;
  /** Set when the person asked for the interview's report as a file. */
  wants?: 'report';
}

export interface Message {
  text: string;
  key: string | null;
  asOf?: string;
  policy?: string;
}

/** The answer to one message, before it is kept. */
interface Done {
  answer: Answer;
  trace: Trace | null;
  ask: AskRequest;
  interview: InterviewView;
  state?: ChatState['interview'];
  wants?: 'report';
}

interface Parts {
  desk: Desk;
  keep: ChatKeep;
  metrics: Metrics;
  say: Say;
  now: () => Date;
}

/** The chats of the page. A message is kept with its answer before the answer leaves, and handled once whatever is sent twice. */
export class Conversations {
  readonly #turns = new InTurn(WAITING);
  readonly #underWay = new UnderWay();

  constructor(private readonly parts: Parts) {}

  /** Resolves when nothing is under way any more. */
  idle(): Promise<void> {
    return this.#turns.idle();
  }

  /** @returns the id of a new chat: 144 bits that cannot be guessed. */
  async begin(): Promise<string> {
    const id = randomBytes(18).toString('base64url');
    await this.parts.keep.commit(id, { revision: 0, state: emptyChat() });
    return id;
  }

  /** @throws HttpProblem 404 when there is no such chat */
  async find(id: string): Promise<void> {
    await this.#load(id);
  }

  /** @throws HttpProblem 404 when there is no such chat */
  async view(id: string): Promise<Record<string, unknown>> {
    const { chat } = await this.#load(id);
    const ids = chat.turns.flatMap((turn) => (turn.role === 'assistant' ? [turn.answer] : []));
    const answers = new Map((await this.parts.keep.answers(id, ids)).map((answer, at) => [ids[at]!, answer]));
    const turns = chat.turns.map((turn, at) => {
      const { role, at: when, text } = turn;
      if (role === 'user') return { role, at: when, text };
      const asked = chat.turns[at - 1]?.text ?? '';
      const answer = answers.get(turn.answer) ?? textOnly(turn.answer, asked, text, when);
      return { role, at: when, answer, interview: turn.interview };
    });
    return { id, turns, suggestions: chat.suggestions, interview: lastInterview(chat) };
  }

  /** A message in words or from a button; a running interview hears it. @param onSentence what may be shown already */
  say(id: string, message: Message, onSentence?: (sentence: string) => void): Promise<ChatReply> {
    const { say } = this.parts;
    if (message.text.trim() === '')
      throw new InputError(say('problem.blankText'), say('problem.blankTextAccepted'));
    const { signal, end } = this.#underWay.begin(id, message.key);
    return this.#handle(id, message, (chat) =>
      chat.interview?.active
        ? this.#interview(chat, message)
        : this.#ask(chat, message, { signal, ...(onSentence ? { onSentence } : {}) }),
    ).finally(end);
  }

  /** Begins an interview. @param words what the person's wish is shown as */
  startInterview(id: string, message: Message, request: InterviewRequest): Promise<ChatReply> {
    const interviewer = this.#interviewer();
    return this.#handle(id, message, async (chat) => {
      const facts = request.facts ?? chat.facts;
      const reply = await interviewer.start({ ...request, facts });
      return this.#heard(chat, message, reply);
    });
  }

  /** @throws HttpProblem 409 when there was no interview, or nothing to report yet */
  async report(id: string): Promise<{ filename: string; mime: string; bytes: Uint8Array }> {
    const { say } = this.parts;
    const { chat } = await this.#load(id);
    if (!chat.interview)
      throw new HttpProblem(409, say('problem.noInterview'), say('problem.noInterviewAccepted'));
    try {
      return await this.#interviewer().report(chat.interview.state);
    } catch (error) {
      if (error instanceof InputError) throw new HttpProblem(409, error.message, error.accepted);
      throw error;
    }
  }

  /** Deletes the chat and all that is kept of it, after what is under way. */
  async forget(id: string): Promise<Record<string, number>> {
    return this.#inTurn(id, async () => {
      await this.#load(id);
      return this.parts.keep.forget(id);
    });
  }

  async #ask(
    chat: ChatState,
    message: Message,
    how: Pick<AskOptions, 'onSentence' | 'signal'>,
  ): Promise<Done> {
    const { desk } = this.parts;
    const ask: AskRequest = {
      question: message.text,
      history: recent(historyOf(chat)),
      id: randomUUID(),
      ...(message.asOf === undefined ? {} : { asOf: message.asOf }),
      ...(message.policy === undefined ? {} : { policy: message.policy }),
    };
    let trace: Trace | null = null;
    const answer = await desk.assistant.ask(ask, {
      ...how,
      onTrace: (t) => {
        trace = t;
      },
    });
    return { answer, trace, ask, interview: null };
  }

  async #interview(chat: ChatState, message: Message): Promise<Done> {
    const reply = await this.#interviewer().reply(chat.interview!.state, message.text, message.asOf);
    return this.#heard(chat, message, reply);
  }

  #heard(chat: ChatState, message: Message, reply: InterviewReply): Done {
    const state = reply.state ?? chat.interview?.state ?? null;
    const interview: InterviewView = {
      active: reply.state !== null,
      settled: reply.settled,
      progress: reply.progress,
      // The questions have begun; who left after that still may keep the result.
      report: reply.progress !== null || (reply.state === null && lastInterview(chat)?.report === true),
    };
    const ask: AskRequest = { question: message.text, history: historyOf(chat), asOf: reply.answer.asOf };
    return {
      answer: reply.answer,
      trace: reply.trace ?? null,
      ask,
      interview,
      state: state === null ? null : { state, active: reply.state !== null },
      ...(reply.wants ? { wants: reply.wants } : {}),
    };
  }

  /** Answers a message unless it was answered before, and keeps both before the reply leaves. */
  #handle(id: string, message: Message, act: (chat: ChatState) => Promise<Done>): Promise<ChatReply> {
    const { keep, metrics, now } = this.parts;
    return this.#inTurn(id, async () => {
      for (let left = TRIES; left > 0; left--) {
        const { chat, revision } = await this.#load(id);
        const before = message.key === null ? null : await this.#again(id, chat, message.key);
        if (before) return before;
        const took = metrics.time('web');
        let done: Done;
        try {
          done = await act(chat);
        } catch (error) {
          if (!(error instanceof InputError || error instanceof HttpProblem))
            metrics.failures.inc({ channel: 'web' });
          throw error;
        }
        const { answer, interview, state, ask, trace, wants } = done;
        const at = now().toISOString();
        const next = withExchange(chat, { ...message, at, answer, interview, state });
        const kept: Kept = { id: answer.id, channel: 'web', ask, answer, trace };
        const outcome = await keep.commit(id, {
          revision,
          state: next,
          ...(message.key === null ? {} : { update: message.key }),
          answers: [kept],
        });
        if (outcome === 'saved') {
          took(answer);
          const reply = { answer, interview, suggestions: answer.suggestions, duplicate: false };
          return wants ? { ...reply, wants } : reply;
        }
      }
      const { say } = this.parts;
      throw new HttpProblem(409, say('problem.busy'), say('problem.busyAccepted'), {
        more: { code: 'busy' },
      });
    });
  }

  /** What a message with this key was told; null when it is new. */
  async #again(chatId: string, chat: ChatState, key: string): Promise<ChatReply | null> {
    const id = answeredBefore(chat, key);
    if (id === null) return null;
    const at = chat.turns.findIndex((turn) => turn.role === 'assistant' && turn.answer === id);
    const turn = chat.turns[at] as Extract<ChatState['turns'][number], { role: 'assistant' }>;
    const [kept] = await this.parts.keep.answers(chatId, [id]);
    const answer = kept ?? textOnly(id, chat.turns[at - 1]?.text ?? '', turn.text, turn.at);
    return { answer, interview: turn.interview, suggestions: answer.suggestions, duplicate: true };
  }

  async #load(id: string): Promise<{ chat: ChatState; revision: number }> {
    const { keep, say } = this.parts;
    const stored = await keep.load(id);
    const chat = stored && readChat(stored.state);
    if (!chat)
      throw new HttpProblem(404, say('problem.noChat'), say('problem.noChatAccepted'), {
        more: { code: 'no-chat' },
      });
    return { chat, revision: stored.revision };
  }

  #interviewer() {
    const { desk, say } = this.parts;
    if (desk.interviewer) return desk.interviewer;
    const off = say('problem.off', { part: say('parts.interview') });
    throw new HttpProblem(501, off, say('problem.offAccepted'), { more: { code: 'off' } });
  }

  /** One thing of a chat after the other. */
  async #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const { say } = this.parts;
    if (!this.#turns.full(id)) return this.#turns.run(id, work);
    throw new HttpProblem(429, say('problem.busy'), say('problem.busyAccepted'), {
      headers: { 'retry-after': '1' },
      more: { code: 'busy' },
    });
  }
}
