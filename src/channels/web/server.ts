import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import cookie from '@fastify/cookie';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Say } from '../locale.js';
import type { Logger } from '../log.js';
import type { Desk } from '../types.js';
import { addApi } from './api.js';
import type { Keeping } from './archive.js';
import { readJson } from './body.js';
import { addChats } from './chats.js';
import { Conversations } from './conversations.js';
import { addLimits, type Limits, RATES, type Rates } from './limits.js';
import { addLook } from './look.js';
import { MemoryArchive } from './memory-archive.js';
import { Metrics } from './metrics.js';
import { addPages, type SendPage } from './pages.js';
import { HttpProblem, notFound, PROBLEM_TYPE, problemBody, sendProblem, toProblem } from './problems.js';
import { Routes } from './routes.js';
import { addSecurity, BARE_HEADERS } from './security.js';
import { type Authenticator, StaffDoor, sessionsInMemory, tokenAuthenticator } from './session.js';
import { addStaff } from './staff.js';
import { openArchive } from './store-archive.js';
import { loadWords } from './words.js';

/** One megabyte: ten times the longest question that is read, escapes included. */
const BODY_LIMIT = 1_048_576;
const REQUEST_TIMEOUT_MS = 60_000;
/** What Node says of requests that never become one, and what the caller is told. */
const UNREADABLE: Record<string, readonly [status: number, key: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'longHead'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'slow'],
};

export interface WebConfig {
  host: string;
  port: number;
  /** Null or absent: staff pages answer to this machine only. */
  staffToken?: string | null;
}

/** Parts that a caller may put in place of the usual ones. */
export interface WebOptions {
  /** Who may sign in; STAFF_TOKEN's holder when absent. */
  authenticator?: Authenticator;
  rates?: Partial<Rates>;
  /** Where the pages' folder is. */
  pages?: string;
  now?: () => Date;
  /** Adds addresses of another channel, such as a webhook, before the server listens. */
  routes?: (app: FastifyInstance) => void;
  /** What is kept, where; in the desk's store when absent. */
  kept?: Keeping;
}

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
  config: WebConfig,
  log: Logger,
  options: WebOptions = {},
): Promise<WebServer> {
  const say = loadWords();
  const now = options.now ?? (() => new Date());
  const metrics = new Metrics();
  const app = newServer(log, say);
  const kept = options.kept ?? (desk.store ? openArchive(desk.store) : undefined);
  const archive = kept?.archive ?? new MemoryArchive(now);
  const door = new StaffDoor({
    authenticator:
      options.authenticator ?? (config.staffToken ? tokenAuthenticator(config.staffToken, 'staff') : null),
    secret: config.staffToken ?? randomUUID(),
    keep: kept?.sessions ?? sessionsInMemory(),
    say,
    now,
  });
  const conversations = new Conversations({ desk, keep: archive.chats, metrics, say, now });
  const state = { closing: false };

  await app.register(cookie);
  await addSecurity(app);
  const together = desk.store?.engine === 'postgres' ? desk.store.rates : undefined;
  const limits = await addLimits(app, { ...RATES, ...options.rates }, say, together);
  addHooks(app, { metrics, say, limits, door, state });
  const page = await addPages(app, options.pages);
  addErrors(app, say, page);
  const routes = new Routes(app, say);
  addApi(routes, desk, { metrics, archive, door, log });
  addLook(routes, desk);
  addChats(routes, { desk, limits, metrics, conversations, bodyLimit: BODY_LIMIT });
  addStaff(routes, { door, limits, archive });
  routes.refuseOthers();
  options.routes?.(app);
  metrics.watch({ ...kept?.gauges, ...(desk.modelHealth ? { model: desk.modelHealth } : {}) });

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
    async close() {
      state.closing = true;
      // A chat's answer is finished and kept even where its asker has gone.
      await Promise.all([app.close(), conversations.idle()]);
    },
    address: () => addressOf(app),
  };
}

function newServer(log: Logger, say: Say): FastifyInstance {
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    // A request that trickles in is given up; an answer may take as long as it takes.
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: 2000, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => {
      reply.headers(BARE_HEADERS);
      sendProblem(reply, say, toProblem(error, request, say, BODY_LIMIT));
    },
    clientErrorHandler: (error, socket) => {
      const { code } = error as { code?: string };
      if (!socket.writable || code === 'ECONNRESET') return void socket.destroy();
      const [status, key] = UNREADABLE[code ?? ''] ?? ([400, 'badRequest'] as const);
      const words = [say(`problem.${key}`), say(`problem.${key}Accepted`)] as const;
      const body = problemBody(say, status, ...words, randomUUID());
      const headers = {
        ...BARE_HEADERS,
        'content-type': PROBLEM_TYPE,
        'content-length': Buffer.byteLength(body),
        connection: 'close',
      };
      const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${body}`);
    },
  });
  app.removeContentTypeParser('text/plain');
  readJson(app, say);
  return app;
}

interface HookParts {
  metrics: Metrics;
  say: Say;
  limits: Limits;
  door: StaffDoor;
  state: { closing: boolean };
}

function addHooks(app: FastifyInstance, { metrics, say, limits, door, state }: HookParts): void {
  app.addHook('onRequest', async (request, reply) => {
    if (state.closing) throw new HttpProblem(503, say('problem.closing'), say('problem.closingAccepted'));
    // The route too: the address may spell it %61pi.
    if (![request.url, request.routeOptions.url].some((at) => at?.startsWith('/api/'))) return;
    reply.header('cache-control', 'no-store');
    // Without the store nobody is known; what only staff may reach says so itself.
    const staff = await door.whose(request).catch(() => null);
    await limits.api(request, staff === null || staff.until === null ? null : staff.id);
  });
  // A kept-alive connection would hold the server open after its last answer.
  app.addHook('onSend', async (_request, reply) => {
    if (state.closing) reply.header('connection', 'close');
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
}

function addErrors(app: FastifyInstance, say: Say, page: SendPage): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request, say, BODY_LIMIT);
    if (problem.status >= 500)
      request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
    return sendProblem(reply, say, problem);
  });
  app.setNotFoundHandler((request, reply) => {
    // A person who mistyped an address sees the page say so; a program reads a problem.
    const person = /\btext\/html\b/.test(request.headers.accept ?? '');
    if (person && request.method === 'GET' && !request.url.startsWith('/api/'))
      return page(request, reply, 404);
    return sendProblem(reply, say, notFound(request, say));
  });
}

function addressOf(app: FastifyInstance): string | null {
  const at = app.server.address() as AddressInfo | null;
  if (at === null) return null;
  return `http://${at.family === 'IPv6' ? `[${at.address}]` : at.address}:${at.port}`;
}

function whyNot(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): string {
  if (error.code === 'EADDRINUSE') {
    return `${host} 的端口 ${port} 已被占用。请停掉占用它的程序，或把 PORT 设为别的端口。`;
  }
  if (error.code === 'EACCES') return `当前账户不能使用端口 ${port}。请把 PORT 设为 1024 或更大。`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return `HOST ${host} 不是本机的地址。请把 HOST 设为 127.0.0.1 或 0.0.0.0。`;
  }
  return `不能在 ${host}:${port} 上监听：${error.message}`;
}
