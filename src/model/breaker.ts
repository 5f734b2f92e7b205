import { ModelFault } from './errors.js';

/**
 * Stops asking an endpoint that keeps failing: after `failures` in a row it is left alone for `restMs`, then one question
 * tries again. A pure state machine over the given clock.
 */
export class CircuitBreaker {
  #failures = 0;
  #openUntil = 0;
  #trying = false;

  constructor(
    private readonly failures = 5,
    private readonly restMs = 30_000,
    private readonly now: () => number = Date.now,
  ) {}

  get state(): 'closed' | 'open' | 'half-open' {
    if (this.#openUntil === 0) return 'closed';
    return this.now() < this.#openUntil ? 'open' : 'half-open';
  }

  /** @throws ModelFault `circuit-open` while the endpoint rests, or while another question is trying it. */
  enter(): void {
    const { state } = this;
    if (state === 'open' || (state === 'half-open' && this.#trying))
      throw new ModelFault('circuit-open', 'the endpoint failed repeatedly and is left alone for a while');
    if (state === 'half-open') this.#trying = true;
  }

  succeeded(): void {
    this.#failures = 0;
    this.#openUntil = 0;
    this.#trying = false;
  }

  failed(): void {
    this.#failures++;
    this.#trying = false;
    if (this.#failures >= this.failures || this.#openUntil > 0) this.#openUntil = this.now() + this.restMs;
  }

  /** The question ended without telling anything about the endpoint (cancelled). */
  left(): void {
    this.#trying = false;
  }
}
