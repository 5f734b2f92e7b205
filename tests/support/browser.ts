import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { createApp } from '../../src/app.js';
import type { Assistant } from '../../src/assistant/types.js';
import type { Desk } from '../../src/channels/types.js';
import { createWebServer, type WebOptions, type WebServer } from '../../src/channels/web/server.js';
import { channelDesk } from '../../src/cli/serve.js';
import { openStore } from '../../src/store/index.js';
import type { Store } from '../../src/store/types.js';
import { RecordedLog } from './log.js';

const BUILT = fileURLToPath(new URL('../../web/dist/index.html', import.meta.url));
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

export const PHONE = { width: 360, height: 740 };
export const DESK = { width: 1440, height: 900 };

/** A real Chromium. @throws Error that says how to install one, or that the pages are not built */
export async function openBrowser(): Promise<Browser> {
  const path = [process.env.CHROMIUM_PATH, ...PLACES].find((place) => place && existsSync(place));
  if (!path) {
    throw new Error(
      'The browser tests need Chromium. Install it with: apt-get install -y chromium fonts-noto-cjk (or set CHROMIUM_PATH to its program).',
    );
  }
  if (!existsSync(BUILT)) throw new Error('The pages are not built. Build them with: npm run build');
  return chromium.launch({ executablePath: path, args: ARGS.split(' ') });
}

/** A person's browser window, and what happened in it that should not have. */
export class Visitor {
  /** Faults of the pages: uncaught errors, refused styles or scripts, requests to anywhere else. */
  readonly faults: string[] = [];

  private constructor(readonly context: BrowserContext) {}

  static async arrive(browser: Browser, base: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: DESK,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
      baseURL: base,
      ...options,
    });
    context.setDefaultTimeout(10_000);
    const visitor = new Visitor(context);
    context.on('weberror', (error) => visitor.faults.push(error.error().message));
    context.on('console', (message) => {
      if (/Content Security Policy|Warning:/.test(message.text())) visitor.faults.push(message.text());
    });
    context.on('request', (request) => {
      if (!request.url().startsWith(base) && !/^(blob|data):/.test(request.url())) {
        visitor.faults.push(`a request to ${request.url()}`);
      }
    });
    return visitor;
  }

  async open(path: string): Promise<Page> {
    const page = await this.context.newPage();
    page.on('dialog', (dialog) => {
      this.faults.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.goto(path);
    return page;
  }
}

export interface HouseOptions {
  staffToken?: string;
  rates?: WebOptions['rates'];
  /** In place of the real assistant, where a test must hold an answer back. */
  assistant?: (real: Assistant) => Assistant;
}

/** The real assistant and the real store behind the real web server; what is kept outlives a restart. */
export class House {
  readonly log = new RecordedLog();
  private server: WebServer | null = null;
  private store: Store | null = null;
  private port = 0;

  private constructor(
    private readonly desk: (store: Store) => Desk,
    private readonly dir: string,
    private readonly options: HouseOptions,
  ) {}

  static async open(options: HouseOptions = {}): Promise<House> {
    const dir = mkdtempSync(join(tmpdir(), 'wence-browser-'));
    const app = createApp({ dataDir: dir });
    await app.index();
    const { assistant } = options;
    const desk = (store: Store): Desk => {
      const real = channelDesk(app, store);
      return assistant ? { ...real, assistant: assistant(real.assistant) } : real;
    };
    const house = new House(desk, dir, options);
    await house.start();
    return house;
  }

  get base(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the server, after a stop on the port that it had. */
  async start(): Promise<void> {
    const config = { host: '127.0.0.1', port: this.port, staffToken: this.options.staffToken ?? null };
    this.store = await openStore({ dataDir: this.dir, databaseUrl: null });
    const { rates } = this.options;
    this.server = await createWebServer(this.desk(this.store), config, this.log.log, rates ? { rates } : {});
    const address = await this.server.listen();
    this.port = Number(new URL(address).port);
  }

  async stop(): Promise<void> {
    await this.server?.close();
    await this.store?.close();
    this.server = null;
    this.store = null;
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Asks in the chat and waits for the answer. @returns its text */
export async function askInChat(page: Page, question: string): Promise<string> {
  const answers = page.getByRole('article');
  const before = await answers.count();
  await page.getByRole('textbox', { name: '您的问题' }).fill(question);
  await page.keyboard.press('Enter');
  await answers.nth(before).waitFor();
  return answers.nth(before).innerText();
}

/** How far the page can be scrolled sideways, in CSS pixels; 0 when all fits. */
export async function sideways(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
