import type { FastifyInstance } from 'fastify';
import type { Say } from '../locale.js';
import { HttpProblem } from './problems.js';

/**
 * Reads JSON bodies: UTF-8 as it must be, where the usual reader would put replacement characters into what was said, and not
 * compressed. An empty body is read as none.
 */
export function readJson(app: FastifyInstance, say: Say): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const { 'content-encoding': encoding = 'identity' } = request.headers;
    if (encoding !== 'identity')
      return done(new HttpProblem(415, say('problem.packed'), say('problem.packedAccepted')));
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(body as Buffer);
    } catch {
      return done(new HttpProblem(400, say('problem.notUtf8'), say('problem.notUtf8Accepted')));
    }
    if (text.trim() === '') return done(null, undefined);
    return parse(request, text, done);
  });
}
