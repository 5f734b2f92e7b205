import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { AskRequest, Trace } from '../../assistant/types.js';
import { InputError } from '../../errors.js';
import type { Say } from '../locale.js';
import type { Logger } from '../log.js';
import type { Desk } from '../types.js';
import type { Archive, Kept } from './archive.js';
import { recent } from './history.js';
import { known } from './look.js';
import type { Metrics } from './metrics.js';
import { describe } from './openapi.js';
import { HttpProblem } from './problems.js';
import type { Routes } from './routes.js';
import * as shapes from './schemas.js';
import type { StaffDoor } from './session.js';

const VERSION = '1.0.0';

/** What the endpoints of the contract need besides the desk. */
export interface ApiParts {
  metrics: Metrics;
  archive: Archive;
  log: Logger;
  door: StaffDoor;
}

/** Registers the HTTP API of the contract. */
export function addApi(routes: Routes, desk: Desk, { metrics, archive, door, log }: ApiParts): void {
  const { say } = routes;

  /** An answer that cannot be kept is sent all the same, counted and logged. */
  const keep = async (kept: Kept): Promise<boolean> => {
    try {
      await archive.keep(kept);
      return true;
    } catch (error) {
      metrics.unkept.inc();
      log.error({ err: error }, 'an answer could not be kept');
      return false;
    }
  };

  routes.add(
    {
      method: 'POST',
      path: '/api/ask',
      summary: 'Answer one question, as a chat would',
      body: shapes.AskBody,
      result: shapes.Answer,
      faults: [400, 413, 415, 429, 500],
    },
    async ({ body, request, reply }) => {
      const ask = toAsk(desk, body, say);
      const took = metrics.time('web');
      let trace: Trace | null = null;
      try {
        const answer = await desk.assistant.ask(ask, {
          signal: goneSignal(reply),
          onTrace: (t) => {
            trace = t;
          },
        });
        took(answer);
        const staff = await door.whose(request).catch(() => null);
        const console = staff !== null && request.headers['x-wence-page'] === 'console';
        const kept = ask.id === undefined ? answer.id : randomUUID();
        if (await keep({ id: kept, channel: console ? 'console' : 'api', ask, answer, trace }))
          reply.header('x-answer-id', kept);
        return answer;
      } catch (error) {
        if (!(error instanceof InputError)) metrics.failures.inc({ channel: 'web' });
        throw error;
      }
    },
  );

  routes.add(
    {
      method: 'POST',
      path: '/api/check',
      summary: 'One verdict of the rules',
      body: shapes.CheckBody,
      result: shapes.Verdict,
      faults: [400, 413, 415, 429, 500],
    },
    ({ body: { id, subject, asOf, ...rest } }) =>
      desk.check({
        ...rest,
        subject: subject ?? 'lead',
        ...(id == null ? {} : { id: String(id) }),
        ...(asOf == null ? {} : { asOf }),
      }),
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/search',
      summary: 'The clauses found, best first',
      query: shapes.SearchQuery,
      result: shapes.SearchResult,
      faults: [400, 429, 500],
    },
    ({ query: { q, k } }) => desk.search(q, k),
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/policies',
      summary: 'The documents with their status on a day',
      query: shapes.PoliciesQuery,
      result: shapes.PolicyView.array(),
      faults: [400, 429, 500],
    },
    ({ query }) => desk.policies(query.asOf),
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/clauses/:policy/:label',
      summary: 'One clause verbatim, with what stands under it',
      params: shapes.ClauseParams,
      result: shapes.ClauseHit,
      faults: [404, 429, 500],
    },
    ({ params: { policy, label } }) => known(() => desk.clause(policy, label)),
  );

  routes.add(
    { method: 'GET', path: '/healthz', summary: 'Alive', result: shapes.Health, faults: [] },
    () => ({
      status: 'ok',
    }),
  );

  routes.add(
    {
      method: 'GET',
      path: '/readyz',
      summary: 'Index and database usable',
      result: shapes.Ready,
      faults: [503],
    },
    async () => {
      const [{ ok, parts }, store] = await Promise.all([desk.ready(), archive.health()]);
      const all = { ...parts, store };
      if (ok && store === 'ok') return { status: 'ok', parts: all };
      throw new HttpProblem(503, say('problem.notReady'), say('problem.notReadyAccepted'), {
        more: { parts: all },
      });
    },
  );

  routes.add({ method: 'GET', path: '/metrics', summary: 'Prometheus text', faults: [] }, async ({ reply }) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/openapi.json',
      summary: 'This description',
      type: 'application/json',
      faults: [],
    },
    () => describe(routes.operations, VERSION),
  );
}

/** @throws InputError for a blank question or an unknown document */
export function toAsk(desk: Desk, body: ReturnType<typeof shapes.AskBody.parse>, say: Say): AskRequest {
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
    ...(body.history == null ? {} : { history: recent(body.history) }),
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
