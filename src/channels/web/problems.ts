import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { InputError } from '../../errors.js';
import { StoreError } from '../../store/errors.js';
import type { Say } from '../locale.js';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** A fault that already knows its HTTP status. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  constructor(
    readonly status: number,
    message: string,
    readonly accepted: string,
    readonly also: { headers?: Record<string, string>; more?: Record<string, unknown> } = {},
  ) {
    super(message);
  }
}

/** Answers with a problem document (RFC 9457), with what would be accepted instead. */
export function sendProblem(reply: FastifyReply, say: Say, problem: HttpProblem): FastifyReply {
  const { status, message, accepted, also } = problem;
  // Most callers read no answer before their whole body is sent: cutting them off would hide why it is refused.
  if (status === 413) reply.removeHeader('connection');
  return reply
    .code(status)
    .headers(also.headers ?? {})
    .type(PROBLEM_TYPE)
    .send(problemBody(say, status, message, accepted, reply.request.id, also.more));
}

export function problemBody(
  say: Say,
  status: number,
  detail: string,
  accepted: string,
  requestId: string,
  more: Record<string, unknown> = {},
): string {
  return JSON.stringify({
    ...more,
    type: 'about:blank',
    title: say(`problem.${status}`),
    status,
    detail,
    accepted,
    requestId,
  });
}

/** What the caller is told of any error; only an error of our own becomes a 500. */
export function toProblem(error: unknown, request: FastifyRequest, say: Say, bodyLimit: number): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof InputError) return new HttpProblem(400, error.message, error.accepted);
  const known = (status: number, key: string, values: Record<string, string | number> = {}) =>
    new HttpProblem(status, say(`problem.${key}`, values), say(`problem.${key}Accepted`, values));
  if (error instanceof StoreError)
    return new HttpProblem(503, say('problem.unkept'), say('problem.unkeptAccepted'), {
      headers: { 'retry-after': '5' },
      more: { code: 'store' },
    });
  const { code, statusCode } = (error ?? {}) as Partial<FastifyError>;
  const example = request.routeOptions?.config?.example ?? '{…}';
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return known(413, 'tooLarge', { limit: bodyLimit });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return known(415, 'media');
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return known(400, 'malformed', { example });
    case 'FST_ERR_BAD_URL':
      return known(400, 'badUrl');
  }
  if (error instanceof SyntaxError && statusCode === 400) return known(400, 'malformed', { example });
  // What the pages' folder does not give away is not there.
  if (statusCode === 403 || statusCode === 404) return notFound(request, say);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return known(400, 'badRequest');
  return known(500, 'internal', { id: request.id });
}

/** A refusal that names the path, without what was asked. */
export function notFound(request: FastifyRequest, say: Say): HttpProblem {
  const path = request.url.split('?')[0]!.slice(0, 200);
  return new HttpProblem(404, say('problem.notFound', { path }), say('problem.notFoundAccepted'));
}

/**
 * Reads a body, query or parameters by its schema.
 * @throws InputError naming the first faulty field and the shape that would be accepted.
 */
export function read<T extends z.ZodType>(schema: T, value: unknown, say: Say): z.output<T> {
  const result = schema.safeParse(value, { error: z.locales.zhCN().localeError });
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const field = issue.path.join('.') || 'JSON';
  const format = issue.code === 'invalid_format' ? issue.format : null;
  const missing = issue.code === 'invalid_type' && at(value, issue.path) === undefined;
  if (missing) throw new InputError(say('problem.missing', { field }), shapeOf(schema));
  const why =
    format === 'date' ? say('problem.date') : format === 'regex' ? say('problem.form') : issue.message;
  throw new InputError(say('problem.field', { field, why }), shapeOf(schema));
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

interface Described {
  type?: string | string[];
  anyOf?: Described[];
}

/** A one-line example of an object schema's fields: {"question": string, "asOf"?: string | null}. */
export function shapeOf(schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: 'input' }) as {
    properties?: Record<string, Described>;
    required?: string[];
  };
  const fields = Object.entries(json.properties ?? {}).map(
    ([name, field]) => `"${name}"${json.required?.includes(name) ? '' : '?'}: ${typesOf(field).join(' | ')}`,
  );
  return `{${fields.join(', ')}}`;
}

function typesOf({ type, anyOf }: Described): string[] {
  const all = anyOf?.flatMap(typesOf) ?? (type === undefined ? ['any'] : [type].flat());
  return [...new Set(all)];
}
