import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Often enough that no proxy takes a silent stream for a dead one. */
const BEAT_MS = 15_000;

/** Server-Sent Events to one caller. Writing to one who has gone is no error. */
export class EventStream {
  readonly #out = new Readable({ read() {} });
  readonly #beat = setInterval(() => this.#write(':\n\n'), BEAT_MS);

  /** Begins the answer. The connection is not kept for another request, so that a server that stops need not wait for it. */
  constructor(reply: FastifyReply) {
    this.#out.once('close', () => clearInterval(this.#beat));
    void reply
      .code(200)
      .headers({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        connection: 'close',
        'x-accel-buffering': 'no',
      })
      .send(this.#out);
    this.#write(':\n\n');
  }

  /** @param data is written as JSON, on one line whatever it holds */
  send(event: string, data: unknown): void {
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    clearInterval(this.#beat);
    if (!this.#out.destroyed) this.#out.push(null);
  }

  #write(text: string): void {
    if (!this.#out.destroyed && !this.#out.readableEnded) this.#out.push(text);
  }
}

/** Whether a caller asks for a stream. */
export function wantsStream(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '')
    .split(',')
    .some((type) => type.trim().startsWith('text/event-stream'));
}
