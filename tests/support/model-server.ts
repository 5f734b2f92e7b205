import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One message of a request, as the protocol has it. */
export interface WireMessage {
  role: string;
  content: string | null;
  tool_calls?: unknown[];
  tool_call_id?: string;
}

export interface WireRequest {
  model: string;
  messages: WireMessage[];
  tools?: { function: { name: string } }[];
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
}

/** Words; when streamed, as pieces of `piece` characters, and breaking off or falling silent after so many of them. */
export interface Words {
  text: string;
  piece?: number;
  cutAfter?: number;
  hangAfter?: number;
  /** Tool calls behind the words. */
  calls?: { name: string; args: string }[];
  finish?: 'stop' | 'length';
}

/** What a behaviour answers with: words, tool calls (arguments as text, so that they can be broken), or a raw fault. */
export type Reply =
  | Words
  | { calls: { name: string; args: string }[] }
  | { status: number; body?: string; retryAfter?: number }
  | { raw: string; type?: string }
  | { hang: true }
  | { cut: string }
  /** Sends the asker elsewhere. */
  | { redirect: string; code?: number }
  /** A stream that never ends and never falls silent: one piece every so many milliseconds. */
  | { drip: string; everyMs: number };

export type Behaviour = (request: WireRequest, nth: number) => Reply;

/** Evidence as a model sees it: the lines `[c1] …` of every message. */
export function evidenceIn(request: WireRequest): { id: string; text: string }[] {
  return request.messages
    .filter((m) => m.role !== 'system')
    .flatMap((m) => [...(m.content ?? '').matchAll(/^\[([a-z]\d+)\] (.*)$/gm)])
    .map((m) => ({ id: m[1]!, text: m[2]! }));
}

/** The user's question, without its frame. */
export function questionIn(request: WireRequest): string {
  const last = request.messages.findLast((m) => m.role === 'user')?.content ?? '';
  return /<用户问题>\n([\s\S]*?)\n<\/用户问题>/.exec(last)?.[1] ?? last;
}

/** A server that speaks the OpenAI chat protocol, with tools, streaming or not, and behaves as it is told. */
export class ModelServer {
  readonly requests: WireRequest[] = [];
  readonly headers: IncomingMessage['headers'][] = [];
  behaviour: Behaviour = () => ({ text: '无' });
  /** Replies that the other side hung up on before they were whole. */
  hungUp = 0;
  readonly #server = createServer((req, res) => void this.#serve(req, res));
  url = '';

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of req) body += part;
    if (req.url?.endsWith('/models')) {
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify({ object: 'list', data: [{ id: 'test', object: 'model' }] }));
      return;
    }
    const request = JSON.parse(body) as WireRequest;
    this.requests.push(request);
    this.headers.push(req.headers);
    res.once('close', () => {
      if (!res.writableFinished) this.hungUp++;
    });
    const reply = this.behaviour(request, this.requests.length);
    if ('hang' in reply) return;
    if ('redirect' in reply) {
      res.writeHead(reply.code ?? 307, { location: reply.redirect }).end();
      return;
    }
    if ('drip' in reply) {
      res.setHeader('content-type', 'text/event-stream');
      const timer = setInterval(() => res.write(reply.drip), reply.everyMs);
      res.once('close', () => clearInterval(timer));
      return;
    }
    if ('status' in reply) {
      res.statusCode = reply.status;
      if (reply.retryAfter !== undefined) res.setHeader('retry-after', String(reply.retryAfter));
      res.setHeader('content-type', 'application/json');
      res.end(reply.body ?? JSON.stringify({ error: { message: 'no', type: 'test' } }));
      return;
    }
    if ('cut' in reply) {
      res.setHeader('content-type', 'application/json');
      res.setHeader('content-length', '100000');
      res.write(reply.cut);
      setImmediate(() => res.destroy());
      return;
    }
    if ('raw' in reply) {
      res.setHeader('content-type', reply.type ?? 'application/json');
      res.end(reply.raw);
      return;
    }
    if (request.stream) this.#stream(res, request, reply);
    else {
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify(completion(request, reply, this.requests.length)));
    }
  }

  /** Two characters a chunk: figures are split over tokens. */
  #stream(
    res: ServerResponse,
    request: WireRequest,
    reply: Words | { calls: { name: string; args: string }[] },
  ): void {
    res.setHeader('content-type', 'text/event-stream');
    const event = (more: object) =>
      res.write(
        `data: ${JSON.stringify({ id: 'r', object: 'chat.completion.chunk', created: 0, model: request.model, ...more })}\n\n`,
      );
    const send = (delta: unknown, finish: string | null) =>
      event({ choices: [{ index: 0, delta, finish_reason: finish }] });
    send({ role: 'assistant', content: '' }, null);
    if ('text' in reply) {
      const end = reply.cutAfter ?? reply.hangAfter ?? reply.text.length;
      const size = reply.piece ?? 2;
      for (let i = 0; i < end; i += size)
        send({ content: reply.text.slice(i, Math.min(i + size, end)) }, null);
      if (reply.hangAfter !== undefined) return;
      if (reply.cutAfter !== undefined) {
        setTimeout(() => res.destroy(), 20);
        return;
      }
    }
    if (reply.calls) send({ tool_calls: toolCalls(reply.calls).map((c, index) => ({ index, ...c })) }, null);
    send({}, reply.calls ? 'tool_calls' : ((reply as Words).finish ?? 'stop'));
    if (request.stream_options?.include_usage)
      event({ choices: [], usage: completion(request, reply, 0).usage });
    res.end('data: [DONE]\n\n');
  }
}

function completion(
  request: WireRequest,
  reply: Words | { calls: { name: string; args: string }[] },
  n: number,
) {
  const asked = request.messages.reduce((sum, m) => sum + (m.content?.length ?? 0), 0);
  const text = 'text' in reply ? reply.text : null;
  return {
    id: `r${n}`,
    object: 'chat.completion',
    created: 0,
    model: request.model,
    choices: [
      {
        index: 0,
        finish_reason: text === null ? 'tool_calls' : 'stop',
        message:
          text === null
            ? {
                role: 'assistant',
                content: null,
                tool_calls: toolCalls((reply as { calls: { name: string; args: string }[] }).calls),
              }
            : { role: 'assistant', content: text },
      },
    ],
    usage: {
      prompt_tokens: asked,
      completion_tokens: text?.length ?? 20,
      total_tokens: asked + (text?.length ?? 20),
    },
  };
}

const toolCalls = (calls: { name: string; args: string }[]) =>
  calls.map((c, i) => ({ id: `call_${i}`, type: 'function', function: { name: c.name, arguments: c.args } }));
