import { describe, expect, it } from 'vitest';
import { factsOf, read, world } from './kit.js';
import { TABLE } from './table.js';

describe.each(Object.entries(TABLE))('%s', (_, rows) => {
  it.each(rows)('%s', (question, facts, before) => {
    expect(factsOf(read(question, before))).toEqual(facts);
  });
});

describe('the table', () => {
  it('states every fact of the vocabulary somewhere', () => {
    const seen = new Set(
      Object.values(TABLE).flatMap((rows) => rows.flatMap(([, facts]) => Object.keys(facts))),
    );
    const missing = world.vocabulary.specs
      .filter((s) => !s.id.startsWith('member.') && !seen.has(s.id.replace(/^lead\./, '')))
      .map((s) => s.id);
    expect(missing).toEqual([]);
  });
});

describe('what a question is about', () => {
  it('takes the figure of a premise for the rule’s, with the fact it is held against', () => {
    const u = read('厦门的营收门槛是5亿对吧');
    expect(u.premises).toEqual([
      expect.objectContaining({ fact: 'lead.revenue_last_year', value: '500000000' }),
    ]);
    expect(u.mentions).toEqual([]);
  });

  it('leaves a figure open that could be several facts', () => {
    const u = read('我们两个亿能牵头吗');
    expect(u.mentions).toEqual([]);
    expect(u.open[0]?.candidates).toContain('lead.revenue_last_year');
  });

  it('asks of what is named without a value', () => {
    expect(read('泉州研发投入要多少').asked).toContain('lead.rd_spend_avg_3y');
    expect(read('必须聘首席科学家吗').asked).toContain('consortium.chief_scientist');
  });

  it.each([
    ['晋江的企业', ['quanzhou'], []],
    ['我们和厦门大学合作，泉州能报吗', ['quanzhou'], []],
    ['联合上海交通大学', [], []],
    ['深圳有什么政策', [], ['深圳']],
    ['大厦里的公司', [], []],
    ['朝阳产业', [], []],
  ])('%s', (question, cities, elsewhere) => {
    const u = read(question);
    expect([u.cities, u.elsewhere]).toEqual([cities, elsewhere]);
  });

  it('leaves ordinary words and English sentences as they are', () => {
    for (const text of ['运营首先要看投入', '前头说的应收账款', 'what does quanzhou require'])
      expect(read(text).text).toBe(text);
  });

  it('marks a what-if', () => {
    const u = read('要是再加一家呢', { facts: { 'consortium.units_total': 6 } });
    expect(u.mentions.map((m) => m.hypothetical)).toEqual([true]);
  });

  it('reads the longest question it is given whole', () => {
    const u = read('5家企业2所高校研发2000万营收3亿高新，'.repeat(200));
    expect(u.mentions.length).toBeGreaterThan(0);
  });
});
