import type { AIMessage } from '@langchain/core/messages';
import { InputError } from '../../errors.js';
import { ModelFault, type Session } from '../../model/index.js';
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
}

/**
 * Runs LangChain's agent over the tools and gives back its last words, unguarded: they go to the guard and nowhere else.
 * @throws ModelFault, or what the library throws (see `faultOf`)
 */
export async function runAgent(session: Session, task: AgentTask, limits = DEFAULT_LIMITS): Promise<string> {
  const [{ createAgent, createMiddleware, tool }, { ToolMessage }] = await Promise.all([
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
    wrapModelCall: async (request, handler) => {
      if (fault) throw fault;
      if (++rounds > limits.rounds) stop('rounds', `more than ${limits.rounds} rounds`);
      session.allow();
      const reply = (await handler(request)) as AIMessage;
      session.spend(tokensOf(reply, request.messages));
      // A malformed call would end the run in silence.
      if ((reply.invalid_tool_calls?.length ?? 0) > 0) stop('bad-reply', 'a tool call is not JSON');
      if ((reply.tool_calls?.length ?? 0) > limits.calls)
        stop('rounds', `more than ${limits.calls} tool calls`);
      return reply;
    },
    wrapToolCall: async ({ toolCall }) => {
      const answer = (content: string) =>
        new ToolMessage({
          content: content.slice(0, RESULT),
          tool_call_id: toolCall.id ?? '',
          name: toolCall.name,
        });
      if (fault) return answer('');
      if (++calls > limits.calls) fault = new ModelFault('rounds', `more than ${limits.calls} tool calls`);
      const spec = byName.get(toolCall.name);
      try {
        if (!spec) throw new Ungrounded(`没有名为 ${toolCall.name.slice(0, 40)} 的工具`);
        return answer(await spec.run(toolCall.args as Record<string, unknown>));
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
        return answer(`退回：${named(error, 'ZodError') ? '参数不合要求' : (error as Error).message}`);
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
  const result = await agent.invoke(
    { messages: [{ role: 'system', content: task.instructions }, ...task.messages] },
    { signal: session.signal, recursionLimit: limits.rounds * 6 + 4, callbacks: [] },
  );
  if (fault) throw fault;
  const last = result.messages.at(-1);
  const text = last?.type === 'ai' ? last.text : '';
  if (text.trim() === '') throw new ModelFault('bad-reply', 'the reply is empty');
  return text;
}

const named = (error: unknown, name: string): boolean =>
  (error as { name?: string } | null)?.name?.endsWith(name) === true;

/** Tokens as the endpoint counts them; where it does not, one a character, which is too many rather than too few. */
function tokensOf(reply: AIMessage, asked: readonly { text: string }[]): number {
  const counted = reply.usage_metadata?.total_tokens ?? 0;
  if (counted > 0) return counted;
  return reply.text.length + asked.reduce((n, m) => n + m.text.length, 0);
}
