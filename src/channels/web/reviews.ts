import { todayIso } from '../../quantity/index.js';
import type { Archive } from './archive.js';
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
      return reply
        .type('application/jsonl; charset=utf-8')
        .header('content-disposition', `attachment; filename="reviews-${todayIso()}.jsonl"`)
        .send(await archive.cases());
    },
    [door.gate],
  );
}
