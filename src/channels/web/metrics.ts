import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { ModelHealthView } from '../types.js';

/** What is read when /metrics is asked for; each may be absent. */
export interface Gauges {
  /** Replies committed and not yet sent. */
  outbox?(): Promise<number>;
  /** Updates set aside because they failed every time. */
  aside?(): Promise<number>;
  /** Staff sessions that have not ended. */
  sessions?(): Promise<number>;
  model?(): ModelHealthView;
}

const MODEL_STATES = ['off', 'unknown', 'ok', 'degraded', 'down'] as const;

/** What /metrics shows. One registry a server, so that several can live in one process. No label holds words of a user. */
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
  readonly latency = new Histogram({
    name: 'wence_answer_duration_seconds',
    help: 'Time from a question to its answer',
    labelNames: ['channel', 'mode'] as const,
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [this.registry],
  });
  readonly failures = new Counter({
    name: 'wence_failures_total',
    help: 'Questions that ended in an error of our own',
    labelNames: ['channel'] as const,
    registers: [this.registry],
  });
  readonly unkept = new Counter({
    name: 'wence_answers_unkept_total',
    help: 'Answers that were sent and could not be kept',
    registers: [this.registry],
  });
  readonly streams = new Gauge({
    name: 'wence_streams_open',
    help: 'Answers being streamed',
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

  /** Starts a clock; what it gives back counts the answer and its time. */
  time(channel: string): (answer: { intent: string; mode: string; answered: boolean }) => void {
    const started = process.hrtime.bigint();
    return (answer) => {
      this.answered(channel, answer);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      this.latency.observe({ channel, mode: answer.mode }, seconds);
    };
  }

  /** Adds the gauges of parts that this server has. A part that cannot say leaves its gauge as it was. */
  watch(gauges: Gauges): void {
    const { outbox, aside, sessions, model } = gauges;
    const gauge = (name: string, help: string, read: () => Promise<number>) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        async collect() {
          const value = await read().catch(() => null);
          if (value !== null) this.set(value);
        },
      });
    if (outbox) gauge('wence_outbox_pending', 'Replies committed and not yet sent', outbox);
    if (aside) gauge('wence_updates_aside', 'Updates set aside because they failed every time', aside);
    if (sessions) gauge('wence_staff_sessions', 'Staff sessions that have not ended', sessions);
    if (model) this.#watchModel(model);
  }

  #watchModel(model: () => ModelHealthView): void {
    const registers = [this.registry];
    new Gauge({
      name: 'wence_model_state',
      help: 'State of the language model: 1 for the one it is in',
      labelNames: ['state'] as const,
      registers,
      collect() {
        const now = model().state;
        for (const state of MODEL_STATES) this.set({ state }, state === now ? 1 : 0);
      },
    });
    new Gauge({
      name: 'wence_model_faults',
      help: 'Faults of the language model since the start, by kind',
      labelNames: ['kind'] as const,
      registers,
      collect() {
        for (const [kind, count] of Object.entries(model().faults)) this.set({ kind }, count);
      },
    });
    new Gauge({
      name: 'wence_model_tokens',
      help: 'Tokens used since the start',
      registers,
      collect() {
        this.set(model().tokens);
      },
    });
  }
}
