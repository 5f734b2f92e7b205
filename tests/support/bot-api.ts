import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CAPTION_LIMIT,
  checkCommands,
  checkInlineResults,
  checkKeyboard,
  Refusal,
  readText,
} from './bot-api-checks.js';
import type { Entity } from './telegram-html.js';

type Json = Record<string, unknown>;

/** A call the bot made, with what Telegram would have made of its text. */
export interface Call {
  method: string;
  payload: Json;
  /** Of sendMessage, editMessageText and captions: the text after parsing. */
  text?: string;
  entities?: Entity[];
  /** Of a message that was sent: its id. */
  messageId?: number;
  /** Of answerInlineQuery: the results with the text that each would put into a chat. */
  results?: (Json & { text: string; entities: Entity[] })[];
  /** What was answered; false for a dropped connection. */
  ok: boolean;
}

/** A scripted fault for the next call of a method. `drop: 'after'` does the work and then cuts the connection. */
export type Fault =
  | { code: number; description?: string; retryAfter?: number }
  | { drop: 'before' | 'after' };

export interface Chat {
  id: number;
  type: 'private' | 'group' | 'supergroup';
  title?: string;
  first_name?: string;
}

export const ME = { id: 4242, is_bot: true, first_name: '问策', username: 'wence_test_bot' };
const ROBOT_FLAGS = {
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: true,
};

/**
 * A stand-in for Telegram's Bot API server over HTTP: getUpdates with offsets and long polls, messages checked as Telegram
 * checks them, webhooks, files, and faults on request. Emits `call` after each call.
 */
export class BotApi {
  readonly calls: Call[] = [];
  readonly token = '4242:TEST-token_of-the-stand-in';
  root = '';
  /** The commands of the default scope and language; the others are in `commandSets`, by `scope/language`. */
  commands: Json[] = [];
  readonly commandSets = new Map<string, Json[]>();
  webhook: Json = { url: '' };
  /** What the webhook answered, by update, in order. */
  readonly deliveries: { update: number; status: number | null }[] = [];
  /** Called before a call is handled; a test may kill the bot here. */
  onCall: ((call: Call) => void) | null = null;
  readonly files = new Map<string, { name: string; bytes: Buffer }>();
  private readonly events = new EventEmitter().setMaxListeners(0);
  private readonly faults = new Map<string, Fault[]>();
  private readonly messages = new Map<string, Json>();
  private readonly blocked = new Set<number>();
  private readonly chats = new Map<number, Chat>();
  private delivering: Promise<void> | null = null;
  private updates: (Json & { update_id: number })[] = [];
  private newest: (Json & { update_id: number }) | null = null;
  private waiting: (() => void) | null = null;
  private nextUpdate = 100;
  private nextMessage = 1;
  private server: Server | null = null;

