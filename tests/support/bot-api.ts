import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Entity, parseTelegramHtml } from './telegram-html.js';

type Json = Record<string, unknown>;

/** A call the bot made, with what Telegram would have made of its text. */
export interface Call {
  method: string;
  payload: Json;
  /** Of sendMessage and editMessageText: the text after parsing. */
  text?: string;
  entities?: Entity[];
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

class Refusal extends Error {
  constructor(
    readonly code: number,
    description: string,
    readonly parameters?: Json,
  ) {
    super(description);
  }
}

const LIMIT = 4096;
export const ME = { id: 4242, is_bot: true, first_name: '问策', username: 'wence_test_bot' };
const ROBOT_FLAGS = {
  can_join_groups: true,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
};

/**
 * A stand-in for Telegram's Bot API server over HTTP: getUpdates with offsets and long polls, messages checked as Telegram
 * checks them, webhooks, files, and faults on request. Emits `call` after each call.
 */
export class BotApi {
  readonly calls: Call[] = [];
  readonly token = '4242:TEST-token_of-the-stand-in';
  root = '';
  commands: Json[] = [];
  webhook: Json = { url: '' };
  readonly files = new Map<string, { name: string; bytes: Buffer }>();
  private readonly events = new EventEmitter().setMaxListeners(0);
  private readonly faults = new Map<string, Fault[]>();
  private readonly messages = new Map<string, Json>();
  private updates: (Json & { update_id: number })[] = [];
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
    this.updates.push({ ...update, update_id: id });
    this.waiting?.();
    return id;
  }

  /** A text message from a person. @returns the message */
  say(text: string, chat: Chat = alice, more: Json = {}): Json {
    const message: Json = { ...this.message(chat, alice.id), text, entities: commandEntities(text), ...more };
    this.push({ message });
    return message;
  }

  message(chat: Chat, from: number): Json {
    const message_id = this.nextMessage++;
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
      case 'sendMessage': {
        this.checkText(call);
        const message: Json = {
          ...this.message({ id: Number(payload.chat_id), type: 'private' }, ME.id),
          from: ME,
          text: call.text,
        };
        this.messages.set(`${payload.chat_id}/${message.message_id}`, message);
        return message;
      }
      case 'editMessageText': {
        this.checkText(call);
        const key = `${payload.chat_id}/${payload.message_id}`;
        const message = this.messages.get(key);
        if (!message) throw new Refusal(400, 'Bad Request: message to edit not found');
        if (message.text === call.text) throw new Refusal(400, 'Bad Request: message is not modified');
        message.text = call.text;
        return message;
      }
      case 'sendDocument': {
        const document = payload.document as { name: string; bytes: Buffer } | undefined;
        if (!document?.bytes) throw new Refusal(400, 'Bad Request: there is no document in the request');
        const file_id = `file${this.files.size + 1}`;
        this.files.set(file_id, document);
        return {
          ...this.message({ id: Number(payload.chat_id), type: 'private' }, ME.id),
          document: { file_id, file_unique_id: file_id, file_name: document.name },
        };
      }
      case 'setMyCommands':
        this.commands = payload.commands as Json[];
        for (const { command, description } of this.commands) {
          if (!/^[a-z0-9_]{1,32}$/.test(String(command)))
            throw new Refusal(400, 'Bad Request: BOT_COMMAND_INVALID');
          if (!description || String(description).length > 256)
            throw new Refusal(400, 'Bad Request: BOT_COMMAND_DESCRIPTION_INVALID');
        }
        return true;
      case 'setWebhook':
        this.webhook = payload;
        return true;
      case 'deleteWebhook':
        this.webhook = { url: '' };
        return true;
      case 'getWebhookInfo':
        return { ...this.webhook, has_custom_certificate: false, pending_update_count: this.updates.length };
      case 'sendChatAction':
      case 'answerCallbackQuery':
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
        request.socket.once('close', () => this.waiting?.());
      });
      this.waiting = null;
    }
    return this.updates.slice(0, limit);
  }

  private checkText(call: Call): void {
    const { payload } = call;
    const raw = payload.text;
    if (typeof raw !== 'string' || raw === '') throw new Refusal(400, 'Bad Request: message text is empty');
    let parsed: { text: string; entities: Entity[] } = { text: raw, entities: [] };
    if (payload.parse_mode === 'HTML') {
      try {
        parsed = parseTelegramHtml(raw);
      } catch (error) {
        throw new Refusal(400, (error as Error).message);
      }
    }
    if (parsed.text.trim() === '') throw new Refusal(400, 'Bad Request: message text is empty');
    if (parsed.text.trim().length > LIMIT) throw new Refusal(400, 'Bad Request: message is too long');
    const rows =
      (payload.reply_markup as { inline_keyboard?: { callback_data?: string }[][] } | undefined)
        ?.inline_keyboard ?? [];
    for (const { callback_data = '' } of rows.flat()) {
      if (Buffer.byteLength(callback_data) > 64) throw new Refusal(400, 'Bad Request: BUTTON_DATA_INVALID');
    }
    call.text = parsed.text;
    call.entities = parsed.entities;
  }
}

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
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const payload: Json = { ...query };
  const attached = new Map<string, { name: string; bytes: Buffer }>();
  for (const [name, value] of form) {
    if (typeof value === 'string') payload[name] = value;
    else {
      const file = { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
      attached.set(name, file);
      payload[name] = file;
    }
  }
  for (const [name, value] of Object.entries(payload)) {
    if (typeof value === 'string' && value.startsWith('attach://'))
      payload[name] = attached.get(value.slice(9));
  }
  return payload;
}
