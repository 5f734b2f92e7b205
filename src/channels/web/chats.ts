import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InterviewRequest } from '../../assistant/interviewer.js';
import type { Desk } from '../types.js';
import { toAsk } from './api.js';
import type { ChatReply, Conversations, Message } from './conversations.js';
import type { Limits } from './limits.js';
import type { Metrics } from './metrics.js';
import { problemBody, toProblem } from './problems.js';
import type { Routes } from './routes.js';
import * as shapes from './schemas-chats.js';
import { EventStream, wantsStream } from './stream.js';

export interface ChatParts {
  desk: Desk;
  limits: Limits;
  metrics: Metrics;
  conversations: Conversations;
  bodyLimit: number;
}

/** Registers the chats of the page. */
export function addChats(
  routes: Routes,
  { desk, limits, metrics, conversations, bodyLimit }: ChatParts,
): void {
  const { say } = routes;
  /** Answers with a stream where one is asked for, else with one JSON document. */
  const answer = async (
    request: FastifyRequest,
    reply: FastifyReply,
    work: (onSentence?: (sentence: string) => void) => Promise<ChatReply>,
  ): Promise<unknown> => {
    if (!wantsStream(request)) return work();
    // What can be refused is refused before the stream begins.
    await conversations.find((request.params as { id: string }).id);
    const stream = new EventStream(reply);
    metrics.streams.inc();
    work((text) => stream.send('sentence', { text }))
      .then(
        (done) => stream.send('answer', done),
        (error: unknown) => {
          const problem = toProblem(error, request, say, bodyLimit);
          if (problem.status >= 500) request.log.error({ err: error }, 'stream failed');
          const { status, message, accepted, also } = problem;
          stream.send(
            'problem',
            JSON.parse(problemBody(say, status, message, accepted, request.id, also.more)),
          );
        },
      )
      .finally(() => {
        metrics.streams.dec();
        stream.end();
      });
    return reply;
  };

  /** The caller's key for this message: in the body, or in the header that other APIs use. */
  const keyOf = (request: FastifyRequest, given: string | null | undefined): string | null => {
    const header = request.headers['idempotency-key'];
    return given ?? (typeof header === 'string' && header.length <= 100 ? header : null);
  };

  routes.add({
    method: 'POST',
    path: '/api/chats',
    summary: 'Begin a chat; its id is the only key to it',
    result: shapes.ChatView,
    faults: [429, 500],
  }, async () => {
    const id = await conversations.begin();
    return conversations.view(id);
  }, [limits.chats]);

  routes.add(
    {
      method: 'GET',
      path: '/api/chats/:id',
      summary: 'A chat as it stands, to resume it',
      params: shapes.ChatParams,
      result: shapes.ChatView,
      faults: [400, 404, 429, 500],
    },
    ({ params }) => conversations.view(params.id),
  );

  routes.add(
    {
      method: 'POST',
      path: '/api/chats/:id/messages',
      summary: 'Say something in a chat, in words or with a button; a running interview hears it',
      params: shapes.ChatParams,
      body: shapes.ChatMessage,
      result: shapes.ChatReply,
      type: 'text/event-stream',
      faults: [400, 404, 409, 413, 415, 429, 500],
    },
    ({ params, body, request, reply }) => {
      const { policy, asOf } = toAsk(
        desk,
        { question: body.text, policy: body.policy, asOf: body.asOf },
        say,
      );
      const message: Message = {
        text: body.text,
        key: keyOf(request, body.key),
        ...(asOf === undefined ? {} : { asOf }),
        ...(policy === undefined ? {} : { policy }),
      };
      return answer(request, reply, (onSentence) => conversations.say(params.id, message, onSentence));
    },
    [limits.chat],
  );

  routes.add(
    {
      method: 'POST',
      path: '/api/chats/:id/interview',
      summary: 'Begin a guided interview in a chat, or answer its question',
      params: shapes.ChatParams,
      body: shapes.ChatInterview,
      result: shapes.ChatReply,
      type: 'text/event-stream',
      faults: [400, 404, 409, 413, 415, 429, 500, 501],
    },
    ({ params, body, request, reply }) => {
      const asOf = body.asOf ?? undefined;
      const message: Message = {
        text: body.text ?? say('interview.begin'),
        key: keyOf(request, body.key),
        ...(asOf === undefined ? {} : { asOf }),
      };
      if (body.text != null)
        return answer(request, reply, (onSentence) => conversations.say(params.id, message, onSentence));
      const begin: InterviewRequest = {
        ...(body.subject == null ? {} : { subject: body.subject }),
        ...(body.policies == null ? {} : { policies: body.policies }),
        ...(body.facts == null ? {} : { facts: body.facts }),
        ...(asOf === undefined ? {} : { asOf }),
      };
      return answer(request, reply, () => conversations.startInterview(params.id, message, begin));
    },
    [limits.chat],
  );

  routes.add(
    {
      method: 'GET',
      path: '/api/chats/:id/report',
      summary: 'The interview’s result as a printable file',
      params: shapes.ChatParams,
      type: 'application/pdf',
      faults: [400, 404, 409, 429, 500, 501],
    },
    async ({ params, reply }) => {
      const { filename, mime, bytes } = await conversations.report(params.id);
      return reply
        .type(mime)
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`)
        .send(Buffer.from(bytes));
    },
    [limits.chat],
  );

  routes.add(
    {
      method: 'DELETE',
      path: '/api/chats/:id',
      summary: 'Forget a chat and all that is kept of it; says how much that was',
      params: shapes.ChatParams,
      result: shapes.Forgotten,
      faults: [400, 404, 429, 500],
    },
    async ({ params }) => ({ forgotten: await conversations.forget(params.id) }),
    [limits.chat],
  );
}