  async start(port = 0): Promise<this> {
    this.server = createServer((request, response) => void this.serve(request, response));
    await new Promise<void>((resolve) => this.server!.listen(port, '127.0.0.1', resolve));
    this.root = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve));
    this.server?.closeAllConnections();
    await closed;
  }

  /** The next calls of this method meet these faults, one each. */
  fail(method: string, ...faults: Fault[]): void {
    this.faults.set(method, [...(this.faults.get(method) ?? []), ...faults]);
  }

  /** Puts an update into the queue. @returns its id */
  push(update: Json, id = this.nextUpdate++): number {
    this.newest = { ...update, update_id: id };
    this.updates.push(this.newest);
    this.waiting?.();
    this.deliver();
    return id;
  }

  /** Delivers the newest update once more, as Telegram does when it did not hear that it was taken. */
  repeat(): void {
    if (this.newest) this.push(this.newest, this.newest.update_id);
  }

  /** Resolves with the next call, whichever it is. */
  async nextCall(): Promise<void> {
    await new Promise((resolve) => this.events.once('call', resolve));
  }

  /** From now on this person has blocked the bot: everything sent to the chat meets 403. */
  block(chat: number): void {
    this.blocked.add(chat);
  }

  unblock(chat: number): void {
    this.blocked.delete(chat);
  }

  /** A press of the button with this text in the newest message that has one (or of this `callback_data`). */
  press(
    label: string | { data: string },
    chat: Chat = alice,
    from = chat.type === 'private' ? chat.id : alice.id,
  ) {
    const shown = this.calls.filter(
      (call) => call.ok && Number(call.payload.chat_id) === chat.id && buttonsOf(call).length > 0,
    );
    const of = typeof label === 'string' ? shown.findLast((call) => find(call, label)) : shown.at(-1);
    const data = typeof label === 'string' ? of && find(of, label)?.callback_data : label.data;
    if (data === undefined) throw new Error(`no button ${JSON.stringify(label)} was shown`);
    const message: Json = { ...this.message(chat, ME.id), from: ME, text: of?.text ?? '…' };
    message.message_id = of?.messageId ?? of?.payload.message_id ?? message.message_id;
    return this.push({
      callback_query: {
        id: `cb${this.nextUpdate}`,
        from: { id: from, is_bot: false, first_name: 'A' },
        chat_instance: '1',
        message,
        data,
      },
    });
  }

  /** Texts of all messages that a chat was shown, in order, edits as they were made. */
  transcript(chat: number = alice.id): string[] {
    return this.calls
      .filter((call) => call.ok && Number(call.payload.chat_id) === chat && call.text !== undefined)
      .map((call) => call.text!);
  }

  /** A text message from a person. @returns the message */
  say(text: string, chat: Chat = alice, more: Json = {}): Json {
    const message: Json = { ...this.message(chat, alice.id), text, entities: commandEntities(text), ...more };
    this.push({ message });
    return message;
  }

  message(chat: Chat, from: number): Json {
    const message_id = this.nextMessage++;
    this.chats.set(chat.id, chat);
    return { message_id, date: 1_790_000_000, chat, from: { id: from, is_bot: false, first_name: 'A' } };
  }

  /** Ids of updates that the bot has not confirmed. */
  unconfirmed(): number[] {
    return this.updates.map((update) => update.update_id);
  }

  sent(method = 'sendMessage'): Call[] {
    return this.calls.filter((call) => call.method === method && call.ok);
  }

  /** Resolves with the calls of this method when there are so many that succeeded. */
  async untilSent(count: number, method = 'sendMessage'): Promise<Call[]> {
    await this.until(() => this.sent(method).length >= count);
    return this.sent(method);
  }

  /** Resolves when the condition holds, looked at after each call. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => this.events.once('call', resolve));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)/.exec(request.url ?? '') ?? [];
    const call: Call = { method, payload: {}, ok: false };
    let result: unknown;
    let refusal: Refusal | null = null;
    let cut = false;
    try {
      call.payload = await readPayload(request);
      this.onCall?.(call);
      const fault = this.faults.get(method)?.shift();
      if (fault && 'code' in fault) {
        throw new Refusal(
          fault.code,
          fault.description ?? WORDS[fault.code] ?? 'Error',
          fault.retryAfter === undefined ? undefined : { retry_after: fault.retryAfter },
        );
      }
      if (fault?.drop === 'before') cut = true;
      else {
        if (token !== this.token) throw new Refusal(401, 'Unauthorized');
        if (this.blocked.has(Number(call.payload.chat_id))) throw new Refusal(403, WORDS[403]!);
        result = await this.handle(method, call, request);
        cut = fault?.drop === 'after';
      }
      call.ok = !cut;
    } catch (error) {
      refusal =
        error instanceof Refusal
          ? error
          : new Refusal(500, `Internal Server Error: ${(error as Error).message}`);
    }
    this.calls.push(call);
    if (cut) request.socket.destroy();
    else {
      const body = refusal
        ? {
            ok: false,
            error_code: refusal.code,
            description: refusal.message,
            ...(refusal.parameters ? { parameters: refusal.parameters } : {}),
          }
        : { ok: true, result };
      response
        .writeHead(refusal?.code ?? 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    }
    this.events.emit('call');
  }

  private async handle(method: string, call: Call, request: IncomingMessage): Promise<unknown> {
    const { payload } = call;
    switch (method) {
      case 'getMe':
        return { ...ME, ...ROBOT_FLAGS };
      case 'getUpdates':
        return this.getUpdates(payload, request);
      case 'sendMessage':
        this.checkText(call);
        return this.keep(call, { text: call.text });
      case 'editMessageText': {
        this.checkText(call);
        const message = this.known(payload);
        const markup = JSON.stringify(payload.reply_markup ?? null);
        if (message.text === call.text && message.markup === markup)
          throw new Refusal(400, 'Bad Request: message is not modified');
        message.text = call.text;
        message.markup = markup;
        call.messageId = Number(payload.message_id);
        return message;
      }
      case 'editMessageReplyMarkup': {
        checkKeyboard(payload.reply_markup);
        const message = this.known(payload);
        message.markup = JSON.stringify(payload.reply_markup ?? null);
        call.messageId = Number(payload.message_id);
        return message;
      }
      case 'sendDocument': {
        const document = payload.document as { name: string; bytes: Buffer } | undefined;
        if (!document?.bytes) throw new Refusal(400, 'Bad Request: there is no document in the request');
        if (document.bytes.length === 0) throw new Refusal(400, 'Bad Request: file must be non-empty');
        if (payload.caption !== undefined) {
          Object.assign(call, readText(payload.caption, payload.parse_mode, CAPTION_LIMIT));
        }
        const file_id = `file${this.files.size + 1}`;
        this.files.set(file_id, document);
        return this.keep(call, {
          document: { file_id, file_unique_id: file_id, file_name: document.name },
        });
      }
      case 'answerInlineQuery':
        call.results = checkInlineResults(payload.results);
        return true;
      case 'setMyCommands': {
        const commands = checkCommands(payload.commands);
        const scope = (payload.scope as { type?: string } | undefined)?.type ?? 'default';
        const language = String(payload.language_code ?? '');
        if (scope === 'default' && language === '') this.commands = commands;
        this.commandSets.set(`${scope}/${language}`, commands);
        return true;
      }
      case 'setWebhook':
        if (!/^https?:\/\//.test(String(payload.url)))
          throw new Refusal(400, 'Bad Request: bad webhook: invalid URL');
        if (payload.secret_token !== undefined && !/^[\w-]{1,256}$/.test(String(payload.secret_token)))
          throw new Refusal(400, 'Bad Request: secret token contains unallowed characters');
        this.webhook = payload;
        this.deliver();
        return true;
      case 'deleteWebhook':
        this.webhook = { url: '' };
        return true;
      case 'getWebhookInfo':
        return { ...this.webhook, has_custom_certificate: false, pending_update_count: this.updates.length };
      case 'sendChatAction':
        return true;
      case 'answerCallbackQuery':
        if (String(payload.text ?? '').length > 200) throw new Refusal(400, 'Bad Request: MESSAGE_TOO_LONG');
        return true;
      default:
        throw new Refusal(404, 'Not Found: method not found');
    }
  }

  /** Forgets what is below the offset; waits for the timeout when there is nothing; a second poll ends the first with 409. */
  private async getUpdates(payload: Json, request: IncomingMessage): Promise<Json[]> {
    if (this.webhook.url)
      throw new Refusal(409, "Conflict: can't use getUpdates method while webhook is active");
    const offset = Number(payload.offset ?? 0);
    const limit = Number(payload.limit ?? 100);
    this.updates = this.updates.filter((update) => update.update_id >= offset);
    this.events.emit('call');
    if (this.updates.length === 0 && Number(payload.timeout ?? 0) > 0) {
      this.waiting?.();
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1000 * Number(payload.timeout));
        this.waiting = () => {
          clearTimeout(timer);
          resolve();
        };
        request.once('close', () => this.waiting?.());
      });
      this.waiting = null;
    }
    return this.updates.slice(0, limit);
  }

  private checkText(call: Call): void {
    const { payload } = call;
    Object.assign(call, readText(payload.text, payload.parse_mode));
    checkKeyboard(payload.reply_markup);
  }

  /** Keeps a message of the bot and gives it an id. */
  private keep(call: Call, content: Json): Json {
    checkKeyboard(call.payload.reply_markup);
    const id = Number(call.payload.chat_id);
    const message: Json = {
      ...this.message(this.chats.get(id) ?? { id, type: 'private' }, ME.id),
      from: ME,
      ...content,
    };
    this.messages.set(`${id}/${message.message_id}`, {
      ...message,
      markup: JSON.stringify(call.payload.reply_markup ?? null),
    });
    call.messageId = message.message_id as number;
    return message;
  }

  private known(payload: Json): Json {
    const message = this.messages.get(`${payload.chat_id}/${payload.message_id}`);
    if (!message) throw new Refusal(400, 'Bad Request: message to edit not found');
    return message;
  }

  /** Webhook mode: one update after another, each again until it is answered with 2xx, as Telegram does. */
  private deliver(): void {
    const waits = () => this.webhook.url && this.updates.length > 0 && this.server?.listening;
    if (this.delivering || !waits()) return;
    this.delivering = (async () => {
      while (waits()) {
        const update = this.updates[0]!;
        const secret = this.webhook.secret_token as string | undefined;
        const status = await fetch(String(this.webhook.url), {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
          },
          body: JSON.stringify(update),
        }).then(
          async (response) => {
            await response.arrayBuffer();
            return response.status;
          },
          () => null,
        );
        this.deliveries.push({ update: update.update_id, status });
        this.events.emit('call');
        if (status !== null && status >= 200 && status < 300) this.updates.shift();
        else await new Promise((resolve) => setTimeout(resolve, 20));
      }
      this.delivering = null;
    })();
  }
}

