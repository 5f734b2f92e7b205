import { describe, expect, it } from 'vitest';
import { factsOf, read } from './kit.js';

describe('words of its own tell the time of an amount', () => {
  it.each([
    ['泉州企业，2025年主营2.4亿，近三年年均研发2200万', '240000000', '22000000'],
    ['2025年营收2.6亿年均研发2300万', '260000000', '23000000'],
    ['2025年：主营3亿、专职研发25人、年均研发2500万', '300000000', '25000000'],
    ['2025年主营3亿，研发每年2100万', '300000000', '21000000'],
  ])('%s: a mean, not that year', (text, revenue, mean) => {
    const facts = factsOf(read(text));
    expect(facts.revenue_last_year).toBe(revenue);
    expect(facts.rd_spend_avg_3y).toBe(mean);
    expect(facts.rd_spend_by_year).toBeUndefined();
  });

  it('an amount without such words right after a year is that year’s', () => {
    expect(factsOf(read('2025年营收3亿，研发1500万')).rd_spend_by_year).toEqual({ 2025: '15000000' });
  });
});

describe('an amount of a part is not the whole', () => {
  it.each([
    '去年主营国内1.2亿出口1亿',
    '去年主营收入海外部分8000万国内1.5亿',
    '去年三块业务主营分别8千万6千万5千万',
  ])('%s: the whole is asked for', (text) => {
    const u = read(text);
    expect(u.mentions.map((m) => m.fact)).not.toContain('lead.revenue_last_year');
    expect(u.vague).toEqual([
      expect.objectContaining({ fact: 'lead.revenue_last_year', why: 'partOfTotal' }),
    ]);
  });

  it.each([
    ['去年营收3亿，其中出口1亿', '300000000'],
    ['国内1.2亿，出口1亿，去年主营合计2.2亿', '220000000'],
    ['去年主营2.5亿，国内市场为主', '250000000'],
  ])('%s: the whole is told', (text, revenue) => {
    expect(factsOf(read(text)).revenue_last_year).toBe(revenue);
  });

  it('研发2000万人20个: money is never people', () => {
    expect(factsOf(read('泉州企业营收2亿研发2000万人20个')).rd_staff).not.toBe(20000000);
  });
});

it('what somebody is asked to write is not there yet', () => {
  expect(factsOf(read('帮我写一份组建协议'))['consortium.agreement_signed']).toBeUndefined();
});

describe('said in a way that turns it round', () => {
  it.each(['谁说没被取消过', '很难说没被取消过资格', '也不能说从没被取消过资格'])(
    '%s: not told as never',
    (text) => {
      expect(factsOf(read(text)).title_revoked_on).toBeUndefined();
    },
  );
  it.each([
    ['高企不是没有', 'high_tech', true],
    ['高层次人才团队不是没有', 'high_level_talent_team', true],
    ['研发团队有人但没一个专职', 'dedicated_rd_team', false],
    ['去年主营差一点点2亿', 'revenue_last_year', '<200000000'],
    ['去年主营2亿还欠一点', 'revenue_last_year', '<200000000'],
  ])('%s', (text, fact, value) => {
    expect(factsOf(read(text))[fact]).toEqual(value);
  });
  it('老板弟弟的厂是高企: of another firm', () => {
    expect(factsOf(read('老板弟弟的厂是高企')).high_tech).toBeUndefined();
  });
});
