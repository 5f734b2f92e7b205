import type { Answer, AskRequest, Trace } from '../../assistant/types.js';
import type { Say } from '../locale.js';
import { type Message, renderNotice, renderTelegram } from '../render.js';
import type { Button, Outgoing } from './outgoing.js';
import { type ChatState, markOf, type Purpose, tokenOf, withButtons, withExchange } from './state.js';

/** Where an update came from. */
export interface Place {
  /** Key of the state: a person's own in each chat and thread. */
  key: string;
  chat: number;
  thread?: number;
  /** The message that began it, to reply to. */
  message?: number;
  /** Nobody else reads along. */
  alone: boolean;
}

export interface Choice {
  label: string;
  send: string;
}

export interface Shown {
  buttons?: { purpose: Purpose; choices: Choice[]; perRow?: number };
  links?: Button[][];
  /** Reply to the message that began it, in a private chat too. */
  reply?: boolean;
  /** A provisional message that the first one takes the place of. */
  edit?: number;
  /** Lines below the answer. */
  footer?: string[];
}

/**
 * What an update leads to: the state after it, the answers given and what is to be sent. Nothing of it has happened until
 * it is saved.
 */
export class Work {
  state: ChatState;
  readonly answers: { request: AskRequest; answer: Answer; trace: Trace | null }[] = [];
  readonly outbox: Outgoing[] = [];
  /** False where the update is none of the bot's business: nothing is saved then. */
  touched = false;

  readonly #remarks: string[] = [];

  /** The stored state that this one follows, and its revision. */
  readonly loaded: ChatState;
  revision: number;

  constructor(
    readonly place: Place,
    loaded: { state: ChatState; revision: number },
    readonly say: Say,
    readonly update: number,
    private readonly documentName: (policy: string) => string,
    private readonly privacy: string,
  ) {
    this.loaded = loaded.state;
    this.state = { ...loaded.state, unreachable: false, draft: null };
    this.revision = loaded.revision;
  }

  /** A line to stand below the next answer or notice. */
  remark(line: string): void {
    this.#remarks.push(line);
  }

  /** Words of our own. */
  notice(text: string, shown: Shown = {}): void {
    this.#send(renderNotice(text, this.#footer(shown)), shown, 0);
  }

  /** An answer, remembered with its question. */
  answer(
    request: AskRequest,
    answer: Answer,
    trace: Trace | null,
    shown: Shown & { step?: boolean; message?: number; everywhere?: true } = {},
  ): void {
    const messages = renderTelegram(answer, this.say, this.documentName, this.#footer(shown));
    this.answers.push({ request, answer, trace });
    this.state = withExchange(this.state, {
      question: request.question,
      answer: answer.text,
      id: answer.id,
      marks: messages.map((message) => markOf(message.text)),
      step: shown.step ?? false,
      ...(shown.message === undefined ? {} : { message: shown.message }),
      ...(shown.everywhere ? { everywhere: true } : {}),
    });
    if (!shown.step && Object.keys(answer.facts).length > 0)
      this.state = { ...this.state, facts: answer.facts };
    this.#send(messages, shown, this.state.count);
  }

  /** What is no answer to a question, or one of before: shown and not remembered. */
  show(answer: Pick<Answer, 'blocks' | 'citations' | 'text'>, shown: Shown = {}): void {
    this.#send(renderTelegram(answer, this.say, this.documentName, this.#footer(shown)), shown, 0);
  }

  file(
    file: { kind: 'source'; policy: string; caption: string } | Extract<Outgoing, { kind: 'report' }>,
  ): void {
    this.touched = true;
    this.outbox.push({ ...file, ...this.#where(false) } as Outgoing);
  }

  /** Puts other buttons under an old message; in vain where it is gone. */
  relabel(message: number, buttons: Button[][]): void {
    this.touched = true;
    this.outbox.push({ kind: 'buttons', chat: this.place.chat, message, buttons });
  }

  #footer({ footer = [] }: Shown): string[] {
    const lines = [...this.#remarks.splice(0), ...footer];
    if (this.state.noticed) return lines;
    this.state = { ...this.state, noticed: true };
    return [...lines, this.privacy];
  }

  #send(messages: readonly Message[], shown: Shown, exchange: number): void {
    this.touched = true;
    const rows = [...this.#buttons(shown, exchange), ...(shown.links ?? [])];
    messages.forEach(({ html, text }, i) => {
      this.outbox.push({
        kind: 'text',
        html,
        text,
        ...this.#where(i === 0 && (shown.reply === true || !this.place.alone)),
        ...(i === 0 && shown.edit !== undefined ? { edit: shown.edit } : {}),
        ...(i === messages.length - 1 && rows.length > 0 ? { buttons: rows } : {}),
      });
    });
  }

  #buttons({ buttons }: Shown, exchange: number): Button[][] {
    if (!buttons || buttons.choices.length === 0) return [];
    const { purpose, choices, perRow } = buttons;
    this.state = withButtons(this.state, { purpose, choices, exchange });
    const set = this.state.count;
    return inRows(
      choices.map(({ label }, i) => ({ text: label, data: tokenOf(set, i) })),
      perRow,
    );
  }

  #where(reply: boolean): Pick<Outgoing, 'chat' | 'thread' | 'replyTo'> {
    const { chat, thread, message } = this.place;
    return {
      chat,
      ...(thread === undefined ? {} : { thread }),
      ...(reply && message !== undefined ? { replyTo: message } : {}),
    };
  }
}

/** Room of a row on a narrow phone, in half characters; Telegram gives each button of a row the same. */
const ROW_ROOM = 40;
const BUTTON_EDGE = 4;

/** Short buttons side by side, long ones in a row of their own. */
export function inRows(buttons: readonly Button[], perRow = 3): Button[][] {
  const rows: { buttons: Button[]; widest: number }[] = [];
  for (const button of buttons) {
    const width = BUTTON_EDGE + [...button.text].reduce((sum, c) => sum + (c > '\u2e80' ? 2 : 1), 0);
    const row = rows.at(-1);
    const widest = Math.max(width, row?.widest ?? 0);
    if (row && row.buttons.length < perRow && widest * (row.buttons.length + 1) <= ROW_ROOM) {
      row.buttons.push(button);
      row.widest = widest;
    } else rows.push({ buttons: [button], widest: width });
  }
  return rows.map((row) => row.buttons);
}
