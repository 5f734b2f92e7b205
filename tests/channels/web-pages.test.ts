import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebServer, type WebServer } from '../../src/channels/web/server.js';
import { FakeDesk } from '../support/desk.js';
import { call } from '../support/http.js';
import { RecordedLog } from '../support/log.js';

const HTML = `<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" src="/assets/a-1.js"></script>`;
const SCRIPT = 'console.log("built");'.repeat(100);
const log = new RecordedLog().log;
let folder: string;
let server: WebServer;
let base: string;

async function serve(): Promise<void> {
  server = await createWebServer(new FakeDesk(), { host: '127.0.0.1', port: 0 }, log, { pages: folder });
  base = await server.listen();
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wence-pages-'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('the built pages', () => {
  beforeEach(async () => {
    const assets = join(folder, 'dist', 'assets');
    mkdirSync(assets, { recursive: true });
    writeFileSync(join(folder, 'dist', 'index.html'), HTML);
    writeFileSync(join(folder, 'dist', 'icon.svg'), '<svg/>');
    writeFileSync(join(assets, 'a-1.js'), SCRIPT);
    writeFileSync(join(assets, 'a-1.js.br'), brotliCompressSync(SCRIPT));
    writeFileSync(join(assets, 'a-1.js.gz'), gzipSync(SCRIPT));
    writeFileSync(join(folder, 'vite.config.ts'), 'secret source');
    await serve();
  });

  it('stand at every address that the page routes itself', async () => {
    for (const path of [
      '/',
      '/console',
      '/console/',
      '/console/reviews',
      '/policies',
      '/policies/p1',
      '/answers/a1',
      '/?chat=x',
      '/policies/p1?a=b',
    ]) {
      const came = await call(base, path);
      expect([path, came.status]).toEqual([path, 200]);
      expect(came.headers['content-type']).toContain('text/html');
      expect(came.text).toContain('/assets/a-1.js');
    }
  });

  it('carry a nonce that the policy allows for styles alone, a new one each time, and are never stored', async () => {
    const [one, two] = [await call(base, '/'), await call(base, '/')];
    const nonces = [one, two].map((came) => {
      const nonce = /nonce="([^"]+)"/.exec(came.text)![1]!;
      const policy = String(came.headers['content-security-policy']);
      expect(policy).toMatch(/(^|;) ?script-src 'self'(;|$)/);
      expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(policy).not.toContain('unsafe');
      expect(policy).not.toMatch(/https?:|\*/);
      expect(came.headers['cache-control']).toBe('no-store');
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('come with files that may be kept for good, compressed where the browser can', async () => {
    const plain = await call(base, '/assets/a-1.js');
    expect(plain.text).toBe(SCRIPT);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(plain.headers['content-type']).toMatch(/javascript/);
    const small = await fetch(`${base}/assets/a-1.js`, { headers: { 'accept-encoding': 'br' } });
    expect(small.headers.get('content-encoding')).toBe('br');
    expect(small.headers.get('vary')).toMatch(/accept-encoding/i);
    expect(small.headers.get('cache-control')).toContain('immutable');
    expect(await small.text()).toBe(SCRIPT);
    const gzip = await fetch(`${base}/assets/a-1.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(gzip.headers.get('content-encoding')).toBe('gzip');
    const icon = await call(base, '/icon.svg');
    expect(icon.headers['cache-control']).toBe('no-cache');
    expect(
      (await call(base, '/icon.svg', { headers: { 'if-none-match': String(icon.headers.etag) } })).status,
    ).toBe(304);
  });

  it('show a person who mistyped an address a page, and a program a problem', async () => {
    const person = await call(base, '/polices', { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(person.status).toBe(404);
    expect(person.headers['content-type']).toContain('text/html');
    const program = await call(base, '/polices', { headers: { accept: '*/*' } });
    expect(program.status).toBe(404);
    expect(program.headers['content-type']).toContain('problem+json');
    const api = await call(base, '/api/nowhere', { headers: { accept: 'text/html' } });
    expect(api.headers['content-type']).toContain('problem+json');
    const script = await call(base, '/assets/gone-2.js');
    expect(script.headers['content-type']).toContain('problem+json');
    expect(script.headers['cache-control'] ?? '').not.toContain('immutable');
  });

  it('are all there is: nothing outside the build can be fetched', async () => {
    for (const path of [
      '/../vite.config.ts',
      '/%2e%2e/vite.config.ts',
      '/..%2fvite.config.ts',
      '/assets/..%2f..%2f..%2fvite.config.ts',
      '/vite.config.ts',
      '/.env',
    ]) {
      const came = await call(base, path);
      expect([path, [400, 403, 404].includes(came.status)]).toEqual([path, true]);
      expect(came.text).not.toContain('secret source');
    }
  });
});

describe('without a build', () => {
  it('the plain start page is there, and none of the sources beside it', async () => {
    writeFileSync(join(folder, 'index.html'), '<!doctype html><script src="/app.js"></script>');
    writeFileSync(join(folder, 'app.js'), '1;');
    writeFileSync(join(folder, 'vite.config.ts'), 'secret source');
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'src', 'main.tsx'), 'secret source');
    await serve();
    expect((await call(base, '/')).text).toContain('/app.js');
    expect((await call(base, '/app.js')).text).toBe('1;');
    for (const path of ['/vite.config.ts', '/src/main.tsx'])
      expect((await call(base, path)).status).toBe(404);
  });
});

describe('headers', () => {
  beforeEach(async () => {
    writeFileSync(join(folder, 'index.html'), 'x');
    await serve();
  });

  it('protect every answer, refusals and faults too', async () => {
    for (const path of ['/', '/api/policies', '/api/nowhere', '/api/answers', '/%zz', '/metrics']) {
      const { headers } = await call(base, path);
      expect([path, headers['content-security-policy']?.includes("default-src 'none'")]).toEqual([
        path,
        true,
      ]);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    const page = await call(base, '/');
    expect(page.headers['x-frame-options']).toBe('DENY');
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.headers['permissions-policy']).toContain('camera=()');
    expect(page.headers['cross-origin-opener-policy']).toBe('same-origin');
  });

  it('promise https only where the connection is', async () => {
    expect((await call(base, '/')).headers['strict-transport-security']).toBeUndefined();
    const secure = await call(base, '/', { headers: { 'x-forwarded-proto': 'https' } });
    expect(secure.headers['strict-transport-security']).toMatch(/^max-age=\d{7,}/);
  });

  it('keep answers of the API out of every cache', async () => {
    for (const path of ['/api/policies', '/api/staff/session', '/api/nowhere'])
      expect((await call(base, path)).headers['cache-control']).toBe('no-store');
  });
});
