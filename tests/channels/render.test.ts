import { FormattedString } from '@grammyjs/parse-mode';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, Block } from '../../src/assistant/types.js';
import { loadLocale } from '../../src/channels/locale.js';
import { renderNotice, renderTelegram } from '../../src/channels/render.js';
import { pack } from '../../src/channels/telegram/pack.js';
import { answerWith, citation } from '../support/desk.js';
import { parseTelegramHtml } from '../support/telegram-html.js';

const say = loadLocale();
const render = (answer: Answer) => renderTelegram(answer, say, (policy) => `《${policy}》`);
const one = (blocks: Block[], more: Partial<Answer> = {}) => {
  const messages = render(answerWith(blocks, { citations: [], ...more }));
  expect(messages).toHaveLength(1);
  return messages[0]!.html;
};

describe('an answer in Telegram', () => {
  it('leads in bold, with the mark of its source and the source under it', () => {
    expect(one([{ kind: 'lead', text: '要2亿元以上。', cites: [1] }], { citations: [citation] })).toBe(
      '<b>要2亿元以上。</b>〔1〕\n\n<blockquote expandable><b>依据</b>\n〔1〕某科规〔2026〕3号 三（一）：“上年度主营业务收入2亿元以上”</blockquote>',
    );
  });

  it('names a document without a number by its title', () => {
    expect(one([], { text: '答', citations: [{ ...citation, docNumber: null }] })).toContain(
      '〔1〕《p1》 三（一）',
    );
  });

  it('shows markup in documents and questions as it stands', () => {
    const html = one([{ kind: 'para', text: '<b>R&D</b> &lt; 5 > 3', cites: [] }]);
    expect(html).toBe('&lt;b&gt;R&amp;D&lt;/b&gt; &amp;lt; 5 &gt; 3');
  });

  it('sets a table as a list that a phone can show', () => {
    const cell = (text: string, ...cites: number[]) => ({ text, cites });
    expect(
      one([
        {
          kind: 'table',
          head: ['城市', '营收', '研发'],
          rows: [[cell('甲'), cell('2亿元', 1), cell('未规定')]],
        },
      ]),
    ).toBe('<b>甲</b>\n· 营收：2亿元〔1〕\n· 研发：未规定');
    expect(one([{ kind: 'table', head: ['城市', '营收'], rows: [[cell('甲'), cell('2亿元', 1)]] }])).toBe(
      '<b>甲</b>：2亿元〔1〕',
    );
  });

  it('folds what is shown on request into one expandable quote, quotes inside it too', () => {
    const html = one([
      { kind: 'lead', text: '答', cites: [] },
      { kind: 'heading', text: '更多', more: true },
      { kind: 'quote', text: '原文', cites: [2], more: true },
      { kind: 'note', text: '说明', cites: [], more: true },
      { kind: 'quote', text: '外面的原文', cites: [] },
    ]);
    expect(html).toBe(
      '<b>答</b>\n\n<blockquote expandable><b>更多</b>\n\n“原文〔2〕”\n\n说明</blockquote>\n<blockquote>外面的原文</blockquote>',
    );
  });

  it('numbers ordered lists and keeps every item', () => {
    const items = ['甲', '乙'].map((text) => ({ text, cites: [] }));
    expect(one([{ kind: 'list', ordered: true, items }])).toBe('1. 甲\n2. 乙');
    expect(one([{ kind: 'list', ordered: false, items }])).toBe('· 甲\n· 乙');
    const marked = [
      { text: '✓ 甲', cites: [] },
      { text: '？ 乙', cites: [] },
    ];
    expect(one([{ kind: 'list', ordered: false, items: marked }])).toBe('✓ 甲\n？ 乙');
  });

  it('drops what Telegram refuses: control characters and half characters', () => {
    expect(one([{ kind: 'para', text: 'a\u0000b\ud83dc', cites: [] }])).toBe('a b\ufffdc');
  });

  it('splits at the ends of items, and never leaves a heading behind', () => {
    const item = { text: '条'.repeat(700), cites: [] };
    const messages = render(
      answerWith(
        [
          { kind: 'list', ordered: true, items: [item, item, item, item, item] },
          { kind: 'heading', text: '标题' },
          { kind: 'para', text: '段'.repeat(1000), cites: [] },
        ],
        { citations: [] },
      ),
    );
    expect(messages).toHaveLength(2);
    expect(messages[0]!.text.endsWith('条')).toBe(true);
    expect(messages[1]!.html.startsWith('<b>标题</b>\n\n段')).toBe(true);
  });

  it('keeps to what one message may hold, loses nothing, and leaves every tag closed', () => {
    const text = fc.string({
      unit: fc.constantFrom('问', '<', '&', '>', '😀', '。', '\n', 'a', ' ', '，'),
      minLength: 1,
      maxLength: 60,
    });
    const long = fc.tuple(text, fc.integer({ min: 1, max: 300 })).map(([t, n]) => t.repeat(n));
    const block: fc.Arbitrary<Block> = fc.oneof(
      long.map((t): Block => ({ kind: 'lead', text: t, cites: [1] })),
      fc.tuple(long, fc.boolean()).map(([t, more]): Block => ({ kind: 'quote', text: t, cites: [], more })),
      fc.tuple(text, fc.boolean()).map(([t, more]): Block => ({ kind: 'heading', text: t, more })),
      fc.tuple(fc.array(long, { maxLength: 5 }), fc.boolean()).map(
        ([all, more]): Block => ({
          kind: 'list',
          ordered: true,
          items: all.map((t) => ({ text: t, cites: [] })),
          more,
        }),
      ),
      fc.array(fc.tuple(text, text, text), { maxLength: 120 }).map(
        (rows): Block => ({
          kind: 'table',
          head: ['a', 'b', 'c'],
          rows: rows.map((r) => r.map((t) => ({ text: t, cites: [1] }))),
        }),
      ),
    );
    const letters = (t: string) => t.replace(/\s/g, '');
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
        const messages = render(answerWith(blocks, { text: '空', citations: [] }));
        let shown = '';
        for (const message of messages) {
          const { text: read, entities } = parseTelegramHtml(message.html);
          expect(read).toBe(message.text);
          expect(read.length).toBeLessThanOrEqual(4096);
          expect(read.trim()).not.toBe('');
          expect(entities.length).toBeLessThanOrEqual(100);
          expect(read).not.toMatch(/\p{Surrogate}/u);
          shown += letters(read);
        }
        for (const given of blocks) if (given.kind === 'lead') expect(shown).toContain(letters(given.text));
      }),
      { numRuns: 150 },
    );
  });

  it('cuts at the last sentence end that fits', () => {
    const [first, second] = renderNotice(`${'字'.repeat(3000)}。${'字'.repeat(3000)}。`);
    expect(first!.text).toBe(`${'字'.repeat(3000)}。`);
    expect(second!.text).toBe(`${'字'.repeat(3000)}。`);
  });

  it('keeps bold over a cut, and no character in half', () => {
    const messages = pack([{ text: FormattedString.b('😀'.repeat(8)), gap: 2, fold: false }], 5);
    expect(messages.map((m) => m.html)).toEqual(Array(4).fill('<b>😀😀</b>'));
  });
});
