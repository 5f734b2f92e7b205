/**
 * `npm run -s bench -- web [--json]`: what the pages cost. Bytes and times of a first visit and of an answer are the
 * browser's own performance entries (Chromium, one fresh profile a visit, on a desk and on an emulated phone: a processor
 * four times slower, 1.6 Mbit/s, 150 ms); the console's times are those of 50 people who each ask every two seconds, over HTTP.
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { DESK, House, openBrowser, PHONE, Visitor } from '../../tests/support/browser.js';

const PEOPLE = 50;
const ROUNDS = 6;
/** What one person reads between two questions, in milliseconds: far less than a real caller gives. */
const PAUSE_MS = 2000;
const NO_LIMIT = 1_000_000;
const QUESTIONS = readFileSync(new URL('../questions/dev.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => (JSON.parse(line) as { question: string }).question);

interface Visit {
  page: string;
  device: 'desk' | 'phone';
  /** Kilobytes over the wire, and of what kind. */
  kb: number;
  scriptKb: number;
  requests: number;
  /** Milliseconds from the start of the visit. */
  firstPaintMs: number;
  largestPaintMs: number;
  readyMs: number;
}

const round = (n: number): number => Math.round(n * 10) / 10;
const at = (values: number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
};

/** A first visit with an empty cache. @param ready what stands on the page when it can be used */
async function visit(
  browser: Browser,
  house: House,
  path: string,
  ready: string,
  device: Visit['device'],
): Promise<{ visit: Visit; visitor: Visitor; page: Page }> {
  const visitor = await Visitor.arrive(browser, house.base, { viewport: device === 'phone' ? PHONE : DESK });
  const page = await visitor.context.newPage();
  if (device === 'phone') {
    const cdp = await visitor.context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: 200_000,
      uploadThroughput: 90_000,
    });
  }
  await page.addInitScript(`
    new PerformanceObserver((list) => { globalThis.largest = list.getEntries().at(-1).startTime; })
      .observe({ type: 'largest-contentful-paint', buffered: true });
    new MutationObserver((_, observer) => {
      if (!document.querySelector(${JSON.stringify(ready)})) return;
      observer.disconnect();
      performance.mark('ready');
    }).observe(document, { childList: true, subtree: true });`);
  await page.goto(path);
  await page.locator(ready).first().waitFor();
  await page.waitForLoadState('networkidle');
  const measured = await page.evaluate<Omit<Visit, 'page' | 'device'>>(`(() => {
    const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    const bytes = (list) => list.reduce((sum, entry) => sum + entry.transferSize, 0) / 1024;
    return {
      kb: bytes(all),
      scriptKb: bytes(all.filter((entry) => entry.name.endsWith('.js'))),
      requests: all.length,
      firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
      largestPaintMs: globalThis.largest ?? 0,
      readyMs: performance.getEntriesByName('ready')[0].startTime,
    };
  })()`);
  const rounded = Object.fromEntries(
    Object.entries(measured).map(([name, value]) => [name, round(value)]),
  ) as typeof measured;
  return { visit: { page: path, device, ...rounded }, visitor, page };
}

/** From the key to the answer on the page, in milliseconds, once for each question. */
async function answers(page: Page, box: string, shown: string): Promise<number[]> {
  const times: number[] = [];
  for (const question of QUESTIONS.slice(0, 12)) {
    await page.locator(box).fill(question);
    await page.evaluate(`(() => {
      performance.clearMarks();
      const before = document.querySelectorAll(${JSON.stringify(shown)}).length;
      const first = document.querySelector(${JSON.stringify(shown)})?.textContent;
      document.querySelector(${JSON.stringify(box)}).addEventListener('keydown', () => performance.mark('asked'), { once: true, capture: true });
      globalThis.answered = new Promise((resolve) => new MutationObserver((_, observer) => {
        const now = document.querySelectorAll(${JSON.stringify(shown)});
        if (now.length === before && now[0]?.textContent === first) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.mark('answered')));
      }).observe(document.body, { childList: true, subtree: true, characterData: true }));
    })()`);
    await page.keyboard.press('Enter');
    await page.evaluate('globalThis.answered.then(() => {})');
    times.push(await page.evaluate<number>("performance.measure('answer', 'asked', 'answered').duration"));
  }
  return times;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds of each request while `PEOPLE` are at work, each over a connection of their own, two seconds between requests. */
async function crowd(base: string, path: string, bodyOf: (question: string) => unknown): Promise<number[]> {
  const times: number[] = [];
  const person = async (n: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    await pause((n * PAUSE_MS) / PEOPLE);
    for (let r = 0; r < ROUNDS; r++) {
      const body = JSON.stringify(bodyOf(QUESTIONS[(n * ROUNDS + r) % QUESTIONS.length]!));
      const start = performance.now();
      await new Promise<void>((resolve, reject) => {
        const headers = { 'content-type': 'application/json', 'x-wence-page': 'console' };
        const out = request(base + path, { method: 'POST', agent, headers }, (response) => {
          response.resume();
          response.once('end', () =>
            response.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${response.statusCode}`)),
          );
        });
        out.once('error', reject);
        out.end(body);
      });
      times.push(performance.now() - start);
      await pause(PAUSE_MS);
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: PEOPLE }, (_, n) => person(n)));
  return times;
}

/** @returns the exit code */
export async function run(args: string[]): Promise<number> {
  const rates = { address: NO_LIMIT, session: NO_LIMIT, chat: NO_LIMIT, chats: NO_LIMIT };
  const [browser, house] = await Promise.all([openBrowser(), House.open({ rates })]);
  try {
    const visits: Visit[] = [];
    const spent: Record<string, number[]> = {};
    for (const device of ['desk', 'phone'] as const) {
      for (const [path, ready, box, shown] of [
        ['/', '#question', '#question', '.theirs article'],
        ['/console', '[data-policy]', '#search', '.spoken .asked'],
        ['/policies', '.policy-list li', null, null],
        ['/policies/quanzhou-2026', '.document', null, null],
      ] as const) {
        const { visit: measured, visitor, page } = await visit(browser, house, path, ready, device);
        visits.push(measured);
        if (box) spent[`${path} ${device}`] = await answers(page, box, shown);
        await visitor.context.close();
      }
    }
    const console50: Record<string, Record<string, number>> = {};
    for (const [path, bodyOf] of [
      ['/api/ask', (question: string) => ({ question })],
      ['/api/verdicts', (text: string) => ({ text })],
    ] as const) {
      const start = performance.now();
      const times = await crowd(house.base, path, bodyOf);
      const perSecond = round((1000 * times.length) / (performance.now() - start));
      console50[path] = {
        requests: times.length,
        perSecond,
        p50: at(times, 0.5),
        p95: at(times, 0.95),
        max: at(times, 1),
      };
    }
    const report = {
      visits,
      answerMs: Object.fromEntries(
        Object.entries(spent).map(([name, times]) => [name, { p50: at(times, 0.5), p95: at(times, 0.95) }]),
      ),
      console50,
    };
    if (args.includes('--json')) console.log(JSON.stringify(report));
    else {
      console.table(report.visits);
      console.table(report.answerMs);
      console.table(report.console50);
    }
    return 0;
  } finally {
    await browser.close();
    await house.close();
  }
}
