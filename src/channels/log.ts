import { type DestinationStream, destination, type Logger, pino, stdSerializers } from 'pino';

export type { Logger };

/**
 * The structured log (JSON lines on stderr, so that stdout stays the commands'). Questions, facts, chat texts and tokens
 * are never given to it; of an error it keeps the name, the code and where it arose, because messages may quote a user.
 */
export function createLogger(
  level: string,
  to: DestinationStream = destination({ fd: 2, sync: true }),
): Logger {
  return pino({ level, base: undefined, serializers: { err: describeError } }, to);
}

/** What the log keeps of an error. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error };
  const { type, stack } = stdSerializers.err(error);
  const code =
    (error as { code?: unknown; error_code?: unknown }).code ??
    (error as { error_code?: unknown }).error_code;
  const at = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name || type,
    ...(code === undefined ? {} : { code }),
    at: at.slice(0, 8).map((line) => line.trim()),
  };
}
