import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeKnowledge } from '../../eval/bench/synthetic-packs.js';
import { KNOWLEDGE } from '../../src/app.js';
import { Desk } from '../../src/assistant/desk.js';
import { createInterviewer } from '../../src/assistant/interviewer.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import { Views } from '../../src/assistant/views.js';
import { loadWorld, type World } from '../../src/assistant/world.js';

const dir = mkdtempSync(join(tmpdir(), 'wence-many-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const DOCUMENTS = 30;
const asOf = '2026-11-21';
let many: World;
let assistant: OfflineAssistant;
beforeAll(() => {
  writeKnowledge(dir, DOCUMENTS);
  many = loadWorld(dir);
  assistant = new OfflineAssistant(many);
});

describe('a collection with many cities', () => {
  const few = new OfflineAssistant(loadWorld(KNOWLEDGE));

  it.each([
    '泉州牵头企业营收要多少？',
    '厦门的研发投入占比要求是多少',
    '青岛市创新联合体由谁备案',
    '温州的企业，上年研发费用2100万，够不够',
    '厦科规〔2025〕3号什么时候到期',
  ])('says of a city that is named what it says with a few: %s', async (question) => {
    const [one, other] = await Promise.all([few.ask({ question, asOf }), assistant.ask({ question, asOf })]);
    expect(other.text).toBe(one.text);
    expect(other.verdicts).toEqual(one.verdicts);
  });

  it('answers for a city far down the list from its own document', async () => {
    const { meta } = many.library.policies.findLast((p) => p.meta.id.startsWith('synthetic-'))!;
    const answer = await assistant.ask({ question: `${meta.cityName}的办法什么时候开始施行`, asOf });
    expect(answer.text).toContain('2026年1月1日');
    expect(answer.text).toContain('2030年12月31日');
  });

  it('keeps to a city through a conversation', async () => {
    const { meta } = many.library.policies.findLast((p) => p.meta.id.startsWith('synthetic-'))!;
    const question = `${meta.cityName}的办法什么时候开始施行`;
    const first = await assistant.ask({ question, asOf });
    const history = [
      { role: 'user' as const, text: question },
      { role: 'assistant' as const, text: first.text },
    ];
    const next = await assistant.ask({ question: '牵头单位要什么条件', history, asOf });
    const documents = new Set(next.citations.map((c) => c.policy));
    expect([...documents]).toEqual([meta.id]);
  });

  it.each(['牵头单位要什么条件', '研发投入要多少', '各市的营收要求分别是多少', '联合体要几家单位'])(
    'lists the first few where none is named, and says how many there are: %s',
    async (question) => {
      const answer = await assistant.ask({ question, asOf });
      const cities = [...many.cities.values()];
      const told = cities.filter((name) => answer.text.includes(name));
      expect(told.length).toBeGreaterThan(1);
      expect(told.length).toBeLessThanOrEqual(8);
      expect(answer.text).toContain(`${cities.length}个城市`);
    },
  );

  it('offers a few cities as answers, not all', async () => {
    const told = { question: '厦门的企业，年收入3.2亿，能不能牵头', asOf };
    const { suggestions } = await assistant.ask(told);
    expect(suggestions.length).toBeLessThan(12);
  });

  it('goes through the first few in an interview about all, and through any that is named', async () => {
    const interviewer = createInterviewer(many, assistant, dir);
    const begun = await interviewer.start({ subject: 'lead', asOf });
    expect(begun.answer.suggestions.length).toBeLessThan(12);
    const all = await interviewer.reply(begun.state!, '全部', asOf);
    expect(all.state!.policies).toHaveLength(8);
    const { meta } = many.library.policies.findLast((p) => p.meta.id.startsWith('synthetic-'))!;
    const one = await interviewer.reply(begun.state!, meta.cityName, asOf);
    expect(one.state!.policies).toEqual([meta.id]);
  });

  it('finds the clauses of every document', async () => {
    const { meta, clauses } = many.library.policies.findLast((p) => p.meta.id.startsWith('synthetic-'))!;
    const last = clauses.at(-1)!;
    const desk = new Desk(
      many,
      async () => ({ search: () => [{ id: `${meta.id}/${last.label}`, score: 1 }] }),
      new Views(many),
    );
    const { hits } = await desk.search('施行日期', 3);
    expect(hits.map((h) => h.policy)).toContain(meta.id);
  });
});
