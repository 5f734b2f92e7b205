import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFailed } from 'vitest';
import { tempFolder } from '../support/folders.js';

/*
 * Whatever is written is answered. A message that is never done blocks its process, so it is read in one of its own: the test
 * then fails by vitest's time-out and names the message.
 */
let reader: ChildProcess;
beforeAll(async () => {
  const file = fileURLToPath(new URL('../support/reading.ts', import.meta.url));
  reader = fork(file, [tempFolder('words')], { execArgv: ['--import', 'tsx'] });
  await once(reader, 'message');
});
afterAll(() => void reader.kill('SIGKILL'));

async function allAnswered(messages: readonly string[]): Promise<void> {
  let now = '';
  onTestFailed(() => void process.stderr.write(`not answered: ${now}\n`));
  for (now of messages) {
    const answer = once(reader, 'message');
    reader.send(now);
    const [text] = (await answer) as [string];
    expect(text.trim()).not.toBe('');
  }
}

const LONGEST = 2000;
const filled = (words: string) => words.repeat(Math.ceil(LONGEST / words.length)).slice(0, LONGEST);

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

const folder = fileURLToPath(new URL('../../eval/questions/', import.meta.url));
const questions = readdirSync(folder)
  .filter((name) => /^dev.*\.jsonl$/.test(name))
  .sort()
  .flatMap((name) =>
    readFileSync(folder + name, 'utf8')
      .trim()
      .split('\n'),
  )
  .map((line) => (JSON.parse(line) as { question: string }).question);

/** What people put between two marks, and the halves of it. */
const fragments = [...new Set(questions.flatMap((q) => q.split(/(?<=[，。；、？！：,.;?!\n])/u)))].flatMap(
  (f) => (f.length > 12 ? [f, f.slice(0, f.length >> 1), f.slice(f.length >> 1)] : [f]),
);

it.each([1, 2, 3, 4, 5, 6])('parts of questions in any order are answered (%i)', async (seed) => {
  const below = numbers(seed * 7919);
  const message = (i: number) =>
    Array.from({ length: 2 + below(i % 10 === 0 ? 60 : 12) }, () => fragments[below(fragments.length)]!);
  await allAnswered(Array.from({ length: 60 }, (_, i) => message(i).join('').slice(0, LONGEST)));
});

it('questions one behind the other are answered', async () => {
  const below = numbers(5);
  const joined = (mark: string) => {
    let out = '';
    while (out.length < LONGEST) out += questions[below(questions.length)] + mark;
    return out.slice(0, LONGEST);
  };
  await allAnswered(['', '，', '\n'].flatMap((mark) => Array.from({ length: 5 }, () => joined(mark))));
});

const WORDS = [
  '的',
  '和',
  '，',
  '、',
  '1',
  ' ',
  '\n',
  '是',
  '个',
  '共',
  '一',
  '和1',
  '（',
  '《',
  '？',
  '。',
  '-',
  '\u200b',
  '😀',
  'a',
  'high-tech ',
  'a company of ',
  'RMB 1 million ',
  'we are ',
  '1,000',
  '12 ',
  '1|2|',
  '1. ',
  '2025年',
  '我们是一家',
  '省级',
  '省级的',
  '是在',
  '不是没有',
  '刚刚',
  '有的',
  '全部',
  '差一点',
  '没有一个',
  '一家',
  '那家',
  '10家',
  '3名',
  '1亿元',
  '一半',
  '两成',
  '企业',
  '高校',
  '某大学和',
  '泉州',
  '厦门和',
  '牵头',
  '成员',
  '今年年报',
];
it.each(WORDS)('a word over and over is answered (%j)', async (word) => {
  await allAnswered([
    filled(word),
    `${filled(word).slice(0, LONGEST - 40)}我们在泉州，去年营收1.8亿元，可以牵头吗？`,
  ]);
});
