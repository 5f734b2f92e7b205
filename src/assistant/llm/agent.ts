import type { AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import { InputError } from '../../errors.js';
import { faultOf, ModelFault, type Session } from '../../model/index.js';
import { Ungrounded } from './ground.js';
import type { ToolSpec } from './tools.js';

export interface AgentLimits {
  /** Calls of the model a question. */
  rounds: number;
  /** Tool calls a question, and in one reply. */
  calls: number;
  /** Refused tool calls after which the offline plan takes over. */
  refusals: number;
}

export const DEFAULT_LIMITS: AgentLimits = { rounds: 5, calls: 8, refusals: 2 };

/** Longest tool result that a model reads, in characters. */
const RESULT = 4000;

export interface AgentTask {
  instructions: string;
  /** Earlier turns of the user and this question with its evidence. */
  messages: { role: 'user' | 'assistant'; content: string }[];
  tools: readonly ToolSpec[];
  /** Takes the model's words as they come, unguarded: a Sifter, and nothing else. */
  draft: { write(piece: string): void; end(): void; cut(): void };
  /** Told of each tool call and what became of it. */
  onTool?: (call: ToolCall) => void;
}

/** A tool call as it is kept for replay. */
export interface ToolCall {
  name: string;
  arguments: unknown;
  outcome: 'given' | 'refused';
  detail: string;
}

/**
 * Runs LangChain's agent over the tools, every turn of the model streamed into `draft`. The library's own streams show raw
 * tokens before any hook, so the middleware asks the chat model itself and hands the agent the whole message afterwards.
 * @throws ModelFault, or what the library throws (see `faultOf`)
 */
export async function runAgent(session: Session, task: AgentTask, limits = DEFAULT_LIMITS): Promise<void> {
  const [{ createAgent, createMiddleware, tool }, { AIMessage, ToolMessage }] = await Promise.all([
    import('langchain'),
    import('@langchain/core/messages'),
  ]);
  let rounds = 0;
  let calls = 0;
  let refusals = 0;
  let fault: ModelFault | null = null;
  const byName = new Map(task.tools.map((t) => [t.name, t]));
  const stop = (kind: ConstructorParameters<typeof ModelFault>[0], message: string): never => {
    fault ??= new ModelFault(kind, message);
    throw fault;
  };
  const watch = createMiddleware({
    name: 'watch',
    wrapModelCall: async (request) => {
      if (fault) throw fault;
      if (++rounds > limits.rounds) stop('rounds', `more than ${limits.rounds} rounds`);
      session.allow();
      // One list, bound anew each turn: the same words first every time, so that an endpoint can keep them.
      const reply = await turn(session, request.tools, request.messages, task.draft, limits.calls);
      if (reply.text.trim() === '' && reply.calls.length === 0) stop('bad-reply', 'the reply is empty');
      if (reply.calls.length > limits.calls) stop('rounds', `more than ${limits.calls} tool calls`);
      // Without an id of its own: two completions with one id would overwrite each other.
      return new AIMessage({ content: reply.text, tool_calls: reply.calls });
    },
    wrapToolCall: async ({ toolCall }) => {
      const answer = (content: string) =>
        new ToolMessage({
          content: content.slice(0, RESULT),
          tool_call_id: toolCall.id ?? '',
          name: toolCall.name,
        });
      const note = (outcome: ToolCall['outcome'], detail: string) =>
        task.onTool?.({
          name: toolCall.name,
          arguments: toolCall.args,
          outcome,
          detail: detail.slice(0, RESULT),
        });
      if (fault) return answer('');
      if (++calls > limits.calls) fault = new ModelFault('rounds', `more than ${limits.calls} tool calls`);
      const spec = byName.get(toolCall.name);
      try {
        if (!spec) throw new Ungrounded(`没有名为 ${toolCall.name.slice(0, 40)} 的工具`);
        const given = await spec.run(toolCall.args as Record<string, unknown>);
        note('given', given);
        return answer(given);
      } catch (error) {
        const refused =
          error instanceof Ungrounded || error instanceof InputError || named(error, 'ZodError');
        if (!refused) {
          fault = new ModelFault('internal', `the tool ${toolCall.name.slice(0, 40)} failed`);
          return answer('');
        }
        if (++refusals >= limits.refusals)
          fault = new ModelFault(
            'ungrounded',
            'tool calls were refused: the user did not say what they hold',
          );
        const reason = named(error, 'ZodError') ? '参数不合要求' : (error as Error).message;
        note('refused', reason);
        return answer(`退回：${reason}`);
      }
    },
  });
  const agent = createAgent({
    model: session.chat,
    tools: task.tools.map((t) =>
      // The middleware runs the tool itself: refusals are counted there.
      tool(async () => '', { name: t.name, description: t.description, schema: t.schema }),
    ),
    middleware: [watch],
  });
  await agent.invoke(
    { messages: [{ role: 'system', content: task.instructions }, ...task.messages] },
    { signal: session.signal, recursionLimit: limits.rounds * 6 + 4, callbacks: [] },
  );
  if (fault) throw fault;
}

/** One turn of the model, its words told as they come, its tokens counted however it ends. */
async function turn(
  session: Session,
  tools: Parameters<Session['chat']['bindTools']>[0],
  messages: BaseMessage[],
  draft: AgentTask['draft'],
  most: number,
): Promise<{ text: string; calls: { id: string; name: string; args: Record<string, unknown> }[] }> {
  let whole: AIMessageChunk | null = null;
  try {
    const stream = await session.chat
      .bindTools(tools)
      .stream(messages, { signal: session.signal, callbacks: [] });
    for await (const chunk of stream) {
      const calls = chunk.tool_call_chunks ?? [];
      if (calls.length > most || (calls.at(-1)?.index ?? 0) >= most)
        throw new ModelFault('rounds', `more than ${most} tool calls`);
      whole = whole === null ? chunk : whole.concat(chunk);
      if (chunk.text !== '') draft.write(chunk.text);
    }
  } catch (error) {
    // Here, where it happens: the library wraps what is thrown through it.
    throw faultOf(error);
  } finally {
    session.spend(tokensOf(whole, messages));
  }
  // A sentence that the length cut off is none.
  if (whole?.response_metadata.finish_reason === 'length') draft.cut();
  else draft.end();
  return { text: whole?.text ?? '', calls: (whole?.tool_call_chunks ?? []).map(callOf) };
}

/** The library mends broken arguments by leaving out what is broken; here they are refused. @throws ModelFault `bad-reply` */
function callOf(chunk: { id?: string; name?: string; args?: string }, n: number) {
  try {
    const args: unknown = JSON.parse(chunk.args || '{}');
    if (typeof args === 'object' && args !== null && !Array.isArray(args))
      return { id: chunk.id ?? `call_${n}`, name: chunk.name ?? '', args: args as Record<string, unknown> };
  } catch {
    // Told below, as any other shape.
  }
  throw new ModelFault('bad-reply', 'a tool call is not JSON');
}

const named = (error: unknown, name: string): boolean =>
  (error as { name?: string } | null)?.name?.endsWith(name) === true;

/** Tokens as the endpoint counts them; where it does not, one a character, which is too many rather than too few. */
function tokensOf(reply: AIMessageChunk | null, asked: readonly { text: string }[]): number {
  const counted = reply?.usage_metadata?.total_tokens ?? 0;
  if (counted > 0) return counted;
  return (reply?.text.length ?? 0) + asked.reduce((n, m) => n + m.text.length, 0);
}
