import type { FaultKind, ModelFault } from './errors.js';

/** What `doctor`, the log and /metrics show of the model side. */
export interface HealthView {
  asked: number;
  tokens: number;
  faults: Partial<Record<FaultKind, number>>;
  last: { kind: FaultKind; message: string; at: string } | null;
  circuit: 'closed' | 'open' | 'half-open';
}

/** Counts questions and faults; `note` is told of each fault as it happens. */
export class ModelHealth {
  #asked = 0;
  #tokens = 0;
  #faults: Partial<Record<FaultKind, number>> = {};
  #last: HealthView['last'] = null;

  constructor(private readonly note: (fault: ModelFault) => void = () => undefined) {}

  asked(): void {
    this.#asked++;
  }

  used(tokens: number): void {
    this.#tokens += tokens;
  }

  fault(fault: ModelFault): void {
    this.#faults[fault.kind] = (this.#faults[fault.kind] ?? 0) + 1;
    this.#last = { kind: fault.kind, message: fault.message, at: new Date().toISOString() };
    this.note(fault);
  }

  view(circuit: HealthView['circuit']): HealthView {
    return {
      asked: this.#asked,
      tokens: this.#tokens,
      faults: { ...this.#faults },
      last: this.#last,
      circuit,
    };
  }
}
