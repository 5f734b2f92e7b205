import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IndexDoc, IndexFormatError, LexicalIndex } from '../../src/retrieval/index.js';
import { DOCS } from './docs.js';

const index = LexicalIndex.build(DOCS);
const first = (query: string) => index.search(query)[0]?.id;

describe('a question finds the clause that answers it', () => {
  it.each([
    ['公共自行车占用盲道会怎么处罚？', 'a5'],
    ['什么是公共自行车？', 'a2'],
    ['公共自行车归哪个部门管理', 'a3'],
    ['运营报告什么时候交', 'a4'],
    ['公共自行车办法的目的是什么', 'a1'],
    ['图书馆补贴最多给多少', 'b2'],
    ['图书馆申请补贴要交什么材料', 'b3'],
    ['这个细则什么时候开始施行', 'b4'],
    ['能拿多少钱', 'b2'],
  ])('%s', (query, id) => {
    expect(first(query)).toBe(id);
  });

  it('reads full-width, traditional and upper-case forms as one', () => {
    const docs: IndexDoc[] = [
      { id: 'x', title: '', text: '国家企业技术中心每家奖励100万元，适用ISO9001。' },
      { id: 'y', title: '', text: '其他事项另行通知。' },
    ];
    const small = LexicalIndex.build(docs);
    for (const query of ['國家企業技術中心獎勵', '１００万', 'iso9001', 'ＩＳＯ９００１']) {
      expect(small.search(query)[0]?.id).toBe('x');
    }
    expect(small.search('國家企業技術中心')).toEqual(small.search('国家企业技术中心'));
  });

  it('reads a word that a line break splits', () => {
    const wrapped = LexicalIndex.build([
      { id: 'x', title: '', text: '高新技 术企业' },
      { id: 'y', title: '', text: '高处有新的企业和技师、术士' },
    ]);
    expect(wrapped.search('技术')[0]?.id).toBe('x');
  });
});

describe('search', () => {
  it('keeps to the groups asked for', () => {
    const ids = index.search('图书馆补贴的自行车', { groups: ['a'] }).map((h) => h.id);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.every((id) => id.startsWith('a'))).toBe(true);
    expect(index.search('图书馆', { groups: [] })).toEqual([]);
    expect(index.search('图书馆', { groups: ['no such group'] })).toEqual([]);
  });

  it('gives at most k, best first, each once, with positive scores', () => {
    const hits = index.search('补贴', { k: 2 });
    expect(hits).toHaveLength(2);
    const all = index.search('公共自行车图书馆补贴细则', { k: 100 });
    expect(new Set(all.map((h) => h.id)).size).toBe(all.length);
    for (const [i, h] of all.entries()) {
      expect(h.score).toBeGreaterThan(0);
      if (i > 0) expect(h.score).toBeLessThanOrEqual(all[i - 1]!.score);
    }
    expect(index.search('补贴', { k: 0 })).toEqual([]);
  });

  it.each(['', '   ', '\n\t', '\u0000\u0007\u001b', '？！。，', '\ud800', '🙂🙂'])(
    'finds nothing for %j, which has no words',
    (query) => {
      expect(index.search(query)).toEqual([]);
    },
  );

  it('works without documents, and with empty ones', () => {
    expect(LexicalIndex.build([]).search('补贴')).toEqual([]);
    const empty = LexicalIndex.build([{ id: 'e', title: '', text: '' }]);
    expect(empty.search('补贴')).toEqual([]);
    expect(LexicalIndex.fromBuffer(empty.toBuffer()).size).toBe(1);
  });

  it('answers a question of 100,000 characters', () => {
    const long = '图书馆补贴标准是多少'.repeat(10_000);
    expect(index.search(long)[0]?.id).toBe('b2');
    const noise = Array.from({ length: 100_000 }, (_, i) =>
      String.fromCharCode(0x4e00 + ((i * 7919) % 20_000)),
    ).join('');
    expect(Array.isArray(index.search(noise))).toBe(true);
  });

  it('reaches beyond the candidates that get a second look', () => {
    const many = Array.from({ length: 400 }, (_, i) => ({
      id: `d${i}`,
      title: '',
      text: `补贴 ${'字'.repeat(i % 7)}`,
    }));
    const hits = LexicalIndex.build(many).search('补贴', { k: 300 });
    expect(hits).toHaveLength(300);
    expect(hits.every((h, i) => i === 0 || h.score <= hits[i - 1]!.score)).toBe(true);
  });

  it('gives the same list each time, and equal documents in the order given', () => {
    const twins = LexicalIndex.build(['p', 'q', 'r'].map((id) => ({ id, title: '', text: '同样的条文' })));
    expect(twins.search('条文').map((h) => h.id)).toEqual(['p', 'q', 'r']);
    const query = '补贴条件与材料';
    const before = index.search(query);
    index.search('公共自行车占用盲道');
    expect(index.search(query)).toEqual(before);
  });
});

describe('coverage', () => {
  it('is 1 where all informative words stand, 0 where none does, between them otherwise', () => {
    expect(index.coverage('占用盲道', 'a5')).toBe(1);
    expect(index.coverage('占用盲道', 'b2')).toBe(0);
    const part = index.coverage('图书馆占用盲道', 'a5');
    expect(part).toBeGreaterThan(0);
    expect(part).toBeLessThan(1);
    expect(index.coverage('占用盲道', 'no such id')).toBe(0);
    expect(index.coverage('', 'a5')).toBe(0);
  });

  it('is not lowered by words that only ask', () => {
    expect(index.coverage('请问什么是盲道', 'a5')).toBe(index.coverage('盲道', 'a5'));
  });

  it('falls with words that no document knows', () => {
    expect(index.coverage('盲道 量子计算', 'a5')).toBeLessThan(0.5);
    const { matched, missing } = index.explain('盲道 量子', 'a5');
    expect(matched).toContain('盲道');
    expect(missing).toContain('量子');
  });

  it('stays between 0 and 1 for any question', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...DOCS), (query, doc) => {
        const c = index.coverage(query, doc.id);
        expect(c >= 0 && c <= 1).toBe(true);
        for (const h of index.search(query)) expect(Number.isFinite(h.score)).toBe(true);
      }),
    );
  });
});

describe('an index in bytes', () => {
  const bytes = index.toBuffer('print');

  it('answers as the one that was written', () => {
    const again = LexicalIndex.fromBuffer(bytes, 'print');
    for (const query of ['图书馆补贴', '盲道', '什么时候施行', 'iso', '市']) {
      expect(again.search(query, { k: 50 })).toEqual(index.search(query, { k: 50 }));
      expect(again.search(query, { groups: ['b'] })).toEqual(index.search(query, { groups: ['b'] }));
    }
    expect(again.explain('图书馆占用盲道', 'a5')).toEqual(index.explain('图书馆占用盲道', 'a5'));
    expect(again.toBuffer('print').equals(bytes)).toBe(true);
  });

  it('is refused when it was built from something else', () => {
    expect(() => LexicalIndex.fromBuffer(bytes, 'other')).toThrow(IndexFormatError);
  });

  it('is refused when cut short or changed anywhere', () => {
    for (const length of [0, 1, 12, 60, bytes.length >> 1, bytes.length - 1]) {
      expect(() => LexicalIndex.fromBuffer(bytes.subarray(0, length), 'print')).toThrow(IndexFormatError);
    }
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bad = Buffer.from(bytes);
        bad[at] = bad[at]! ^ change;
        expect(() => LexicalIndex.fromBuffer(bad, 'print')).toThrow(IndexFormatError);
      }),
      { numRuns: 60 },
    );
  });
});
