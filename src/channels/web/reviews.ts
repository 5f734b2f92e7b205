import { todayIso } from '../../quantity/index.js';
import type { Archive, KeptView, Review } from './archive.js';
import { HttpProblem } from './problems.js';
import type { Routes } from './routes.js';
import * as shapes from './schemas-staff.js';
import type { StaffDoor } from './session.js';

/** Registers the review queue: what staff marked wrong or missing, worked through by a lead, exported as evaluation cases. */
export function addReviews(routes: Routes, door: StaffDoor, archive: Archive): void {
  const { say } = routes;

  routes.add(
    {
      method: 'GET',
      path: '/api/reviews',
      summary: 'The review queue, oldest first',
      query: shapes.ReviewsQuery,
      result: shapes.Reviews,
      staff: true,
      faults: [400, 401, 403, 429, 500],
    },
    async ({ query }) => ({ items: await archive.reviews(query.state) }),
    [door.gate],
  );

  routes.add(
    {
      method: 'POST',
      path: '/api/reviews',
      summary: 'Decide a review',
      body: shapes.ReviewBody,
      result: shapes.Review,
      staff: true,
      faults: [400, 401, 403, 404, 413, 415, 429, 500],
    },
    async ({ body, request }) => {
      const by = (await door.whose(request))!.name;
      const { id, decision, note = null, expected = null } = body;
      const review = await archive.decide(id, { decision, note, expected, by });
      if (review) return review;
      throw new HttpProblem(404, say('problem.noReview'), say('problem.noReviewAccepted'));
    },
    [door.gate],
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/reviews/export',
      summary: 'Confirmed reviews as evaluation cases, a JSON document a line',
      type: 'application/jsonl',
      staff: true,
      faults: [401, 403, 429, 500],
    },
    async ({ reply }) => {
      const lines: string[] = [];
      for (const review of await archive.reviews('done')) {
        if (review.decision !== 'confirmed') continue;
        const answer = await archive.answer(review.answer);
        if (answer) lines.push(`${JSON.stringify(caseOf(review, answer))}\n`);
      }
      return reply
        .type('application/jsonl; charset=utf-8')
        .header('content-disposition', `attachment; filename="reviews-${todayIso()}.jsonl"`)
        .send(lines.join(''));
    },
    [door.gate],
  );
}

/** A case in the format of eval/questions: what was answered is the material, what the reviewer wants stands in `gold`. */
function caseOf(review: Review, { ask, answer }: KeptView) {
  return {
    id: `review-${review.id}`,
    question: ask.question,
    asOf: answer.asOf,
    ...(ask.history?.length ? { history: ask.history } : {}),
    ...(ask.policy ? { policy: ask.policy } : {}),
    gold: {
      ...(review.verdict === 'missing' ? { answered: true } : {}),
      ...(review.expected ? { mustSay: [review.expected] } : {}),
    },
    review: {
      verdict: review.verdict,
      note: review.note,
      decisionNote: review.decisionNote,
      given: { text: answer.text, citations: answer.citations },
    },
  };
}
