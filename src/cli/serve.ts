import type { App } from '../app.js';
import { createLogger, type Logger } from '../channels/log.js';
import type { Desk as ChannelDesk, ModelHealthView } from '../channels/types.js';
import type { Config } from '../config.js';
import { type LedgerRow, openLedger } from '../ledger/index.js';
import type { TokenCount } from '../model/budget.js';
import type { HealthView } from '../model/health.js';
import type { Store, Worker } from '../store/types.js';
import type { Call } from './io.js';

const SWEEP_EVERY_MS = 6 * 3_600_000;

/** What channels reach: the assistant, the desk and whether the parts are usable. */
export function channelDesk(app: App, store?: Store): ChannelDesk {
  const { desk, assistant, modelHealth } = app;
  let ledger: LedgerRow[] | undefined;
  return {
    assistant,
    ...(store ? { store } : {}),
    interviewer: app.interviewer,
    check: (request) => desk.check(request),
    search: (query, k) => desk.search(query, k),
    policies: (asOf) => desk.policies(asOf),
    clause: (policy, label) => desk.clause(policy, label),
    verdicts: (request) => desk.verdicts(request),
    facts: () => desk.facts(),
    rules: (policy) => desk.rules(policy),
    document: (id, asOf) => desk.document(id, asOf),
    compare: async (request) => ({ about: request.about, answer: desk.compare(request) }),
    source: (id) => {
      const { meta, source } = desk.policy(id);
      return { filename: `${meta.title.replace(/[\\/:*?"<>|\s]+/g, '_')}.txt`, bytes: Buffer.from(source) };
    },
    ledger: (policy) => {
      const id = policy === undefined ? undefined : desk.policy(policy).meta.id;
      ledger ??= openLedger(app.knowledgeDir, app.world).rows;
      return id === undefined ? ledger : ledger.filter((row) => row.policy === id);
    },
    ...(modelHealth ? { modelHealth: () => healthOf(modelHealth()) } : {}),
    ready: async () => {
      const index = await Promise.race([stateOf(app), notYet()]);
      return { ok: index === 'ok', parts: { index, rules: 'ok' } };
    },
  };
}

/** Settles when the search index is there, or cannot be. */
const stateOf = (app: App): Promise<string> =>
  app.index().then(
    () => 'ok',
    (error: Error) => error.message,
  );

/** What is said of an index that is not there by now. Only a search of clauses waits for it. */
const notYet = (): Promise<string> => new Promise((resolve) => setImmediate(() => resolve('building')));

function healthOf(view: HealthView | null): ModelHealthView {
  const { asked, tokens, faults, circuit } = view ?? { asked: 0, tokens: 0, faults: {}, circuit: 'closed' };
  const resting = { closed: 'ok', 'half-open': 'degraded', open: 'down' } as const;
  return { state: asked === 0 ? 'unknown' : resting[circuit], asked, tokens, faults };
}

/** `wence serve`: web page and HTTP API, and the Telegram bot when a token is set; runs until told to stop. */
export async function serve(app: App, call: Call, config: Config): Promise<void> {
  const log = createLogger(config.logLevel);
  const { dataDir, databaseUrl } = config;
  const { openStoreWhenUp } = await import('../store/awaited.js');
  const store = await openStoreWhenUp({ dataDir, databaseUrl, log: (message) => log.info(message) });
  if (store.shared) app.countTokensIn?.(tokensIn(store));
  const { startChannels } = await import('../channels/start.js');
  const channels = await startChannels(channelDesk(app, store), config, log).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const sweeping = await everySoOften(
    store,
    async () => {
      const { deleted } = await store.sweep({ chatsOlderThanDays: config.chatRetentionDays });
      log.info({ deleted }, 'deleted what was kept for longer than CHAT_RETENTION_DAYS');
    },
    log,
  );
  for (const line of channels.summary) call.out(`${line}\n`);
  // Building takes long where there are many documents; answers do without it, and /readyz says how far it is.
  void stateOf(app).then((index) => log.info({ index }, 'search of clauses'));
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  log.info('stopping: finishing what was started');
  await channels.close();
  await sweeping.stop();
  await store.close();
  // A pause that Telegram asked for cannot be cut short and would hold the process open.
  process.exit(0);
}

/** Sweeps at the start and every few hours; of several processes on one database, one does it for all. */
async function everySoOften(store: Store, sweep: () => Promise<void>, log: Logger): Promise<Worker> {
  if (store.shared) return store.shared.task('sweep', SWEEP_EVERY_MS, sweep);
  const patient = () =>
    sweep().catch((error: unknown) =>
      log.error({ err: error }, 'what is too old could not be deleted; tried again later'),
    );
  await patient();
  const timer = setInterval(patient, SWEEP_EVERY_MS);
  return { stop: async () => clearInterval(timer) };
}

/** The day's tokens of all processes, in the store. */
function tokensIn({ budgets }: Store): TokenCount {
  const key = 'model tokens';
  return {
    add: async (day, tokens) => (await budgets.spend(day, key, tokens, Number.MAX_SAFE_INTEGER)).used,
    used: (day) => budgets.used(day, key),
  };
}
