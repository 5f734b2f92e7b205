import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Of a run: milliseconds from the delivery of a question to its reply, and what went wrong. */
export interface Talk {
  times: number[];
  seconds: number;
  /** Deliveries that were not taken at once and came again, as Telegram does it. */
  deliveredAgain: number;
}

/**
 * Telegram and its people in one: each of the chats asks its questions one after the other, so many chats at once; the updates
 * go to the processes in turn, as a load balancer would send them.
 */
export class People {
  root = '';
  readonly #waiting = new Map<number, (at: number) => void>();
  #server: Server | null = null;
  #update = 1_000;
  #message = 1;

  async start(): Promise<this> {
    this.#server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (piece) => {
        body += piece;
      });
      request.on('end', () => {
        const method = request.url!.split('/').at(-1)!;
        const result = this.#call(method, body);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ ok: true, result }));
      });
    });
    this.#server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve));
    this.root = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }

  /** @param onAnswer after each answer, with how many there are */
  async talk(
    how: {
      questions: readonly string[];
      chats: number;
      atOnce: number;
      firstChat: number;
      hooks: readonly string[];
    },
    onAnswer: (answered: number) => void = () => {},
  ): Promise<Talk> {
    const { questions, chats, atOnce, firstChat, hooks } = how;
    const times: number[] = [];
    let deliveredAgain = 0;
    let next = 0;
    const began = performance.now();
    const person = async () => {
      for (let chat = next++; chat < chats; chat = next++) {
        for (let n = chat; n < questions.length; n += chats) {
          const replied = new Promise<number>((resolve) => this.#waiting.set(firstChat + chat, resolve));
          const asked = performance.now();
          deliveredAgain += await this.#deliver(firstChat + chat, questions[n]!, hooks);
          times.push((await replied) - asked);
          onAnswer(times.length);
        }
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, chats) }, person));
    return { times, seconds: (performance.now() - began) / 1000, deliveredAgain };
  }

  async #deliver(chat: number, text: string, hooks: readonly string[]): Promise<number> {
    const id = this.#update++;
    const from = { id: chat, is_bot: false, first_name: 'P', language_code: 'zh' };
    const date = Math.floor(Date.now() / 1000);
    const message = {
      message_id: id,
      date,
      text,
      from,
      chat: { id: chat, type: 'private', first_name: 'P' },
    };
    const body = JSON.stringify({ update_id: id, message });
    const headers = { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': 'load' };
    for (let again = 0; ; again++) {
      const hook = hooks[(id + again) % hooks.length]!;
      const taken = await fetch(hook, { method: 'POST', headers, body }).then(
        async (response) => {
          await response.arrayBuffer();
          return response.ok;
        },
        () => false,
      );
      if (taken) return again;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  #call(method: string, body: string): unknown {
    if (method === 'getMe')
      return { id: 4242, is_bot: true, first_name: 'Wence', username: 'wence_bot', can_join_groups: true };
    if (method !== 'sendMessage') return true;
    const { chat_id: chat, text } = JSON.parse(body) as { chat_id: number; text: string };
    this.#waiting.get(chat)?.(performance.now());
    // The first message of an answer counts.
    this.#waiting.delete(chat);
    return { message_id: this.#message++, date: 0, chat: { id: chat, type: 'private' }, text };
  }
}
