import { createHash } from 'node:crypto';
import type { InterviewState } from '../../assistant/interviewer.js';
import type { Turn } from '../../assistant/types.js';

/** The version that a chat's state is written with; `readState` takes older ones. */
const VERSION = 1;
/** As many as the pages keep: what was told first is still known. */
const EXCHANGES_KEPT = 200;
/** Of older ones only what a later message can lean on is kept: the question that the answer put. */
const ANSWERS_KEPT = 20;
const BUTTON_SETS_KEPT = 8;
const HISTORY_LONGEST = 4000;

/** A question and its answer. */
export interface Exchange {
  n: number;
  question: string;
  /** What was answered, as plain text. */
  answer: string;
  /** Id of the answer in the store. */
  id: string;
  /** Fingerprints of the messages it was shown in, so that a reply to one is known. */
  marks: string[];
  /** True for a message of a guided interview. */
  step: boolean;
  /** The message that asked, so that an edit of it is known. */
  message?: number;
  /** Of all cities, whichever the chat is about. */
  everywhere?: true;
}

/** What a set of buttons is for. Buttons of an interview live only until the next question. */
export type Purpose = 'ask' | 'interview' | 'compare' | 'city' | 'forget' | 'history' | 'sources';

export interface ButtonSet {
  n: number;
  purpose: Purpose;
  choices: { label: string; send: string }[];
  /** The exchange that they belong to; 0 for none. */
  exchange: number;
}

/** All that is kept about one person in one chat (one thread of it): plain JSON, saved before a reply is sent. */
export interface ChatState {
  version: number;
  /** Whether the notice on privacy was given. */
  noticed: boolean;
  /** City id, for questions that name none. */
  city: string | null;
  /** The number of the last exchange before it was set: what was said before does not outdo it. */
  citySet: number;
  /** Oldest first. */
  exchanges: Exchange[];
  /** Established in the conversation, in the contract's notation. */
  facts: Record<string, unknown>;
  interview: InterviewState | null;
  /** Where the interview stood before the last message, for an edit of that message. */
  before: InterviewState | null;
  progress: { answered: number; canMatter: number } | null;
  /** The last number given to an exchange or to a set of buttons. */
  count: number;
  buttons: ButtonSet[];
  /** Set when what was sent met a 403; the next message from the person takes it away. */
  unreachable: boolean;
  /** A message with the beginning of an answer that is still being written, and the update that asked. */
  draft: { update: number; message: number } | null;
  /** Messages of the person since a moment (ms since 1970), for the limit on them. */
  heard: { since: number; count: number } | null;
}

export function emptyState(): ChatState {
  return {
    version: VERSION,
    noticed: false,
    city: null,
    citySet: 0,
    exchanges: [],
    facts: {},
    interview: null,
    before: null,
    progress: null,
    // Not from 1: after everything was forgotten, an old button must not carry the number of a new one.
    count: Math.floor(Date.now() / 1000),
    buttons: [],
    unreachable: false,
    draft: null,
    heard: null,
  };
}

/** A stored state, of this or an older version: what it lacks is empty, so that an open interview goes on. */
export function readState(stored: unknown): ChatState {
  if (stored === null || typeof stored !== 'object') return emptyState();
  return { ...emptyState(), ...(stored as Partial<ChatState>), version: VERSION };
}

/** A state with one more exchange; the oldest go. */
export function withExchange(state: ChatState, exchange: Omit<Exchange, 'n'>): ChatState {
  const n = state.count + 1;
  const kept = [...state.exchanges, { ...exchange, answer: exchange.answer.slice(0, HISTORY_LONGEST), n }];
  const exchanges = kept.slice(-EXCHANGES_KEPT);
  const old = exchanges[exchanges.length - 1 - ANSWERS_KEPT];
  if (old) exchanges[exchanges.length - 1 - ANSWERS_KEPT] = { ...old, answer: questionsIn(old.answer) };
  return { ...state, count: n, exchanges };
}

/** The lines of an answer that ask something; what ended without a question still does. */
function questionsIn(answer: string): string {
  const lines = answer.split('\n').filter((line) => /[?？]/.test(line));
  return [...lines, ...(/[?？]\s*$/.test(answer) ? [] : ['。'])].join('\n');
}

/** A state with one more set of buttons; sets of an interview before it end, as do the oldest of the others. */
export function withButtons(state: ChatState, set: Omit<ButtonSet, 'n'>): ChatState {
  const n = state.count + 1;
  const others = set.purpose === 'interview' ? [] : state.buttons;
  return { ...state, count: n, buttons: [...others, { ...set, n }].slice(-BUTTON_SETS_KEPT) };
}

/**
 * The conversation up to an exchange (all of it when absent), oldest first. What was said in an interview is the interview's:
 * its questions must not stay open in what is asked afterwards.
 * @param city the name of the city that the chat remembers: said when it was set, and again after a comparison of all
 */
export function turnsOf(state: ChatState, city: string | null, upTo?: number): Turn[] {
  const asked = state.exchanges.filter(
    (exchange) => !exchange.step && (upTo === undefined || exchange.n <= upTo),
  );
  const since = Math.max(state.citySet, ...asked.map(({ n, everywhere }) => (everywhere ? n : 0)));
  const at = upTo !== undefined && upTo < state.citySet ? 0 : asked.filter(({ n }) => n <= since).length;
  const turns = asked.map(({ question, answer }): Turn[] => [
    { role: 'user', text: question },
    { role: 'assistant', text: answer },
  ]);
  if (city !== null) turns.splice(at, 0, [{ role: 'user', text: city }]);
  return turns.flat();
}

/** A short fingerprint of a message as Telegram shows it; white space does not count. */
export function markOf(text: string): string {
  return createHash('sha256').update(text.replace(/\s+/g, '')).digest('base64url').slice(0, 10);
}

/** What a button carries: the number of its set and its place in it, well below Telegram's 64 bytes. */
export const tokenOf = (set: number, index: number): string => `${set}.${index}`;

/** The choice that a button stands for; null when it is out of date. */
export function choiceOf(
  state: ChatState,
  token: string,
): { set: ButtonSet; choice: { label: string; send: string } } | null {
  const [, n, index] = /^(\d+)\.(\d+)$/.exec(token) ?? [];
  const set = state.buttons.find((each) => each.n === Number(n));
  const choice = set?.choices[Number(index)];
  return set && choice ? { set, choice } : null;
}
