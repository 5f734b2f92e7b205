import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AskRequest } from '../../assistant/types.js';
import { InputError } from '../../errors.js';
import type { Say } from '../locale.js';
import type { Desk } from '../types.js';
import type { Metrics } from './metrics.js';
import { describe, type Operation } from './openapi.js';
import { HttpProblem, read } from './problems.js';
import * as shapes from './schemas.js';

const VERSION = '1.0.0';
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Registers the HTTP API of the contract, with its own description at /api/openapi.json. */
export function addApi(app: FastifyInstance, desk: Desk, metrics: Metrics, say: Say): void {
  const operations: Operation[] = [];
  const add = (operation: Operation, handler: Handler) => {
    operations.push(operation);
    addRoute(app, operation, handler, say);
  };

  add(
    {
      method: 'POST',
      path: '/api/ask',
      summary: 'Answer one question, as a chat would',
      body: shapes.AskBody,
      result: shapes.Answer,
      faults: [400, 413, 415, 500],
    },
    async (request, reply) => {
      const ask = toAsk(desk, read(shapes.AskBody, request.body, say), say);
      try {
        const answer = await desk.assistant.ask(ask, { signal: goneSignal(reply) });
        metrics.answered('web', answer);
        return answer;
      } catch (error) {
        if (!(error instanceof InputError)) metrics.failures.inc({ channel: 'web' });
        throw error;
      }
    },
  );

  add(
    {
      method: 'POST',
      path: '/api/check',
      summary: 'One verdict of the rules',
      body: shapes.CheckBody,
      result: shapes.Verdict,
      faults: [400, 413, 415, 500],
    },
    (request) => {
      const { id, asOf, ...rest } = read(shapes.CheckBody, request.body, say);
      return desk.check({
        ...rest,
        ...(id == null ? {} : { id: String(id) }),
        ...(asOf == null ? {} : { asOf }),
      });
    },
  );

  add(
    {
      method: 'GET',
      path: '/api/search',
      summary: 'The clauses found, best first',
      query: shapes.SearchQuery,
      result: shapes.SearchResult,
      faults: [400, 500],
    },
    (request) => {
      const { q, k } = read(shapes.SearchQuery, request.query, say);
      return desk.search(q, k);
    },
  );

  add(
    {
      method: 'GET',
      path: '/api/policies',
      summary: 'The documents with their status on a day',
      query: shapes.PoliciesQuery,
      result: shapes.PolicyView.array(),
      faults: [400, 500],
    },
    (request) => desk.policies(read(shapes.PoliciesQuery, request.query, say).asOf),
  );

  add(
    {
      method: 'GET',
      path: '/api/clauses/:policy/:label',
      summary: 'One clause verbatim, with what stands under it',
      params: shapes.ClauseParams,
      result: shapes.ClauseHit,
      faults: [404, 500],
    },
    (request) => {
      const { policy, label } = read(shapes.ClauseParams, request.params, say);
      try {
        return desk.clause(policy, label);
      } catch (error) {
        if (error instanceof InputError) throw new HttpProblem(404, error.message, error.accepted);
        throw error;
      }
    },
  );

  add({ method: 'GET', path: '/healthz', summary: 'Alive', result: shapes.Health, faults: [] }, () => ({
    status: 'ok',
  }));

  add(
    {
      method: 'GET',
      path: '/readyz',
      summary: 'Index and database usable',
      result: shapes.Ready,
      faults: [503],
    },
    async () => {
      const { ok, parts } = await desk.ready();
      if (ok) return { status: 'ok', parts };
      throw new HttpProblem(503, say('problem.notReady'), say('problem.notReadyAccepted'), {
        more: { parts },
      });
    },
  );

  add({ method: 'GET', path: '/metrics', summary: 'Prometheus text', faults: [] }, async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );

  addRoute(app, { method: 'GET', path: '/api/openapi.json' }, () => describe(operations, VERSION), say);
}

/** Adds the route, and on its path a 405 that names what is allowed, before any body is read. */
function addRoute(
  app: FastifyInstance,
  { method, path }: Pick<Operation, 'method' | 'path'>,
  handler: Handler,
  say: Say,
): void {
  app.route({ method, url: path, handler: async (request, reply) => handler(request, reply) });
  const allow = method === 'GET' ? 'GET, HEAD' : method;
  const refuse = async (request: FastifyRequest) => {
    throw new HttpProblem(
      405,
      say('problem.method', { path, method: request.method }),
      say('problem.methodAccepted', { allow }),
      { headers: { allow } },
    );
  };
  const others = METHODS.filter((other) => other !== method);
  app.route({
    method: [...others, ...(method === 'GET' ? [] : (['HEAD'] as const))],
    url: path,
    onRequest: refuse,
    handler: refuse,
  });
}

function toAsk(desk: Desk, body: ReturnType<typeof shapes.AskBody.parse>, say: Say): AskRequest {
  if (body.question.trim() === '') throw new InputError(say('problem.blank'), say('problem.blankAccepted'));
  if (body.policy != null) {
    const ids = desk.policies().map((policy) => policy.id);
    if (!ids.includes(body.policy)) {
      throw new InputError(
        say('problem.policy', { policy: JSON.stringify(body.policy.slice(0, 60)) }),
        say('problem.policyAccepted', { ids: ids.join(say('problem.list')) }),
      );
    }
  }
  return {
    question: body.question,
    ...(body.asOf == null ? {} : { asOf: body.asOf }),
    ...(body.policy == null ? {} : { policy: body.policy }),
    ...(body.history == null ? {} : { history: body.history }),
    ...(body.id == null ? {} : { id: String(body.id) }),
  };
}

/** Aborts when the caller hangs up before the answer is written. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
