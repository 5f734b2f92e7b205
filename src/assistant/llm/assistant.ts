import { type HealthView, type ModelEndpoint, ModelFault } from '../../model/index.js';
import { normalise } from '../../understanding/index.js';
import type { Desk } from '../desk.js';
import { Guard, loadGuardWords, type Said } from '../guard/index.js';
import type { Answer, AskRequest, Assistant } from '../types.js';
import type { World } from '../world.js';
import { type AgentLimits, DEFAULT_LIMITS, runAgent } from './agent.js';
import { compose, type Sifted, sift } from './compose.js';
import type { Ground } from './ground.js';
import { Ledger } from './ledger.js';
import { loadPrompts, type Prompts } from './prompts.js';
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
  /** Told of each sentence that the guard dropped and each question whose sentences all fell. */
  onSifted?: (sifted: Sifted) => void;
}

export interface LlmAskOptions {
  signal?: AbortSignal;
  /** Each sentence after the guard, in order, before the whole answer; none when the offline answer is sent. */
  onSentence?: (text: string) => void;
}

/** Below this a question that the documents do not answer is not long-winded. */
const LONG_WINDED = 60;
/** Earlier turns that a model reads. */
const TURNS = 6;
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

  async ask(request: AskRequest, options: LlmAskOptions = {}): Promise<Answer> {
    const base = await this.parts.offline.ask(request, options);
    const rambling = !base.answered && request.question.length >= LONG_WINDED;
    if (options.signal?.aborted || !(rambling || (base.answered && !UNASSISTED.has(base.intent))))
      return base;
    try {
      return await this.#assisted(request, base, options);
    } catch (error) {
      // The endpoint has counted and reported its faults; anything else is ours and must not cost the user the answer.
      if (!(error instanceof ModelFault)) this.parts.onSifted?.({ kept: [], dropped: [] });
      return base;
    }
  }

  async #assisted(request: AskRequest, base: Answer, options: LlmAskOptions): Promise<Answer> {
    const { world, desk, offline, endpoint } = this.parts;
    const ground = this.#ground(request, base);
    const ledger = new Ledger(world);
    if (base.answered) ledger.take(base);
    const found: Answer[] = [];
    const context: ToolContext = {
      world,
      desk,
      offline,
      ground,
      ledger,
      request,
      asOf: base.asOf,
      found,
    };
    const draft = await endpoint.run(
      (session) =>
        runAgent(
          session,
          {
            instructions: this.#prompts.instructions,
            messages: [
              ...(request.history ?? [])
                .filter((t) => t.role === 'user')
                .slice(-TURNS)
                .map((t) => ({ role: 'user' as const, content: t.text })),
              { role: 'user', content: this.#prompts.turn(request.question, ledger.shown() || '（没有）') },
            ],
            tools: toolsFor(context),
          },
          { ...DEFAULT_LIMITS, ...this.parts.limits },
        ),
      options.signal,
    );
    // A question that the plan could not read whole is answered by the plan's answer to an extract of it.
    const answer = base.answered ? base : found[0] && { ...found[0], id: base.id, question: base.question };
    if (!answer) return base;
    const said: Said = { words: ground.words, cities: citiesOf(world, answer, ground) };
    const sifted = sift(draft, ledger, this.#guard, said);
    this.parts.onSifted?.(sifted);
    if (sifted.kept.length === 0) return answer;
    for (const { text } of sifted.kept) options.onSentence?.(text);
    return compose(world, answer, sifted.kept);
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