type Button = { text: string; callback_data?: string; url?: string };

/** The buttons under a message, row after row. */
export function buttonsOf(call: Call): Button[] {
  const markup = call.payload.reply_markup as { inline_keyboard?: Button[][] } | undefined;
  return markup?.inline_keyboard?.flat() ?? [];
}

const find = (call: Call, label: string): Button | undefined =>
  buttonsOf(call).find((button) => button.text === label && button.callback_data !== undefined) ??
  buttonsOf(call).find((button) => button.text.includes(label) && button.callback_data !== undefined);

/** The person of most tests, in a private chat. */
export const alice: Chat = { id: 77, type: 'private', first_name: 'A' };

const WORDS: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden: bot was blocked by the user',
  409: 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  429: 'Too Many Requests: retry after',
  500: 'Internal Server Error',
};

function commandEntities(text: string): Json[] {
  const command = /^\/\w+(@\w+)?/.exec(text)?.[0];
  return command ? [{ type: 'bot_command', offset: 0, length: command.length }] : [];
}

async function readPayload(request: IncomingMessage): Promise<Json> {
  const type = request.headers['content-type'] ?? '';
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const query = Object.fromEntries(new URL(request.url ?? '', 'http://x').searchParams);
  if (type.startsWith('application/json'))
    return { ...query, ...(JSON.parse(body.toString() || '{}') as Json) };
  if (!type.startsWith('multipart/form-data'))
    return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) };
  const payload: Json = { ...query };
  const attached = new Map<string, { name: string; bytes: Buffer }>();
  for (const part of partsOf(body, /boundary="?([^";]+)"?/.exec(type)?.[1] ?? '')) {
    if (part.filename === undefined) payload[part.name] = part.bytes.toString();
    else {
      const file = { name: part.filename, bytes: part.bytes };
      attached.set(part.name, file);
      payload[part.name] = file;
    }
  }
  for (const [name, value] of Object.entries(payload)) {
    if (typeof value !== 'string') continue;
    if (value.startsWith('attach://')) payload[name] = attached.get(value.slice(9));
    else if (/^[[{]/.test(value)) payload[name] = JSON.parse(value);
  }
  return payload;
}

/** The parts of a multipart body; a file name may stand without quotes, as grammY writes it. */
function partsOf(body: Buffer, boundary: string): { name: string; filename?: string; bytes: Buffer }[] {
  const parts = [];
  const mark = Buffer.from(`--${boundary}`);
  let at = body.indexOf(mark);
  while (at >= 0) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = body.subarray(at + mark.length + 2, next - 2);
    const end = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, end).toString();
    const name = /[; ]name="([^"]*)"/.exec(head)?.[1] ?? '';
    const filename = /filename="?([^"\r\n;]+)"?/.exec(head)?.[1];
    parts.push({ name, filename, bytes: part.subarray(end + 4) });
    at = next;
  }
  return parts;
}
