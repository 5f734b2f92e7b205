import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type App, createApp } from '../../src/app.js';
import { ProcessMemory } from '../../src/channels/telegram/memory-in-process.js';
import { StoreMemory } from '../../src/channels/telegram/memory-store.js';
import type { ChatState } from '../../src/channels/telegram/state.js';
import type { Desk } from '../../src/channels/types.js';
import { channelDesk } from '../../src/cli/serve.js';
import type { Subject } from '../../src/rules/index.js';
import { openStore } from '../../src/store/index.js';
import { judges, POLICIES, profile, readBy, type Said, SUBJECTS } from '../interview/profiles.js';
import { alice, buttonsOf, type Call, type Chat } from '../support/bot-api.js';
import { Stage } from '../support/telegram.js';

/** A verdict without the name that only a batch needs. */
const unnamed = (verdict: object): object => ({ ...verdict, id: undefined });

/** Interviews of each city and subject. */
const RUNS = 3;
const ENDLESS = 80;
const YEARLY = 'lead.rd_spend_by_year';
const OF_YEARLY = ['lead.rd_spend_avg_3y', 'lead.rd_ratio_3y', 'lead.rd_spend_last_year'];

let dir: string;
let app: App;
let desk: Desk;
let stage: Stage<Desk>;
let memory: ProcessMemory;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'wence-interview-'));
  app = createApp({ dataDir: dir });
  await app.index();
  desk = channelDesk(app);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));
afterEach(() => stage.close());

async function open(): Promise<void> {
  stage = await Stage.open(desk);
  memory = new ProcessMemory();
  stage.begin({ memory });
}

const kept = async (chat: Chat): Promise<ChatState> => (await memory.load(`telegram:${chat.id}`, -1))!.state;

/** A person in an interview over Telegram, who presses a button where one says what they want to say. */
class Person {
  last!: Call;
  readonly log: string[] = [];

  constructor(
    readonly chat: Chat,
    readonly known: Map<string, Said>,
    readonly cityName = '',
  ) {}

  /** How the button of the subject is called. */
  subject = '';

  async say(text: string): Promise<void> {
    this.log.push(text);
    const button = this.last && buttonsOf(this.last).find((each) => each.text === text);
    this.last = await (button ? stage.press(text, this.chat) : stage.ask(text, this.chat));
    // A long answer comes in several messages; the last one has the buttons.
    await vi.waitFor(async () => expect(await memory.unsent()).toEqual([]), { interval: 2 });
    this.last = stage.api.sent().at(-1)!;
  }

  async answer(): Promise<string> {
    const { interview } = await kept(this.chat);
    const asking = interview!.asking!;
    // “上一题” leads back to what was chosen at the beginning.
    if (asking === 'policies') return this.cityName;
    if (asking === 'subject') return this.subject;
    const own = this.known.get(asking)?.words;
    const yearly = this.known.get(YEARLY);
    if (own) return own;
    return yearly && OF_YEARLY.includes(asking) && !(YEARLY in interview!.facts) ? yearly.words : '不清楚';
  }
}

const cases = SUBJECTS.flatMap((subject) =>
  POLICIES.filter((policy) => judges(policy, subject)).map((policy): [string, Subject] => [policy, subject]),
);

describe('an interview over Telegram', () => {
  it.each(cases)('of %s about %s ends in the verdict of a direct check', async (policy, subject) => {
    await open();
    const city = desk.policies().find(({ id }) => id === policy)!.city;
    const cityName = app.world.cities.get(city)!;
    const persons = fc.sample(profile(readBy([policy], subject)), { numRuns: RUNS, seed: 20261121 });
    const rolls = fc.sample(fc.array(fc.nat(9), { minLength: ENDLESS, maxLength: ENDLESS }), {
      numRuns: RUNS,
      seed: 7,
    });
    for (const [i, known] of persons.entries()) {
      const person = new Person({ ...alice, id: 1000 + i }, known, cityName);
      await person.say(`/city ${cityName}`);
      await person.say('/check');
      await choose(person, subject);
      for (let n = 0; (await kept(person.chat)).interview!.asking !== null; n++) {
        expect(n, person.log.join(' | ')).toBeLessThan(ENDLESS);
        const roll = n < 20 ? rolls[i]![n]! : 9;
        if (roll === 0) await person.say('上一题');
        else if (roll === 1) await person.say('厦门营收要求多少？');
        else if (roll === 2) await person.say('为什么问这个');
        else await person.say(await person.answer());
      }
      const { interview, exchanges } = await kept(person.chat);
      expect(interview!.policies).toEqual([policy]);
      const answer = await memory.answer(`telegram:${person.chat.id}`, exchanges.at(-1)!.id);
      const direct = desk.check({ policy, subject, facts: interview!.facts });
      expect(answer!.verdicts.map(unnamed)).toEqual([unnamed(direct)]);
      const truth = Object.fromEntries(
        [...known].filter(([id]) => !interview!.unsure.includes(id)).map(([id, it]) => [id, it.value]),
      );
      const full = desk.check({ policy, subject, facts: { ...truth, ...interview!.facts } });
      expect(direct.outcome, person.log.join(' | ')).toBe(full.outcome);
    }
  });

  it('that an older version stored goes on with the same question and every answer', async () => {
    const store = await openStore({ dataDir: mkdtempSync(join(dir, 'old-')) });
    const older = {
      version: 0,
      exchanges: [],
      interview: {
        version: 1,
        subject: 'lead',
        policies: ['quanzhou-2026'],
        facts: { 'lead.city': 'quanzhou', 'lead.revenue_last_year': '1.8765亿元', 'lead.high_tech': null },
        pending: 'lead.kind',
        trail: ['lead.city'],
      },
    };
    await store.chats.commit(`telegram:${alice.id}`, { revision: 0, state: older });
    stage = await Stage.open(desk);
    stage.begin({ memory: new StoreMemory(store) });
    const sent = await stage.ask('上一题');
    expect(sent.text).toContain('目前记的是泉州');
    expect((await stage.ask('不变')).text).toContain('打算由哪类单位牵头');
    expect((await stage.ask('企业')).text).toContain('差1235万元');
    await stage.close();
    await store.close();
  });

  it('gives a report as a PDF, and the same question again after the bot was started anew', async () => {
    await open();
    const person = new Person(alice, new Map());
    await person.say('/check');
    await choose(person, 'lead');
    await person.say('全部');
    await person.say('营收1.8亿');
    const before = (await kept(alice)).interview;
    await stage.bots[0]!.stop();
    stage.begin({ memory });
    stage.api.say('/report');
    const [file] = await stage.api.untilSent(1, 'sendDocument');
    const { name, bytes } = file!.payload.document as { name: string; bytes: Buffer };
    expect(name).toMatch(/\.pdf$/);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await kept(alice)).interview).toEqual(before);
    await person.say('为什么问这个');
    expect((await kept(alice)).interview!.asking).toBe(before!.asking);
  });
});

/** Presses the button that means the subject. */
async function choose(person: Person, subject: Subject): Promise<void> {
  if ((await kept(person.chat)).interview!.asking !== 'subject') return;
  const { buttons } = await kept(person.chat);
  const index = SUBJECTS_SHOWN.indexOf(subject);
  person.subject = buttons.at(-1)!.choices[index]!.label;
  await person.say(person.subject);
}

/** As the interview offers them. */
const SUBJECTS_SHOWN: readonly Subject[] = ['lead', 'consortium', 'member', 'talent-consortium'];
