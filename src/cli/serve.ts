import { join } from 'node:path';
import { type App, KNOWLEDGE } from '../app.js';
import { createInterviewer } from '../assistant/interviewer.js';
import { createLogger } from '../channels/log.js';
import type { Desk as ChannelDesk, ModelHealthView } from '../channels/types.js';
import type { Keeping } from '../channels/web/archive.js';
import { SqliteArchive } from '../channels/web/sqlite-archive.js';
import type { Config } from '../config.js';
import { InputError } from '../errors.js';
import { type LedgerRow, openLedger } from '../ledger/index.js';
import type { HealthView } from '../model/health.js';
import type { Call } from './io.js';

const EXPIRE_EVERY_MS = 6 * 3_600_000;

/** What channels reach: the assistant, the desk and whether the parts are usable. */
export function channelDesk(app: App, kept?: Keeping): ChannelDesk {
  const { desk, assistant, modelHealth } = app;
  let ledger: LedgerRow[] | undefined;
  return {
    assistant,
    ...(kept ? { kept } : {}),
    interviewer: createInterviewer(app.world, assistant, KNOWLEDGE),
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
      ledger ??= openLedger(KNOWLEDGE, app.world).rows;
      return id === undefined ? ledger : ledger.filter((row) => row.policy === id);
    },
    ...(modelHealth ? { modelHealth: () => healthOf(modelHealth()) } : {}),
    ready: async () => {
      try {
        await app.index();
        return { ok: true, parts: { index: 'ok', rules: 'ok' } };
      } catch (error) {
        return { ok: false, parts: { index: (error as Error).message, rules: 'ok' } };
      }
    },
  };
}

function healthOf(view: HealthView | null): ModelHealthView {
  const { asked, tokens, faults, circuit } = view ?? { asked: 0, tokens: 0, faults: {}, circuit: 'closed' };
  const resting = { closed: 'ok', 'half-open': 'degraded', open: 'down' } as const;
  return { state: asked === 0 ? 'unknown' : resting[circuit], asked, tokens, faults };
}

/** @throws InputError when nothing can be kept in DATA_DIR */
function openKeeping(config: Config): SqliteArchive {
  const file = join(config.dataDir, 'web.db');
  try {
    return new SqliteArchive(file);
  } catch (error) {
    throw new InputError(
      `${file} cannot be used: ${(error as Error).message}`,
      'DATA_DIR: a folder that can be written to',
    );
  }
}

/** `wence serve`: web page and HTTP API, and the Telegram bot when a token is set; runs until told to stop. */
export async function serve(app: App, call: Call, config: Config): Promise<void> {
  const log = createLogger(config.logLevel);
  await app.index();
  const kept = openKeeping(config);
  const { startChannels } = await import('../channels/start.js');
  const desk = channelDesk(app, { archive: kept, sessions: kept.sessions, gauges: kept.gauges });
  const channels = await startChannels(desk, config, log);
  const expire = () => {
    const gone = kept.expire(config.chatRetentionDays);
    if (gone > 0) log.info({ gone }, 'deleted what was kept for longer than CHAT_RETENTION_DAYS');
  };
  expire();
  const daily = setInterval(expire, EXPIRE_EVERY_MS);
  for (const line of channels.summary) call.out(`${line}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  log.info('stopping: finishing what was started');
  clearInterval(daily);
  await channels.close();
  kept.close();
  // A pause that Telegram asked for cannot be cut short and would hold the process open.
  process.exit(0);
}
