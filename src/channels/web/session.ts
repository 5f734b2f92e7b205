import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Say } from '../locale.js';
import type { SessionKeep } from './archive.js';
import { CSRF_HEADER, SESSION_COOKIE } from './openapi.js';
import { isForeign, isHttps, isLocal } from './peer.js';
import { HttpProblem } from './problems.js';

/** A session ends after a shift and a half, used or not. */
const LASTS_MS = 12 * 3_600_000;

/** Who may work here. */
export interface Staff {
  /** Of the session, never its token. */
  id: string;
  name: string;
  /** What the header of every write must carry. */
  csrf: string;
  /** ISO time; null where nothing ends it. */
  until: string | null;
}

/**
 * Who a sign-in is of: the seam for OIDC and the like. An implementation that redirects calls `StaffDoor.open` when its
 * provider has vouched for somebody.
 */
export interface Authenticator {
  /** @returns the name of the one who signs in, or null when the credentials are not right */
  check(credentials: { token: string }): Promise<{ name: string } | null>;
}

/** Sessions that a restart ends, for a server without a store. */
export function sessionsInMemory(): SessionKeep {
  const kept = new Map<string, { name: string; until: Date }>();
  return {
    async put(hash, name, until) {
      kept.set(hash, { name, until });
    },
    get: async (hash) => kept.get(hash) ?? null,
    async delete(hash) {
      kept.delete(hash);
    },
  };
}

/** STAFF_TOKEN as an authenticator. The comparison takes as long whatever is given. */
export function tokenAuthenticator(token: string, name: string): Authenticator {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  const wanted = digest(token);
  return { check: async (given) => (timingSafeEqual(digest(given.token), wanted) ? { name } : null) };
}

export interface DoorOptions {
  /** null: staff are whoever sits at this machine. */
  authenticator: Authenticator | null;
  /** What sessions are bound to: changing it ends them all. */
  secret: string;
  keep: SessionKeep;
  say: Say;
  now: () => Date;
}

/** The way in for staff. */
export class StaffDoor {
  readonly #known = new WeakMap<FastifyRequest, Promise<Staff | null>>();
  /** Stands in for a session where none is needed; a restart changes it. */
  readonly #here = randomBytes(32).toString('base64url');

  constructor(private readonly options: DoorOptions) {}

  get needs(): 'token' | 'loopback' {
    return this.options.authenticator ? 'token' : 'loopback';
  }

  /** The staff member a request is from; null for everybody else. */
  whose(request: FastifyRequest): Promise<Staff | null> {
    const known = this.#known.get(request) ?? this.#identify(request);
    this.#known.set(request, known);
    return known;
  }

  async #identify(request: FastifyRequest): Promise<Staff | null> {
    const { authenticator, keep, now } = this.options;
    if (!authenticator) {
      if (!isLocal(request)) return null;
      return { id: 'loopback', name: 'loopback', csrf: csrfOf(this.#here), until: null };
    }
    const token = request.cookies[cookieName(request)];
    if (!token || token.length > 200) return null;
    const id = this.#hash(token);
    const session = await keep.get(id);
    if (!session || session.until <= now()) return null;
    return { id, name: session.name, csrf: csrfOf(token), until: session.until.toISOString() };
  }

  /** Lets only staff in, and writes only with the session's CSRF token from pages of our own. */
  readonly gate = async (request: FastifyRequest): Promise<void> => {
    const { say } = this.options;
    const staff = await this.whose(request);
    if (!staff) {
      if (this.needs === 'token')
        throw refusal(401, 'sign-in', say('problem.signIn'), say('problem.signInAccepted'));
      throw refusal(403, 'loopback', say('problem.loopback'), say('problem.loopbackAccepted'));
    }
    if (request.method === 'GET' || request.method === 'HEAD') return;
    this.#own(request);
    const given = request.headers[CSRF_HEADER];
    if (typeof given !== 'string' || !same(given, staff.csrf))
      throw refusal(403, 'csrf', say('problem.csrf'), say('problem.csrfAccepted'));
  };

  /** Signs in. @throws HttpProblem 401 for wrong credentials, 409 where there is nothing to sign in to */
  async signIn(request: FastifyRequest, reply: FastifyReply, credentials: { token: string }): Promise<Staff> {
    const { authenticator, say } = this.options;
    this.#own(request);
    if (!authenticator)
      throw refusal(409, 'no-token', say('problem.noToken'), say('problem.noTokenAccepted'));
    const who = await authenticator.check(credentials);
    if (!who) throw refusal(401, 'wrong-token', say('problem.wrongToken'), say('problem.wrongTokenAccepted'));
    return this.open(request, reply, who.name);
  }

  /** Begins a session for somebody who has been vouched for, under a new token. */
  async open(request: FastifyRequest, reply: FastifyReply, name: string): Promise<Staff> {
    await this.#end(request);
    const token = randomBytes(32).toString('base64url');
    const until = new Date(this.options.now().getTime() + LASTS_MS);
    const id = this.#hash(token);
    await this.options.keep.put(id, name, until);
    reply.setCookie(cookieName(request), token, { ...cookieOf(request), maxAge: LASTS_MS / 1000 });
    return { id, name, csrf: csrfOf(token), until: until.toISOString() };
  }

  /** Ends the session of a request, if it has one. */
  async signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.#end(request);
    reply.clearCookie(cookieName(request), cookieOf(request));
    this.#known.set(request, Promise.resolve(null));
  }

  async #end(request: FastifyRequest): Promise<void> {
    const old = request.cookies[cookieName(request)];
    if (old && this.options.authenticator) await this.options.keep.delete(this.#hash(old));
  }

  #own(request: FastifyRequest): void {
    const { say } = this.options;
    if (isForeign(request)) throw refusal(403, 'csrf', say('problem.origin'), say('problem.originAccepted'));
  }

  #hash(token: string): string {
    return createHmac('sha256', this.options.secret).update(token).digest('hex');
  }
}

const refusal = (status: number, code: string, message: string, accepted: string): HttpProblem =>
  new HttpProblem(status, message, accepted, { more: { code } });

const csrfOf = (token: string): string => createHmac('sha256', token).update('csrf').digest('base64url');

function same(a: string, b: string): boolean {
  const [x, y] = [a, b].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(x!, y!);
}

/** Only at this machine itself, over plain http, is a cookie not Secure: there nothing leaves the machine. */
const isSecure = (request: FastifyRequest): boolean => isHttps(request) || !isLocal(request);

const cookieName = (request: FastifyRequest): string =>
  isSecure(request) ? `__Host-${SESSION_COOKIE}` : SESSION_COOKIE;

const cookieOf = (request: FastifyRequest) =>
  ({ path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(request) }) as const;
