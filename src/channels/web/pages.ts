import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { styleNonce } from './security.js';

/** The folder of the pages, and where their build is. */
const WEB = fileURLToPath(new URL('../../../web/', import.meta.url));

/** Addresses that the page routes itself. */
const ROUTES = ['/', '/console', '/console/reviews', '/policies', '/policies/:id', '/answers/:id'] as const;
/** What Vite's html.cspNonce writes; each request puts its own nonce there. */
const PLACEHOLDER = /__CSP_NONCE__/g;
/** Files of the start page without a build; its folder holds sources too. */
const PLAIN = new Set(['/app.js', '/style.css']);

/** Sends the page, with the nonce of this request: never stored, because a stored body and a new nonce do not fit. */
export type SendPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  status?: number,
) => Promise<FastifyReply>;

/** Serves the built pages (or the plain start page where there is no build) and their files. */
export async function addPages(app: FastifyInstance, folder = WEB): Promise<SendPage> {
  const built = existsSync(join(folder, 'dist', 'index.html'));
  const root = built ? join(folder, 'dist') : folder;
  const page = join(root, 'index.html');
  await app.register(fastifyStatic, {
    root,
    index: false,
    dotfiles: 'ignore',
    preCompressed: built,
    cacheControl: false,
    allowedPath: (path) => (built ? path !== '/index.html' : PLAIN.has(path)),
    setHeaders(reply, path) {
      const hashed = path.includes('/dist/assets/');
      reply.setHeader('vary', 'accept-encoding');
      reply.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const send: SendPage = async (request, reply, status = 200) => {
    const html = await readFile(page, 'utf8');
    return reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(html.replace(PLACEHOLDER, styleNonce(request.raw)));
  };
  for (const url of ROUTES) app.get(url, (request, reply) => send(request, reply));
  return send;
}
