import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Say } from '../locale.js';
import type { Operation } from './openapi.js';
import { HttpProblem, read, shapeOf } from './problems.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a body of this route looks like. */
    example?: string;
  }
}

/** Levels of a JSON body: ten times what any shape needs, and far from what a stack can hold. */
const DEEPEST = 50;

/** Whether a value is nested deeper than any body may be. Does not recurse, so that depth itself cannot break it. */
function isDeep(body: unknown): boolean {
  let level = [body];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null
        ? Object.values(value).filter((v) => typeof v === 'object')
        : [],
    );
  }
  return false;
}

/** What a request was read into by the schemas of its operation. */
export interface Input<O extends Operation> {
  body: O['body'] extends z.ZodType ? z.output<O['body']> : undefined;
  query: O['query'] extends z.ZodType ? z.output<O['query']> : undefined;
  params: O['params'] extends z.ZodType ? z.output<O['params']> : undefined;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** Runs before the body is read; throws to refuse. */
export type Gate = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** The operations of the API: each is registered, read by its own schemas, and described from them. */
export class Routes {
  readonly operations: Operation[] = [];

  constructor(
    readonly app: FastifyInstance,
    readonly say: Say,
  ) {}

  /** Adds an operation. @param gates run in order before the body is read */
  add<const O extends Operation>(
    operation: O,
    handler: (input: Input<O>) => unknown,
    gates: readonly Gate[] = [],
  ): void {
    this.operations.push(operation);
    this.app.route({
      method: operation.method,
      url: operation.path,
      config: operation.body ? { example: shapeOf(operation.body) } : {},
      onRequest: gates.map((gate) => async (request: FastifyRequest, reply: FastifyReply) => {
        await gate(request, reply);
      }),
      handler: async (request, reply) => {
        if (isDeep(request.body))
          throw new HttpProblem(
            400,
            this.say('problem.deep'),
            this.say('problem.deepAccepted', { depth: DEEPEST }),
          );
        if (operation.query) this.#readable(request.url);
        if (operation.body && request.body === undefined) throw this.#bodyless(operation.body);
        return handler({
          params: operation.params && read(operation.params, request.params, this.say),
          query: operation.query && read(operation.query, request.query, this.say),
          body: operation.body && read(operation.body, request.body, this.say),
          request,
          reply,
        } as Input<O>);
      },
    });
  }

  #bodyless(body: z.ZodType): HttpProblem {
    const { say } = this;
    return new HttpProblem(
      400,
      say('problem.malformed'),
      say('problem.malformedAccepted', { example: shapeOf(body) }),
    );
  }

  /** A parameter whose encoding cannot be read would be taken for the very characters of that encoding. */
  #readable(url: string): void {
    try {
      decodeURIComponent(url.slice(url.indexOf('?') + 1));
    } catch {
      throw new HttpProblem(400, this.say('problem.badUrl'), this.say('problem.badUrlAccepted'));
    }
  }

  /** Adds, on every path so far, a 405 that names what is allowed, before any body is read. Call once, at the end. */
  refuseOthers(): void {
    const paths = new Map<string, Set<string>>();
    for (const { method, path } of this.operations) {
      const allowed = paths.get(path) ?? new Set();
      allowed.add(method);
      if (method === 'GET') allowed.add('HEAD');
      paths.set(path, allowed);
    }
    for (const [path, allowed] of paths) {
      const allow = METHODS.filter((m) => allowed.has(m)).join(', ');
      const refuse = async (request: FastifyRequest) => {
        const { say } = this;
        throw new HttpProblem(
          405,
          say('problem.method', { path, method: request.method }),
          say('problem.methodAccepted', { allow }),
          { headers: { allow } },
        );
      };
      this.app.route({
        method: METHODS.filter((m) => !allowed.has(m)),
        url: path,
        onRequest: refuse,
        handler: refuse,
      });
    }
  }
}
