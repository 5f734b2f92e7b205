import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a scripted model answers: a text, tool calls, or a fault of the wire. */
export interface Said {
  text?: string;
  calls?: readonly { name: string; args: unknown }[];
  /** Writes the response itself. */
  wire?: (res: ServerResponse) => void;
  /** Characters a chunk of the stream; 0: all at once. */
  chunk?: number;
}
export interface Asked {
  messages: { role: string; content: unknown }[];
  tools?: { function: { name: string } }[];
  stream?: boolean;
}

/** All evidence the product has given so far, by its mark. */
export function evidenceOf(asked: Asked): Map<string, string> {
  const found = new Map<string, string>();
  for (const m of asked.messages) {
    if (m.role === 'system' || typeof m.content !== 'string') continue;
    for (const hit of m.content.matchAll(/\[([a-z]+\d+)\]([^[]*)/giu)) found.set(hit[1]!, hit[2]!);
  }
  return found;
}

/** A server that speaks the OpenAI protocol and says what it is told to. */
export class HostileModel {
  server: Server;
  say: (asked: Asked, turn: number) => Said = () => ({ text: '无' });
  requests: Asked[] = [];
  constructor() {
    this.server = createServer((req, res) => {
      let body = '';
      req.on('data', (d: Buffer) => {
        body += d.toString('utf8');
      });
      req.on('end', () => {
        const asked = JSON.parse(body || '{}') as Asked;
        this.requests.push(asked);
        const turn = asked.messages?.filter((m) => m.role === 'tool').length ?? 0;
        const said = this.say(asked, turn);
        if (said.wire) return said.wire(res);
        respond(res, said, asked.stream === true);
      });
    });
  }
  async listen(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }
  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

let serial = 0;
function respond(res: ServerResponse, said: Said, stream: boolean): void {
  const id = `chatcmpl-${++serial}`;
  const calls = said.calls?.map((c, index) => ({
    index,
    id: `call_${serial}_${index}`,
    type: 'function',
    function: { name: c.name, arguments: typeof c.args === 'string' ? c.args : JSON.stringify(c.args) },
  }));
  const finish = calls ? 'tool_calls' : 'stop';
  const usage = { prompt_tokens: 900, completion_tokens: 60, total_tokens: 960 };
  if (!stream) {
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(
      JSON.stringify({
        id,
        object: 'chat.completion',
        created: 1,
        model: 'm',
        choices: [
          {
            index: 0,
            finish_reason: finish,
            message: { role: 'assistant', content: said.text ?? null, tool_calls: calls },
          },
        ],
        usage,
      }),
    );
    return;
  }
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  const send = (delta: unknown, end: string | null = null): void => {
    res.write(
      `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: end }] })}\n\n`,
    );
  };
  send({ role: 'assistant', content: '' });
  const letters = [...(said.text ?? '')];
  const size = said.chunk || letters.length || 1;
  for (let i = 0; i < letters.length; i += size) send({ content: letters.slice(i, i + size).join('') });
  for (const c of calls ?? []) send({ tool_calls: [c] });
  send({}, finish);
  res.write(
    `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created: 1, model: 'm', choices: [], usage })}\n\ndata: [DONE]\n\n`,
  );
  res.end();
}
