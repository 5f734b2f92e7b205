/** Why a model took no part. Every fault ends in the offline answer; the kind is for the log, /metrics and `doctor`. */
export type FaultKind =
  | 'timeout'
  | 'unauthorised'
  | 'rate-limited'
  | 'refused' // another 4xx: wrong address, unknown model, a body that the endpoint does not take
  | 'server'
  | 'network'
  | 'cut' // the reply ended in the middle or was longer than allowed
  | 'bad-reply' // not JSON, not a chat completion, malformed tool calls
  | 'cancelled' // the user asked something else
  | 'circuit-open'
  | 'budget'
  | 'ungrounded' // tool calls held what the user never said
  | 'rounds' // more tool rounds or tool calls than allowed
  | 'internal';

/** A typed fault of the model side. Its message carries no key and no text of the conversation. */
export class ModelFault extends Error {
  override readonly name = 'ModelFault';
  constructor(
    readonly kind: FaultKind,
    message: string,
    /** Milliseconds the endpoint asked to wait, when it did. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
  }
}

/** The fault behind whatever a library threw; faults of our own are found through `cause` chains. */
export function faultOf(error: unknown): ModelFault {
  for (let e: unknown = error, depth = 0; e !== undefined && e !== null && depth < 6; depth++) {
    if (e instanceof ModelFault) return e;
    e = (e as { cause?: unknown }).cause;
  }
  const {
    name = '',
    status,
    message = '',
  } = (error ?? {}) as { name?: string; status?: number; message?: string };
  if (status !== undefined) return statusFault(status);
  // What an endpoint says within a stream that had begun well.
  if (error instanceof Error && 'error' in error)
    return new ModelFault('server', 'the endpoint reported an error');
  if (/Recursion/i.test(name)) return new ModelFault('rounds', 'more rounds than allowed');
  if (/Timeout/i.test(name)) return new ModelFault('timeout', 'no reply in time');
  if (/Abort/i.test(name)) return new ModelFault('cancelled', 'cancelled');
  if (error instanceof SyntaxError || /JSON|parse|undefined|null|choices|message/i.test(message)) {
    return new ModelFault('bad-reply', 'the reply is no chat completion');
  }
  return new ModelFault('internal', name || 'unknown');
}

/** The fault that an HTTP status stands for. */
export function statusFault(status: number, retryAfterMs: number | null = null): ModelFault {
  const said = `the endpoint answered ${status}`;
  if (status === 401 || status === 403) return new ModelFault('unauthorised', said);
  if (status === 429) return new ModelFault('rate-limited', said, retryAfterMs);
  return new ModelFault(status >= 500 ? 'server' : 'refused', said, retryAfterMs);
}
