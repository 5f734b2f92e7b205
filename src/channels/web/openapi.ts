import { z } from 'zod';
import * as shapes from './schemas.js';

/** The cookie of a staff session (with the prefix __Host- where it is Secure), and the header of its writes. */
export const SESSION_COOKIE = 'wence_session';
export const CSRF_HEADER = 'x-csrf-token';

/** One operation of the API: enough to register it and to describe it. */
export interface Operation {
  method: 'GET' | 'POST' | 'DELETE';
  /** As Fastify writes it: /api/clauses/:policy/:label */
  path: string;
  summary: string;
  body?: z.ZodType;
  query?: z.ZodObject;
  params?: z.ZodObject;
  /** Absent where the answer is no JSON document. */
  result?: z.ZodType;
  /** The media type where the answer is no JSON, or the one besides JSON that may be asked for. */
  type?: string;
  /** Only for staff: described with the session cookie. */
  staff?: boolean;
  /** Statuses besides 200 that the operation is known for. */
  faults: number[];
}

/** The OpenAPI 3.1 description of these operations, made from their zod schemas. */
export function describe(operations: readonly Operation[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describeOne(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Wence',
      version,
      description:
        'Answers, verdicts and clauses of policy documents. Every figure comes from a document, a rule or the asker.',
    },
    paths,
    components: {
      schemas: { Problem: json(shapes.Problem, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE },
        csrf: { type: 'apiKey', in: 'header', name: CSRF_HEADER },
      },
    },
  };
}

function describeOne(operation: Operation): Record<string, unknown> {
  const parameters = [...fields(operation.params, 'path'), ...fields(operation.query, 'query')];
  const responses: Record<string, unknown> = {
    '200': {
      description: 'OK',
      content: {
        ...(operation.result ? { 'application/json': { schema: json(operation.result, 'output') } } : {}),
        ...(operation.result && !operation.type
          ? {}
          : { [operation.type ?? 'text/plain']: { schema: { type: 'string' } } }),
      },
    },
  };
  for (const status of operation.faults) {
    responses[String(status)] = {
      description: 'Problem',
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
  return {
    summary: operation.summary,
    ...(operation.staff
      ? { security: [{ session: [], ...(operation.method === 'GET' ? {} : { csrf: [] }) }] }
      : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(operation.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: json(operation.body, 'input') } },
          },
        }
      : {}),
    responses,
  };
}

function fields(schema: z.ZodObject | undefined, place: 'path' | 'query'): unknown[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || !(field as z.ZodType).safeParse(undefined).success,
    schema: json(field as z.ZodType, 'input'),
  }));
}

function json(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  return rest;
}
