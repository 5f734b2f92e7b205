import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src/app.js';
import type { Turn } from '../../src/assistant/types.js';
import { tempDir } from '../store/engines.js';
import { freshDatabase } from '../support/postgres.js';

const QUESTIONS = [
  '泉州牵头企业营收要多少？',
  '厦门和温州的研发投入要求一样吗',
  '青岛的办法哪天到期？',
  '我们是泉州的企业，去年营收1.8亿，研发投入占5%，能牵头吗',
  '组建联合体需要提交什么材料',
  '财政补助最多给多少',
  '评审专家怎么选',
  '政策里有没有说停车费',
];

/** The parts over an index of their own, on PostgreSQL where an address is given. */
async function app(databaseUrl?: string) {
  const parts = createApp({ dataDir: tempDir(), ...(databaseUrl ? { databaseUrl } : {}) });
  const index = await parts.index();
  onTestFinished(() => (index as { close?(): Promise<void> }).close?.());
  return parts;
}

/** What does not differ from one answer to the next. */
const plain = ({ text, answered, citations, verdicts, suggestions }: Awaited<ReturnType<Ask>>) => ({
  text,
  answered,
  citations,
  verdicts,
  suggestions,
});
type Ask = Awaited<ReturnType<typeof app>>['assistant']['ask'];

test('questions, a chat, an interview and a search over PostgreSQL give what they give without it', async () => {
  const database = await freshDatabase();
  onTestFinished(database.drop);
  const [embedded, shared] = [await app(), await app(database.url)];
  const asOf = '2026-11-21';

  for (const question of QUESTIONS) {
    const both = await Promise.all([embedded, shared].map((each) => each.assistant.ask({ question, asOf })));
    expect(plain(both[1]!)).toEqual(plain(both[0]!));
    const [found, same] = await Promise.all([embedded, shared].map((each) => each.desk.search(question, 10)));
    const ids = ({ hits }: NonNullable<typeof found>) =>
      hits.map(({ policy, clause }) => `${policy} ${clause}`);
    expect(ids(same!)).toEqual(ids(found!));
  }

  const chats = [];
  for (const { assistant } of [embedded, shared]) {
    const history: Turn[] = [];
    for (const question of [
      '我们是泉州的企业',
      '去年营收1.8亿，能牵头吗',
      '那厦门呢',
      '差多少',
      '要哪些材料',
    ]) {
      const { text } = await assistant.ask({ question, history: [...history], asOf });
      history.push({ role: 'user', text: question }, { role: 'assistant', text });
    }
    chats.push(history);
  }
  expect(chats[1]).toEqual(chats[0]);

  const interviews = [];
  for (const { interviewer } of [embedded, shared]) {
    let reply = await interviewer.start({ subject: 'lead', policies: [], asOf });
    const heard = [reply.answer.text];
    for (const said of ['泉州', '去年营收1.8亿', '不清楚', '研发投入占5%', '营收要求是多少？']) {
      if (!reply.state) break;
      reply = await interviewer.reply(reply.state, said, asOf);
      heard.push(reply.answer.text);
    }
    interviews.push({ heard, progress: reply.progress, settled: reply.settled });
  }
  expect(interviews[1]).toEqual(interviews[0]);
}, 180_000);
