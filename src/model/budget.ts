import { ModelFault } from './errors.js';

/** Tokens that may be spent, a question and a day (UTC). */
export interface TokenLimits {
  perQuestion: number;
  perDay: number;
}

export const DEFAULT_TOKENS: TokenLimits = { perQuestion: 24_000, perDay: 5_000_000 };

/** Where several processes count a day's tokens together; its methods resolve with what all of them have spent. */
export interface TokenCount {
  /** @param day YYYY-MM-DD */
  add(day: string, tokens: number): Promise<number>;
  used(day: string): Promise<number>;
}

/** Counts tokens by day. What one question may still spend is asked for before each call. */
export class TokenBudget {
  #day = '';
  #spent = 0;

  constructor(
    readonly limits: TokenLimits = DEFAULT_TOKENS,
    private readonly now: () => number = Date.now,
    /** Absent or null: this process counts for itself. */
    private readonly together: () => TokenCount | null = () => null,
  ) {}

  /**
   * Hears what other processes have spent, without waiting: a day's limit may be passed by what is under way in each process, and
   * while the common count cannot be reached each process counts for itself.
   */
  listen(): void {
    this.#roll();
    this.#hear(this.together()?.used(this.#day));
  }

  get spentToday(): number {
    this.#roll();
    return this.#spent;
  }

  /** @param spent tokens of this question so far @throws ModelFault `budget` */
  allow(spent: number): void {
    this.#roll();
    if (spent >= this.limits.perQuestion)
      throw new ModelFault('budget', `a question may spend ${this.limits.perQuestion} tokens`);
    if (this.#spent >= this.limits.perDay)
      throw new ModelFault('budget', `a day may spend ${this.limits.perDay} tokens`);
  }

  spend(tokens: number): void {
    this.#roll();
    this.#spent += tokens;
    this.#hear(this.together()?.add(this.#day, tokens));
  }

  #hear(total: Promise<number> | undefined): void {
    const day = this.#day;
    total?.then(
      (spent) => {
        if (day === this.#day) this.#spent = Math.max(this.#spent, spent);
      },
      () => {},
    );
  }

  #roll(): void {
    const day = new Date(this.now()).toISOString().slice(0, 10);
    if (day === this.#day) return;
    this.#day = day;
    this.#spent = 0;
  }
}
