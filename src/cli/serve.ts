import type { App } from '../app.js';
import { createLogger, describeError } from '../channels/log.js';
import type { Desk as ChannelDesk } from '../channels/types.js';
import type { Config } from '../config.js';
import type { Call } from './io.js';

/** What channels reach: the assistant, the desk and whether the parts are usable. */
export function channelDesk(app: App): ChannelDesk {
  const { desk, assistant } = app;
  return {
    assistant,
    check: (request) => desk.check(request),
    search: (query, k) => desk.search(query, k),
    policies: (asOf) => desk.policies(asOf),
    clause: (policy, label) => desk.clause(policy, label),
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

/** `wence serve`: web page and HTTP API, and the Telegram bot when a token is set; runs until told to stop. */
export async function serve(app: App, call: Call, config: Config): Promise<void> {
  const log = createLogger(config.logLevel);
  const desk = channelDesk(app);
  await app.index();
  const { createWebServer } = await import('../channels/web/server.js');
  const web = await createWebServer(desk, config, log);
  const address = await web.listen();
  call.out(`问策已启动：${address}\n`);
  call.out(`· 网页和接口：开\n`);
  call.out(`· Telegram：${config.telegram ? '开' : '关（设置 TELEGRAM_BOT_TOKEN 打开）'}\n`);
  call.out(`· 语言模型：${config.openaiApiKey ? '已配置' : '关，离线回答（设置 OPENAI_API_KEY 打开）'}\n`);
  call.out(`· 数据目录：${config.dataDir}\n`);
  const bot = config.telegram
    ? (await import('../channels/telegram/bot.js')).createTelegramBot(desk, config.telegram, log)
    : null;
  bot?.start();
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  log.info('stopping: finishing what was started');
  const ended = await Promise.allSettled([bot?.stop(), web.close()]);
  for (const e of ended) if (e.status === 'rejected') log.error(describeError(e.reason));
}
