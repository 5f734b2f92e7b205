import type { Config } from '../config.js';
import { OPENAI_URL, type Probe, probeModel } from '../model/probe.js';

/** What doctor says of the language model: whether it is well, what was seen, and what to do when it is not. */
export interface ModelFinding {
  ok: boolean;
  seen: string;
  remedy: string | null;
}

const STILL = '修好之前照常离线回答';

/** Asks the configured endpoint for one token and says in words what came of it. */
export async function modelFinding(config: Config, timeoutMs?: number): Promise<ModelFinding> {
  const { openaiApiKey: apiKey, openaiModel: model } = config;
  if (!apiKey)
    return { ok: true, seen: '未设置，离线回答；设置 OPENAI_API_KEY 和 OPENAI_MODEL 可打开', remedy: null };
  const at = config.openaiBaseUrl ?? OPENAI_URL;
  if (!model)
    return {
      ok: false,
      seen: '设置了 OPENAI_API_KEY，没有设置 OPENAI_MODEL，所以离线回答',
      remedy: `把 OPENAI_MODEL 设为 ${at} 提供的对话模型的名称`,
    };
  const probe = await probeModel({ apiKey, baseUrl: config.openaiBaseUrl, model, timeoutMs });
  if (probe.ok) return { ok: true, seen: `${model}（${at}）可用，${probe.ms} 毫秒`, remedy: null };
  return { ok: false, ...words(probe, at, model) };
}

function words(
  probe: Extract<Probe, { ok: false }>,
  at: string,
  model: string,
): { seen: string; remedy: string } {
  const { kind, status } = probe;
  const said = `${at} 返回 ${status}`;
  if (kind === 'unauthorised')
    return { seen: said, remedy: `检查 OPENAI_API_KEY 是否属于这个地址、是否有权使用 ${model}；${STILL}` };
  if (status === 404)
    return {
      seen: said,
      remedy: `检查 OPENAI_BASE_URL（多以 /v1 结尾）和 OPENAI_MODEL（现在是 ${model}）是否存在；${STILL}`,
    };
  if (status !== null && status >= 300 && status < 400)
    return {
      seen: `${said}，要转到别的地址`,
      remedy: `把 OPENAI_BASE_URL 设为最后的地址（多以 https:// 开头、以 /v1 结尾）；为了不把密钥和问题带到别处，不会自动跟随；${STILL}`,
    };
  if (kind === 'rate-limited')
    return { seen: said, remedy: `额度用完或请求太多：到服务商处查看余额和限速，稍后再试；${STILL}` };
  if (kind === 'refused')
    return {
      seen: said,
      remedy: `服务不接受这样的请求：检查 OPENAI_MODEL（现在是 ${model}）是不是对话模型；${STILL}`,
    };
  if (kind === 'server') return { seen: said, remedy: `服务方出错，稍后再试；${STILL}` };
  if (kind === 'timeout')
    return { seen: `${at} 在 ${probe.ms} 毫秒内没有回答`, remedy: `检查网络，或换一个更快的模型；${STILL}` };
  if (kind === 'network' || kind === 'cut')
    return { seen: `${at} 连不上`, remedy: `检查网络、代理和 OPENAI_BASE_URL；${STILL}` };
  return {
    seen: `${at} 的回答不是 OpenAI 的格式`,
    remedy: `检查 OPENAI_BASE_URL 是否为兼容 OpenAI 的地址（多以 /v1 结尾）；${STILL}`,
  };
}
