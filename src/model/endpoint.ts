import type { ChatOpenAI } from '@langchain/openai';
import { CircuitBreaker } from './breaker.js';
import { DEFAULT_TOKENS, TokenBudget, type TokenCount, type TokenLimits } from './budget.js';
import { faultOf, ModelFault } from './errors.js';
import { type HealthView, ModelHealth } from './health.js';
import { DEFAULT_TRANSPORT, resilientFetch, type TransportOptions } from './transport.js';

export interface EndpointOptions {
  apiKey: string;
  /** Without a trailing slash; null is OpenAI's own. */
  baseUrl: string | null;
  model: string;
  /** Time a whole question may take, all rounds and retries included. */
  questionMs?: number;
  transport?: Partial<TransportOptions>;
  tokens?: Partial<TokenLimits>;
  /** Longest completion of one call, in tokens. */
  maxReplyTokens?: number;
  onFault?: (fault: ModelFault) => void;
  breaker?: CircuitBreaker;
  now?: () => number;
  /** Where tokens of a day are counted for several processes together, once there is such a place. */
  together?: () => TokenCount | null;
}

/** What one question may use: the chat model, its signal, and where tokens are counted. */
export interface Session {
  chat: ChatOpenAI;
  signal: AbortSignal;
  /** Before each call. @throws ModelFault `budget` */
  allow(): void;
  /** After each call; an endpoint that counts nothing is counted by the characters. */
  spend(tokens: number): void;
}

const QUESTION_MS = 20_000;
const REPLY_TOKENS = 1200;

/** An OpenAI-compatible chat endpoint behind time-out, retries, circuit breaker and budget. Loads its library on first use. */
export class ModelEndpoint {
  readonly #breaker: CircuitBreaker;
  readonly #budget: TokenBudget;
  readonly #health: ModelHealth;
  #chat: Promise<ChatOpenAI> | null = null;

  constructor(private readonly options: EndpointOptions) {
    this.#breaker = options.breaker ?? new CircuitBreaker(5, 30_000, options.now);
    this.#budget = new TokenBudget({ ...DEFAULT_TOKENS, ...options.tokens }, options.now, options.together);
    this.#health = new ModelHealth(options.onFault);
  }

  get health(): HealthView {
    return this.#health.view(this.#breaker.state);
  }

  /**
   * Runs one question. Ends within the question's time whatever `work` does.
   * @throws ModelFault only
   */
  async run<T>(work: (session: Session) => Promise<T>, cancelled?: AbortSignal): Promise<T> {
    let spent = 0;
    const limit = AbortSignal.timeout(this.options.questionMs ?? QUESTION_MS);
    const signal = cancelled ? AbortSignal.any([cancelled, limit]) : limit;
    try {
      this.#breaker.enter();
      this.#budget.listen();
      this.#budget.allow(0);
      this.#health.asked();
      const chat = await within(this.#load(), signal);
      const session: Session = {
        chat,
        signal,
        allow: () => this.#budget.allow(spent),
        spend: (tokens) => {
          spent += tokens;
          this.#budget.spend(tokens);
          this.#health.used(tokens);
        },
      };
      const result = await within(work(session), signal);
      this.#breaker.succeeded();
      return result;
    } catch (error) {
      const fault = cancelled?.aborted
        ? new ModelFault('cancelled', 'cancelled')
        : limit.aborted
          ? new ModelFault('timeout', 'no answer in time')
          : faultOf(error);
      if (ENDPOINTS_FAULT.has(fault.kind)) this.#breaker.failed();
      else if (fault.kind !== 'circuit-open') this.#breaker.left();
      this.#health.fault(fault);
      throw fault;
    }
  }

  #load(): Promise<ChatOpenAI> {
    const { apiKey, baseUrl, model, transport, maxReplyTokens = REPLY_TOKENS } = this.options;
    this.#chat ??= import('@langchain/openai').then(
      ({ ChatOpenAI }) =>
        new ChatOpenAI({
          apiKey,
          model,
          temperature: 0,
          maxTokens: maxReplyTokens,
          maxRetries: 0,
          streaming: true,
          useResponsesApi: false,
          // Raw tokens never reach a stream: nothing unguarded is shown, not for a moment.
          tags: ['nostream'],
          configuration: {
            ...(baseUrl === null ? {} : { baseURL: baseUrl }),
            // The library prints what it cannot read, a user's words among it.
            logLevel: 'off',
            maxRetries: 0,
            fetch: resilientFetch({ ...DEFAULT_TRANSPORT, ...transport }),
          },
        }),
    );
    return this.#chat;
  }
}

const ENDPOINTS_FAULT = new Set([
  'timeout',
  'unauthorised',
  'rate-limited',
  'refused',
  'server',
  'network',
  'cut',
  'bad-reply',
]);

/** A promise, or the signal's end, whichever is first. */
function within<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
