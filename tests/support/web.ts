import { createLogger } from '../../src/channels/log.js';
import { createWebServer, type WebServer } from '../../src/channels/web/server.js';
import { FakeDesk } from './desk.js';

/** A listening web server over a scripted desk. The test closes it. */
export interface OpenWeb {
  desk: FakeDesk;
  server: WebServer;
  /** Its address, without a slash at the end. */
  base: string;
  /** What it logged, a line each. */
  lines: string[];
}

export async function openWeb(): Promise<OpenWeb> {
  const desk = new FakeDesk();
  const lines: string[] = [];
  const log = createLogger('info', { write: (line: string) => void lines.push(line) });
  const server = await createWebServer(desk, { host: '127.0.0.1', port: 0 }, log);
  return { desk, server, base: await server.listen(), lines };
}
