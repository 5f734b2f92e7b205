import { faultOf, type HealthView, type ModelEndpoint, type ModelFault } from '../../model/index.js';
import { normalise } from '../../understanding/index.js';
import type { Desk } from '../desk.js';
import { Guard, loadGuardWords } from '../guard/index.js';
import type { Answer, AskOptions, AskRequest, Assistant, Trace } from '../types.js';
import type { World } from '../world.js';
import { type AgentLimits, DEFAULT_LIMITS, runAgent, type ToolCall } from './agent.js';
import { compose } from './compose.js';
import type { Ground } from './ground.js';
import { Ledger } from './ledger.js';
import { loadPrompts, type Prompts } from './prompts.js';
import type { Sifted } from './sift.js';
import { Sifter } from './stream.js';
import { type ToolContext, toolsFor } from './tools.js';

export interface LlmParts {
  world: World;
  desk: Desk;
  /** Answers without a model; its answer takes the place of any that fails. */
  offline: Assistant;
  endpoint: ModelEndpoint;
  /** Folder prompts/ of the project. */
  promptsDir: string;
  limits?: Partial<AgentLimits>;
  /** Told of every sentence of a question, kept or dropped. */
  onSifted?: (sifted: Sifted) => void;
}

/** Below this a question that the documents do not answer is not long-winded. */
const LONG_WINDED = 60;
/** Earlier turns that a model reads. */
const TURNS = 6;
const NONE = '（没有）';
const UNASSISTED = new Set(['smalltalk', 'clarify', 'out_of_scope']);

/**
 * Answers as the offline assistant does, with a model that may search further and write connecting sentences. Never
 * throws for a fault of the model: whatever happens, the user gets the offline answer in the endpoint's time.
 */
export class LlmAssistant implements Assistant {
  readonly #prompts: Prompts;
  readonly #guard: Guard;

  /** @throws DataError for a prompt or word list that cannot be used */
  constructor(private readonly parts: LlmParts) {
    this.#prompts = loadPrompts(parts.promptsDir);
    const cities = new Map<string, string>();
    for (const { meta } of parts.world.library.policies)
      for (const word of [meta.cityName, ...meta.cityWords]) cities.set(word, meta.city);
    this.#guard = new Guard(loadGuardWords(`${parts.promptsDir}/guard.yaml`), cities, [
      this.#prompts.instructions,
    ]);
  }

  /** What `doctor` and /metrics show. */
  get health(): HealthView {
    return this.parts.endpoint.health;
  }

  /** Sentences are told of only after the guard; each of them stands in the answer, even when the model fails afterwards. */
  async ask(request: AskRequest, options: AskOptions = {}): Promise<Answer> {
    let trace: Trace | null = null;
    const base = await this.parts.offline.ask(request, {
      signal: options.signal,
      onTrace: (t) => {
        trace = t;
      },
    });
    const told = (more: Partial<Trace>) => trace && options.onTrace?.({ ...(trace as Trace), ...more });
    const rambling = !base.answered && request.question.length >= LONG_WINDED;
    if (options.signal?.aborted || !(rambling || (base.answered && !UNASSISTED.has(base.intent)))) {
      told({});
      return base;
    }
    const { answer, tools, sifted, fault } = await this.#assisted(request, base, options);
    this.parts.onSifted?.(sifted);
    told({
      ...(answer.mode === 'llm' ? { step: 'model' } : {}),
      tools,
      guard: [
        ...sifted.kept.map(({ text, from }) => ({
          sentence: text,
          kept: true,
          reason: from === undefined ? null : `shortened from ${from}`,
        })),
        ...sifted.dropped.map((d) => ({
          sentence: d.text,
          kept: false,
          reason: `${d.reason} ${d.detail}`.trim(),
        })),
      ],
      ...(fault === null ? {} : { fault: fault.kind }),
    });
    return answer;
  }

  async #assisted(
    request: AskRequest,
    base: Answer,
    options: AskOptions,
  ): Promise<{ answer: Answer; tools: ToolCall[]; sifted: Sifted; fault: ModelFault | null }> {
    const { world, desk, offline, endpoint } = this.parts;
    const ground = this.#ground(request, base);
    const ledger = new Ledger(world);
    if (base.answered) ledger.take(base);
    const found: Answer[] = [];
    const tools: ToolCall[] = [];
    const asOf = base.asOf;
    const context: ToolContext = { world, desk, offline, ground, ledger, request, asOf, found };
    // A question that the plan could not read whole is answered by the plan's answer to an extract of it.
    const answered = (): Answer | null =>
      base.answered ? base : found[0] ? { ...found[0], id: base.id, question: base.question } : null;
    const draft = new Sifter({
      ledger,
      guard: this.#guard,
      said: () => {
        const answer = answered();
        return answer && { words: ground.words, cities: citiesOf(world, answer, ground) };
      },
      tell: (sentence) => {
        if (!options.signal?.aborted) options.onSentence?.(sentence);
      },
    });
    let fault: ModelFault | null = null;
    try {
      await endpoint.run(
        (session) =>
          runAgent(
            session,
            {
              instructions: this.#prompts.instructions,
              messages: this.#messages(request, ledger),
              tools: toolsFor(context),
              draft,
              onTool: (call) => tools.push(call),
            },
            { ...DEFAULT_LIMITS, ...this.parts.limits },
          ),
        options.signal,
      );
    } catch (error) {
      // The endpoint has counted and reported its faults; whatever it was, it must not cost the user the answer.
      fault = faultOf(error);
    }
    draft.close();
    const { sifted } = draft;
    const answer = answered() ?? base;
    return {
      answer: sifted.kept.length === 0 ? answer : compose(world, answer, sifted.kept),
      tools,
      sifted,
      fault,
    };
  }

  #messages(request: AskRequest, ledger: Ledger) {
    const earlier = (request.history ?? []).filter((t) => t.role === 'user').slice(-TURNS);
    return [
      ...earlier.map((t) => ({ role: 'user' as const, content: t.text })),
      {
        role: 'user' as const,
        content: this.#prompts.turn(request.question, ledger.shown() || NONE, ledger.figures() || NONE),
      },
    ];
  }

  #ground(request: AskRequest, base: Answer): Ground {
    const { world } = this.parts;
    const words = [
      ...(request.history ?? []).filter((t) => t.role === 'user').map((t) => t.text),
      request.question,
    ];
    const cities = words.flatMap((w) => world.book.find(normalise(w)).map((c) => c.value));
    const only = request.policy ? world.library.policy(request.policy)?.meta.city : undefined;
    return { words, facts: base.facts, cities: [...new Set(only ? [...cities, only] : cities)] };
  }
}

/** The cities that an answer is about: one alone need not be named in every sentence. */
function citiesOf(world: World, answer: Answer, ground: Ground): string[] {
  const cited = answer.citations.map((c) => world.library.policy(c.policy)!.meta.city);
  return [...new Set([...cited, ...ground.cities])];
}
