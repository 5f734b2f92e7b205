import { InputError } from '../../errors.js';
import type { Desk } from '../types.js';
import { recent } from './history.js';
import { HttpProblem } from './problems.js';
import type { Routes } from './routes.js';
import * as shapes from './schemas-look.js';

/** Registers what can be looked up besides the contract's own: verdicts on a panel of facts, vocabulary, rules, ledger, whole documents. */
export function addLook(routes: Routes, desk: Desk): void {
  const { say } = routes;
  /** A part of the desk that this server may be without. */
  const part = <T>(value: T | undefined, name: string): T => {
    if (value !== undefined) return value;
    throw new HttpProblem(
      501,
      say('problem.off', { part: say(`parts.${name}`) }),
      say('problem.offAccepted'),
      {
        more: { code: 'off' },
      },
    );
  };

  routes.add(
    {
      method: 'POST',
      path: '/api/verdicts',
      summary:
        'A verdict of every document that judges the subject, on facts given and facts read from words',
      body: shapes.VerdictsBody,
      result: shapes.Verdicts,
      faults: [400, 413, 415, 429, 500],
    },
    ({ body }) =>
      desk.verdicts({
        subject: body.subject,
        ...(body.facts == null ? {} : { facts: body.facts }),
        ...(body.text == null ? {} : { text: body.text }),
        ...(body.history == null ? {} : { history: recent(body.history) }),
        ...(body.policies == null ? {} : { policies: body.policies }),
        ...(body.asOf == null ? {} : { asOf: body.asOf }),
      }),
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/facts',
      summary: 'The vocabulary of facts',
      result: shapes.FactView.array(),
      faults: [500],
    },
    () => desk.facts(),
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/rules',
      summary: 'The criteria with clause and quote',
      query: shapes.PolicyQuery,
      result: shapes.RuleView.array(),
      faults: [404, 500],
    },
    ({ query }) => known(() => desk.rules(query.policy)),
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/ledger',
      summary: 'Every quantity of the documents and what accounts for it',
      query: shapes.PolicyQuery,
      result: shapes.LedgerRow.array(),
      faults: [404, 500, 501],
    },
    ({ query }) => known(() => part(desk.ledger, 'ledger')(query.policy)),
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/policies/:id/document',
      summary: 'A document whole: its clauses with texts and offsets, its status on a day, its figures',
      params: shapes.DocumentParams,
      query: shapes.DocumentQuery,
      result: shapes.DocumentView,
      faults: [400, 404, 500],
    },
    ({ params, query }) =>
      known(() => ({
        ...desk.document(params.id, query.asOf),
        figures: desk.ledger?.(params.id) ?? [],
      })),
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/compare',
      summary: 'What the documents say on one thing, side by side',
      query: shapes.CompareQuery,
      result: shapes.Comparison,
      faults: [400, 500, 501],
    },
    ({ query }) =>
      part(
        desk.compare,
        'compare',
      )({
        about: query.about,
        ...(query.policies ? { policies: query.policies.split(',') } : {}),
        ...(query.asOf ? { asOf: query.asOf } : {}),
      }),
  );
}

/** An address that names nothing is a 404. */
export function known<T>(look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof InputError) throw new HttpProblem(404, error.message, error.accepted);
    throw error;
  }
}
