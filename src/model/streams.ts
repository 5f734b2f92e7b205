import { ModelFault } from './errors.js';

/** Whether a request asks for its reply as a stream. */
export function asksForStream(init: RequestInit | undefined): boolean {
  return typeof init?.body === 'string' && /"stream":\s*true/.test(init.body);
}

/**
 * A reply of server-sent events, handed on as it comes. Its first piece has arrived when this resolves.
 * @throws ModelFault `cut` for a stream that ends without its end mark, `bad-reply` for one longer than allowed; after the
 * first piece as the stream's own error
 */
export async function openStream(response: Response, maxBytes: number): Promise<Response> {
  const reader = response.body?.getReader();
  if (!reader) throw new ModelFault('bad-reply', 'the reply has no body');
  let size = 0;
  let carry = '';
  let ended = false;
  const decoder = new TextDecoder();
  const next = async (): Promise<Uint8Array | null> => {
    const { done, value } = await reader.read().catch((error: unknown) => {
      const name = (error as { name?: string } | null)?.name;
      if (name === 'TimeoutError') throw new ModelFault('timeout', 'no reply in time');
      if (name === 'AbortError') throw new ModelFault('cancelled', 'cancelled');
      throw new ModelFault('cut', 'the reply ended in the middle');
    });
    if (done) {
      if (!ended) throw new ModelFault('cut', 'the reply ended in the middle');
      return null;
    }
    size += value.length;
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw new ModelFault('bad-reply', `the reply is longer than ${maxBytes} bytes`);
    }
    const text = carry + decoder.decode(value, { stream: true });
    ended ||= END.test(text);
    carry = text.slice(-CARRY);
    return value;
  };
  const ahead: Uint8Array[] = [SPEAKER];
  const first = await next();
  if (first) ahead.push(first);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const piece = ahead.shift() ?? (await next());
      if (piece === null) controller.close();
      else controller.enqueue(piece);
    },
    cancel: () => reader.cancel(),
  });
  return new Response(body, { status: response.status, headers: { 'content-type': 'text/event-stream' } });
}

/** Who speaks, said before the reply: some endpoints name no role, and a reply of no role cannot call a tool. */
const SPEAKER = new TextEncoder().encode(
  `data: ${JSON.stringify({
    id: 'reply',
    object: 'chat.completion.chunk',
    created: 0,
    model: '',
    choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
  })}\n\n`,
);

/** A mark may be parted between two pieces: this much of the last piece is looked at again. */
const CARRY = 40;
const END = /data:\s*\[DONE\]|"finish_reason":\s*"/;

interface Completion {
  id?: string;
  model?: string;
  choices?: { message?: { content?: string | null; tool_calls?: object[] }; finish_reason?: string }[];
  usage?: unknown;
}

/** A whole completion as the stream that was asked for: some endpoints do not stream. @throws ModelFault `bad-reply` */
export function asStream(json: unknown): Response {
  const { id = 'reply', model = '', choices, usage } = (json ?? {}) as Completion;
  const message = Array.isArray(choices) ? choices[0]?.message : undefined;
  if (!message) throw new ModelFault('bad-reply', 'the reply is no chat completion');
  const head = { id, object: 'chat.completion.chunk', created: 0, model };
  const delta = {
    role: 'assistant',
    content: message.content ?? '',
    ...(message.tool_calls ? { tool_calls: message.tool_calls.map((c, index) => ({ index, ...c })) } : {}),
  };
  const finish = choices?.[0]?.finish_reason ?? 'stop';
  const events = [
    { ...head, choices: [{ index: 0, delta, finish_reason: null }] },
    { ...head, choices: [{ index: 0, delta: {}, finish_reason: finish }] },
    ...(usage ? [{ ...head, choices: [], usage }] : []),
  ];
  const body = `${events.map((e) => `data: ${JSON.stringify(e)}\n\n`).join('')}data: [DONE]\n\n`;
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
