import type { Config } from '../config.js';
import type { ModelFinding } from './doctor-model.js';

const PATIENCE_MS = 10_000;

/** Asks the Bot API who the bot is, and says in words what came of it; never shows the token. */
export async function telegramFinding(
  { telegram }: Pick<Config, 'telegram'>,
  timeoutMs = PATIENCE_MS,
): Promise<ModelFinding> {
  if (!telegram) return { ok: true, seen: '未设置；设置 TELEGRAM_BOT_TOKEN 可打开', remedy: null };
  const { apiRoot: at, webhookUrl } = telegram;
  if (webhookUrl && !/^https:/.test(webhookUrl) && at === 'https://api.telegram.org')
    return {
      ok: false,
      seen: `TELEGRAM_WEBHOOK_URL 是 ${webhookUrl}`,
      remedy: 'Telegram 只调用 https 地址：换成 https，或不设置而用长轮询',
    };
  let response: Response;
  let said: { result?: { username?: string }; description?: string };
  try {
    response = await fetch(`${at}/bot${telegram.token}/getMe`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    said = (await response.json()) as typeof said;
  } catch {
    return {
      ok: false,
      seen: `${at} 连不上，或答的不是 Bot API 的话`,
      remedy: '检查网络、代理和 TELEGRAM_API_ROOT；网页和接口不受影响，连上后机器人自动继续',
    };
  }
  if (response.ok && said.result?.username) {
    const way = webhookUrl ? 'webhook' : '长轮询';
    return { ok: true, seen: `@${said.result.username}，${way}`, remedy: null };
  }
  const remedy =
    response.status === 401 || response.status === 404
      ? '令牌不对或已作废：向 @BotFather 取新的，设为 TELEGRAM_BOT_TOKEN'
      : '稍后再试；若一直如此，检查 TELEGRAM_API_ROOT';
  return { ok: false, seen: `${at} 返回 ${response.status}`, remedy };
}
