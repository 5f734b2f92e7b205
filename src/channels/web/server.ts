import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { loadLocale, type Say } from '../locale.js';
import type { Logger } from '../log.js';
import type { Desk } from '../types.js';
import { addApi } from './api.js';
import { Metrics } from './metrics.js';
import { HttpProblem, PROBLEM_TYPE, problemBody, sendProblem, toProblem } from './problems.js';

/** One megabyte: ten times the longest question that is read, escapes included. */
const BODY_LIMIT = 1_048_576;
const PAGES = fileURLToPath(new URL('../../../web/', import.meta.url));

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), interest-cohort=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export interface WebServer {
  /** Starts listening. @throws ListenError when the port is taken or may not be used. */
  listen(): Promise<string>;
  /** Stops taking requests and resolves when the ones under way are answered. */
  close(): Promise<void>;
  /** http://host:port once listening, else null. */
  address(): string | null;
  readonly metrics: Metrics;
}

/** The server cannot listen where the settings say; the message says why and what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/** The web page and the HTTP API over one desk. Nothing listens before `listen()`. */
export async function createWebServer(
  desk: Desk,
  config: { host: string; port: number },
  log: Logger,
): Promise<WebServer> {
  const say = loadLocale();
  const metrics = new Metrics();
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    routerOptions: { maxParamLength: 2000 },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => {
      reply.headers(SECURITY_HEADERS);
      sendProblem(reply, say, toProblem(error, request, say, BODY_LIMIT));
    },
    clientErrorHandler: (error, socket) => {
      if (!socket.writable || (error as { code?: string }).code === 'ECONNRESET')
        return void socket.destroy();
      const body = problemBody(
        say,
        400,
        say('problem.badRequest'),
        say('problem.badRequestAccepted'),
        randomUUID(),
      );
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    },
  });
  app.removeContentTypeParser('text/plain');
  let closing = false;
  addHooks(app, metrics, say);
  app.addHook('onRequest', async () => {
    if (closing) throw new HttpProblem(503, say('problem.closing'), say('problem.closingAccepted'));
  });
  // A kept-alive connection would hold the server open after its last answer.
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
  await app.register(fastifyStatic, {
    root: PAGES,
    index: ['index.html'],
    cacheControl: true,
    maxAge: 0,
    dotfiles: 'deny',
  });
  addApi(app, desk, metrics, say);

  return {
    metrics,
    async listen() {
      try {
        await app.listen({ host: config.host, port: config.port });
      } catch (error) {
        throw new ListenError(whyNot(error as NodeJS.ErrnoException, config));
      }
      return addressOf(app)!;
    },
    close: () => {
      closing = true;
      return app.close();
    },
    address: () => addressOf(app),
  };
}

function addHooks(app: FastifyInstance, metrics: Metrics, say: Say): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
  });
  // The route, never the address: an address may hold a question.
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const seconds = reply.elapsedTime / 1000;
    metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, seconds);
    request.log.info(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'request',
    );
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request, say, BODY_LIMIT);
    if (problem.status >= 500)
      request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    return sendProblem(reply, say, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!.slice(0, 200);
    return sendProblem(
      reply,
      say,
      new HttpProblem(404, say('problem.notFound', { path }), say('problem.notFoundAccepted')),
    );
  });
}

function addressOf(app: FastifyInstance): string | null {
  const at = app.server.address() as AddressInfo | null;
  if (at === null) return null;
  return `http://${at.family === 'IPv6' ? `[${at.address}]` : at.address}:${at.port}`;
}

function whyNot(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is already in use. Stop the program that uses it, or set PORT to another port.`;
  }
  if (error.code === 'EACCES')
    return `Port ${port} may not be used by this account. Set PORT to 1024 or above.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return `HOST ${host} is no address of this machine. Set HOST to 127.0.0.1 or 0.0.0.0.`;
  }
  return `Cannot listen on ${host}:${port}: ${error.message}`;
}
