import { describe, expect, it } from 'vitest';
import { fileName } from '../../web/src/api/calls.js';
import { readEvents } from '../../web/src/api/sse.js';
import type { FactSpec } from '../../web/src/api/types.js';
import { readFact, showFact } from '../../web/src/console/facts.js';
import { plainReply, replyFileName } from '../../web/src/console/reply.js';
import { en } from '../../web/src/locales/en.js';
import { zh } from '../../web/src/locales/zh.js';
import { figures, locate } from '../../web/src/parts/locate.js';
import { sayIn } from '../../web/src/say.js';
import { answerWith } from '../support/desk.js';

const marked = (stretches: { text: string; found: boolean }[]) =>
  stretches.map(({ text, found }) => (found ? `[${text}]` : text)).join('');

describe('a quote in a document', () => {
  const find = (pieces: string[], quote: string) => locate(pieces, quote).map(marked);

  it('is found whatever the white space on either side, over the borders of paragraphs too', () => {
    expect(find(['要求上年度主营\n业务收入2亿元以上，'], '上年度主营业务收入 2亿元以上')).toEqual([
      '要求[上年度主营\n业务收入2亿元以上]，',
    ]);
    expect(find(['前文。应当：', '（一）有团队；', '（二）有平台。'], '应当：（一）有团队；')).toEqual([
      '前文。[应当：]',
      '[（一）有团队；]',
      '（二）有平台。',
    ]);
  });

  it('marks nothing where it does not stand, or is empty', () => {
    expect(find(['甲乙'], '丙')).toEqual(['甲乙']);
    expect(find(['甲乙'], ' ')).toEqual(['甲乙']);
    expect(find([], '丙')).toEqual([]);
  });
});

describe('the figures of an answer', () => {
  it.each([
    ['上年度营收要求2亿元以上', '上年度营收要求[2亿元]以上'],
    ['年均研发投入不低于2000万元或研发强度不低于3.5%', '年均研发投入不低于[2000万元]或研发强度不低于[3.5%]'],
    ['自2025年8月10日起施行，有效期3年', '自[2025年8月10日]起施行，有效期[3年]'],
    ['不少于三分之一，至少五家', '不少于[三分之一]，至少[五家]'],
    ['第六条（二）规定', '第六条（二）规定'],
    ['泉科规〔2026〕3号', '泉科规〔2026〕3号'],
    ['统一管理，同一单位', '统一管理，同一单位'],
  ])('%s', (text, expected) => expect(marked(figures(text))).toBe(expected));
});

describe('a fact of the panel', () => {
  const spec = (type: FactSpec['type']): FactSpec => ({
    id: 'x',
    type,
    label: '某事',
    question: '',
    example: '',
    values: [],
    orWord: null,
  });

  it.each([
    ['180000000', '1.8亿元'],
    ['200000000', '2亿元'],
    ['20000000', '2000万元'],
    ['12345', '1.2345万元'],
    ['123456789', '1.23456789亿元'],
    ['9999', '9999元'],
    ['<200000000', '＜2亿元'],
    ['>=200000000', '≥2亿元'],
    ['1.8亿', '1.8亿'],
  ])('shows %s yuan as %s, losing nothing', (value, shown) => {
    if (value === '123456789') expect(showFact(spec('money'), value)).toBe('12345.6789万元');
    else expect(showFact(spec('money'), value)).toBe(shown);
  });

  it('shows and reads the other kinds', () => {
    expect(showFact(spec('percent'), '4.2')).toBe('4.2%');
    expect(showFact(spec('percent'), '4.2%')).toBe('4.2%');
    expect(showFact(spec('boolean'), false)).toBe('false');
    expect(showFact(spec('count'), 6)).toBe('6');
    expect(showFact(spec('money-by-year'), { '2024': '20000000' })).toBe('2024：2000万元');
    expect(showFact(spec('money'), null)).toBe('');
    expect(readFact(spec('money'), ' 2.3亿 ')).toBe('2.3亿');
    expect(readFact(spec('money'), '≥2亿元')).toBe('>=2亿元');
    expect(readFact(spec('count'), '6')).toBe(6);
    expect(readFact(spec('boolean'), 'false')).toBe(false);
    expect(readFact(spec('money'), '  ')).toBeNull();
    expect(readFact(spec('money-by-year'), '2023：1800万；2024年：2100万')).toEqual({
      '2023': '1800万',
      '2024': '2100万',
    });
  });
});

it('a stream of events is read however it is cut, comments skipped', async () => {
  const text =
    ': hello\n\nevent: sentence\ndata: {"text":"甲"}\n\nevent: answer\r\ndata: {"a":\r\ndata: 1}\r\n\r\n';
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 3, 7, bytes.length]) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
        controller.close();
      },
    });
    const got: { event: string; data: string }[] = [];
    for await (const event of readEvents(body)) got.push(event);
    expect(got).toEqual([
      { event: 'sentence', data: '{"text":"甲"}' },
      { event: 'answer', data: '{"a":\n1}' },
    ]);
  }
});

describe('a reply to send', () => {
  const say = sayIn('zh');

  it('is the answer’s own text, the day it is for and where it can be looked up', () => {
    const answer = answerWith([{ kind: 'lead', text: '要2亿元以上。', cites: [1] }]);
    expect(plainReply(answer, say, 'http://h')).toBe(
      '要2亿元以上。\n\n以上内容以 2026-11-21 有效的文件为准。\n查询编号：http://h/answers/a1',
    );
  });

  it('has a file name that every system takes', () => {
    const answer = answerWith([], { question: 'a/b\\c:*?"<>|\u0000 问题' });
    expect(replyFileName(answer, say)).toBe('答复-2026-11-21-abc 问题.txt');
    expect(fileName(`attachment; filename="x.pdf"; filename*=UTF-8''${encodeURIComponent('报告.pdf')}`)).toBe(
      '报告.pdf',
    );
    expect(fileName(null)).toBe('report.pdf');
  });
});

it('every word of the pages is there in both languages, with the same places to fill', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
  for (const [key, text] of Object.entries(zh)) {
    expect([key, places(en[key as keyof typeof zh])]).toEqual([key, places(text)]);
    expect([key, en[key as keyof typeof zh].trim()]).not.toEqual([key, '']);
  }
});
