import { todayIso } from '../../quantity/index.js';
import type { Archive, KeptLine, KeptView, Span } from './archive.js';
import type { Limits } from './limits.js';
import { HttpProblem } from './problems.js';
import { addReviews } from './reviews.js';
import type { Routes } from './routes.js';
import * as shapes from './schemas-staff.js';
import type { Staff, StaffDoor } from './session.js';

export interface StaffParts {
  door: StaffDoor;
  limits: Limits;
  archive: Archive;
}

/** Characters of an answer that a list shows. */
const LEAD = 120;
const DAY_MS = 86_400_000;

/** Registers what only staff may reach: sessions, replay, the day's answers, feedback, the review queue, what was not answered. */
export function addStaff(routes: Routes, { door, limits, archive }: StaffParts): void {
  const { say } = routes;
  const view = (staff: Staff | null) => ({
    signedIn: staff !== null,
    needs: door.needs,
    name: staff?.name ?? null,
    csrf: staff?.csrf ?? null,
    until: staff?.until ?? null,
  });

  routes.add(
    {
      method: 'GET',
      path: '/api/staff/session',
      summary: 'Whether staff are signed in here, and what lets them in',
      result: shapes.SessionView,
      faults: [429, 500],
    },
    async ({ request }) => view(await door.whose(request)),
  );

  routes.add(
    {
      method: 'POST',
      path: '/api/staff/sign-in',
      summary: 'Begin a session',
      body: shapes.SignInBody,
      result: shapes.SessionView,
      faults: [400, 401, 403, 409, 413, 415, 429, 500],
    },
    async ({ body, request, reply }) => view(await door.signIn(request, reply, body)),
    [limits.signIn],
  );

  routes.add(
    {
      method: 'POST',
      path: '/api/staff/sign-out',
      summary: 'End the session',
      result: shapes.SessionView,
      staff: true,
      faults: [401, 403, 429, 500],
    },
    async ({ request, reply }) => {
      await door.signOut(request, reply);
      return view(await door.whose(request));
    },
    [door.gate],
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/answers',
      summary: 'The answers of a day, newest first',
      query: shapes.AnswersQuery,
      result: shapes.AnswerLines,
      staff: true,
      faults: [400, 401, 403, 429, 500],
    },
    async ({ query }) => {
      const day = query.day ?? todayIso();
      const answered = query.answered === undefined ? {} : { answered: query.answered === 'true' };
      const items = await archive.list({ ...spanOf(day, day), ...answered, limit: query.limit });
      return { day, items: items.map(lineOf) };
    },
    [door.gate],
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/history',
      summary: 'What was asked at the console on a day, newest first',
      query: shapes.HistoryQuery,
      result: shapes.AnswerLines,
      staff: true,
      faults: [400, 401, 403, 429, 500],
    },
    async ({ query }) => {
      const day = query.day ?? todayIso();
      const items = await archive.list({ ...spanOf(day, day), channel: 'console', limit: 1000 });
      return { day, items: items.map(lineOf) };
    },
    [door.gate],
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/answers/:id',
      summary: 'An answer as it was that day, with how it came about',
      params: shapes.AnswerParams,
      result: shapes.KeptAnswer,
      staff: true,
      faults: [401, 403, 404, 429, 500],
    },
    async ({ params }) => replayOf(found(await archive.answer(params.id))),
    [door.gate],
  );

  routes.add(
    {
      method: 'POST',
      path: '/api/answers/:id/feedback',
      summary:
        'Say that an answer is wrong, lacks something, or is good; the first two join the review queue',
      params: shapes.AnswerParams,
      body: shapes.FeedbackBody,
      result: shapes.Feedback,
      staff: true,
      faults: [400, 401, 403, 404, 413, 415, 429, 500],
    },
    async ({ params, body, request }) => {
      const staff = (await door.whose(request))!;
      return found(await archive.feedback(params.id, body.verdict, body.note ?? null, staff.name));
    },
    [door.gate],
  );

  addReviews(routes, door, archive);

  routes.add(
    {
      method: 'GET',
      path: '/api/unanswered',
      summary: 'Questions that the documents did not answer, most frequent first',
      query: shapes.UnansweredQuery,
      result: shapes.Unanswered,
      staff: true,
      faults: [400, 401, 403, 429, 500],
    },
    ({ query }) => {
      const to = query.to ?? todayIso();
      return archive.unanswered(spanOf(query.from ?? addDays(to, -30), to));
    },
    [door.gate],
  );

  function found<T>(value: T | null): T {
    if (value !== null) return value;
    throw new HttpProblem(404, say('problem.noAnswer'), say('problem.noAnswerAccepted'));
  }
}

/** The hours of some days in Asia/Shanghai, which keeps one time all year. */
function spanOf(first: string, last: string): Span {
  const start = (day: string) => new Date(`${day}T00:00:00+08:00`);
  return { from: start(first), to: new Date(start(last).getTime() + DAY_MS) };
}

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

function lineOf({ id, at, channel, ask, answer, feedback }: KeptLine) {
  const lead = answer.blocks.find((block) => block.kind === 'lead');
  const words = lead?.kind === 'lead' ? lead.text : answer.text;
  return {
    id,
    at,
    channel,
    question: ask.question,
    intent: answer.intent,
    mode: answer.mode,
    answered: answer.answered,
    lead: [...words].slice(0, LEAD).join(''),
    feedback,
  };
}

function replayOf({ id, at, channel, ask, answer, trace, feedback }: KeptView) {
  const history = ask.history ?? [];
  const { question } = ask;
  return {
    id,
    at,
    channel,
    question,
    history,
    asOf: answer.asOf,
    answer,
    trace,
    sent: answer.text,
    feedback,
  };
}
