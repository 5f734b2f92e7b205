import { type FaultKind, faultOf } from './errors.js';
import { DEFAULT_TRANSPORT, resilientFetch } from './transport.js';

export interface ProbeOptions {
  apiKey: string;
  /** Without a trailing slash; null is OpenAI's own. */
  baseUrl: string | null;
  model: string;
  /** Time the endpoint has, in milliseconds. */
  timeoutMs?: number;
}

/** What an endpoint says to one token's worth of chat. */
export type Probe =
  | { ok: true; ms: number }
  | { ok: false; kind: FaultKind; status: number | null; ms: number };

export const OPENAI_URL = 'https://api.openai.com/v1';

/** Asks the configured model for one token, once, as a question would: address, key, model and quota are tried together. */
export async function probeModel(options: ProbeOptions): Promise<Probe> {
  const { apiKey, baseUrl, model, timeoutMs = 10_000 } = options;
  const from = performance.now();
  const took = () => Math.round(performance.now() - from);
  try {
    const response = await resilientFetch({ ...DEFAULT_TRANSPORT, retries: 0, attemptMs: timeoutMs })(
      `${baseUrl ?? OPENAI_URL}/chat/completions`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model, messages: [{ role: 'user', content: '你好' }], max_tokens: 1 }),
      },
    );
    const { choices } = (await response.json()) as { choices?: unknown };
    return Array.isArray(choices) && choices.length > 0
      ? { ok: true, ms: took() }
      : { ok: false, kind: 'bad-reply', status: response.status, ms: took() };
  } catch (error) {
    const fault = faultOf(error);
    const status = /answered (\d{3})$/.exec(fault.message)?.[1];
    return { ok: false, kind: fault.kind, status: status ? Number(status) : null, ms: took() };
  }
}
