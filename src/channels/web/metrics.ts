import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What /metrics shows. One registry a server, so that several can live in one process. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: 'wence_http_request_duration_seconds',
    help: 'Time to answer HTTP requests',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.02, 0.1, 0.5, 1, 2, 5, 15, 60],
    registers: [this.registry],
  });
  readonly answers = new Counter({
    name: 'wence_answers_total',
    help: 'Answers given, by channel, intent, mode and whether the documents had an answer',
    labelNames: ['channel', 'intent', 'mode', 'answered'] as const,
    registers: [this.registry],
  });
  readonly failures = new Counter({
    name: 'wence_failures_total',
    help: 'Questions that ended in an error of our own',
    labelNames: ['channel'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Counts an answer. */
  answered(channel: string, answer: { intent: string; mode: string; answered: boolean }): void {
    this.answers.inc({
      channel,
      intent: answer.intent,
      mode: answer.mode,
      answered: String(answer.answered),
    });
  }
}
