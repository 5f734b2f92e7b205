import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inputsOf } from '../../src/rules/index.js';
import { calculations, run } from './calculation-support.js';
import { verdict, vocabulary } from './support.js';

const yuan = fc.integer({ min: 0, max: 200_000_000 });
const days = (from: string, to: string) =>
  fc
    .integer({ min: Date.parse(from) / 864e5, max: Date.parse(to) / 864e5 })
    .map((n) => new Date(n * 864e5).toISOString().slice(0, 10));
const shift = (day: string, by: number) => new Date(Date.parse(day) + by * 864e5).toISOString().slice(0, 10);

describe('matching money (厦门 第九条（二）)', () => {
  const id = 'xiamen-2025/project-matching';
  const CAP = 10_000_000;

  test('never passes half the national money, the cap, or what the project still costs; and always reaches one of them', () => {
    fc.assert(
      fc.property(yuan, yuan, yuan, (national, provincial, total) => {
        const got = Number(run(id, { national, provincial, total }).value);
        const room = Math.max(0, total - national - provincial);
        expect(got).toBeLessThanOrEqual(national / 2);
        expect(got).toBeLessThanOrEqual(CAP);
        expect(got).toBeLessThanOrEqual(room);
        expect([national / 2, CAP, room]).toContain(got);
      }),
    );
  });

  test('more national money never lowers it while the cost of the project is not given', () => {
    fc.assert(
      fc.property(yuan, yuan, (a, b) => {
        const [less, more] = [Math.min(a, b), Math.max(a, b)];
        expect(Number(run(id, { national: less }).value)).toBeLessThanOrEqual(
          Number(run(id, { national: more }).value),
        );
      }),
    );
  });

  test.each<[Record<string, unknown>, string | null]>([
    [{ national: '2000万', total: '1亿', provincial: 0 }, null],
    [{ national: '2000.01万', total: '1亿', provincial: 0 }, '受“最高不超过1000万元”限制'],
    [
      { national: '2000万', total: '3000万', provincial: '1万' },
      '受“国家、省、市资助金额之和不超过项目总投入”限制',
    ],
    [{ national: '2000万', total: '3000万', provincial: 0 }, null],
    [{ national: '2000万' }, '没有给出项目总投入，还要满足国家、省、市资助之和不超过项目总投入'],
    [
      { national: '3000万' },
      '受“最高不超过1000万元”限制；没有给出项目总投入，还要满足国家、省、市资助之和不超过项目总投入',
    ],
  ])('%j is limited by %s', (inputs, bounds) => {
    expect(run(id, inputs).bounds).toBe(bounds);
  });
});

describe('means and shares over fiscal years', () => {
  const years = fc.tuple(yuan, yuan, yuan);
  const of = ([a, b, c]: readonly number[]) => ({ 2023: a, 2024: b, 2025: c });

  test('a mean lies between the least and the greatest year, and three times it is their sum', () => {
    fc.assert(
      fc.property(years, (spend) => {
        const [n, d = 1] = run('quanzhou-2026/rd-average', { 'lead.rd_spend_by_year': of(spend) })
          .value!.split('/')
          .map(Number) as [number, number?];
        expect(n * 3).toBe((spend[0] + spend[1] + spend[2]) * d);
        expect(n / d).toBeGreaterThanOrEqual(Math.min(...spend));
        expect(n / d).toBeLessThanOrEqual(Math.max(...spend));
      }),
    );
  });

  test('the calculation and the check agree on whether the threshold is reached', () => {
    fc.assert(
      fc.property(years, years, (spend, sales) => {
        fc.pre(sales.some((n) => n > 0));
        const inputs = { 'lead.rd_spend_by_year': of(spend), 'lead.sales_by_year': of(sales) };
        const reached = run('quanzhou-2026/rd-intensity', inputs).bounds === '达到“不低于5%”';
        const enough = run('quanzhou-2026/rd-average', {
          'lead.rd_spend_by_year': of(spend),
        }).bounds!.startsWith('达到');
        const rd = verdict('quanzhou-2026', 'lead', { 'lead.kind': 'enterprise', ...inputs }).criteria.find(
          (c) => c.id === 'lead-rd',
        )!;
        expect(rd.outcome).toBe(reached || enough ? 'pass' : 'fail');
      }),
    );
  });

  test('the currency unit does not matter to an intensity', () => {
    fc.assert(
      fc.property(years, fc.integer({ min: 2, max: 1000 }), (spend, k) => {
        const intensity = (factor: number) =>
          run('xiamen-2025/rd-intensity', {
            'lead.rd_spend_by_year': of(spend.map((n) => n * factor)),
            'lead.sales_by_year': of([7 * factor, 11 * factor, 13 * factor]),
          }).value;
        expect(intensity(k)).toBe(intensity(1));
      }),
    );
  });
});

describe('shares of units (温州 三（三）)', () => {
  test('the number that is said to be enough is enough, and one less is not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (whole) => {
        const id = 'wenzhou-draft/enterprise-share';
        const least = Number(run(id, { 'consortium.units_total': whole }).value);
        const with_ = (part: number) =>
          run(id, { 'consortium.units_total': whole, 'consortium.enterprises': part });
        expect(with_(least).bounds).toBe('达到“不低于50%”');
        expect(with_(least - 1).bounds).toBe('没有达到“不低于50%”，总数不变时还差1家');
        expect(with_(0).bounds).toBe(`没有达到“不低于50%”，总数不变时还差${least}家`);
      }),
    );
  });
});

describe('terms counted from a day', () => {
  const from = days('2000-01-01', '2035-12-31');

  test('the day before a ban ends is barred, its last day is, the free day is not, in the check as in the calculation', () => {
    fc.assert(
      fc.property(from, (date) => {
        for (const policy of ['quanzhou-2026', 'xiamen-2025', 'qingdao-2025']) {
          const free = run(`${policy}/exclusion`, { date }).value!;
          const ban = (asOf: string) =>
            verdict(policy, 'lead', { 'lead.title_revoked_on': date }, asOf).criteria.find(
              (c) => c.id === 'lead-ban',
            )!.outcome;
          expect(ban(shift(free, -2))).toBe('fail');
          expect(ban(shift(free, -1))).toBe('fail');
          expect(ban(free)).toBe('pass');
        }
      }),
    );
  });

  test('where a ban stands on the day of asking', () => {
    const now = (asOf: string) => run('quanzhou-2026/exclusion', { date: '2025-06-01' }, asOf).steps.at(-1);
    expect(now('2025-05-31')).toBe('2025年5月31日尚未开始计算');
    expect(now('2025-06-01')).toBe('2025年6月1日仍在禁止期内');
    expect(now('2028-06-01')).toBe('2028年6月1日仍在禁止期内');
    expect(now('2028-06-02')).toBe('2028年6月2日已不在禁止期内');
  });

  test('a day that has not come yet is said to be counted from', () => {
    for (const id of ['qingdao-2025/validity', 'xiamen-2025/evaluation'])
      expect(run(id, { date: '2027-06-30' }, '2026-11-21').steps.join()).toContain(
        '2026年11月21日尚未开始计算',
      );
    expect(run('qingdao-2025/validity', { date: '2026-11-21' }, '2026-11-21').steps.join()).not.toContain(
      '尚未',
    );
  });

  test('the next evaluation is not past, less than three years off once one is past, and on the same day of the year', () => {
    fc.assert(
      fc.property(from, days('2000-01-01', '2035-12-31'), (date, asOf) => {
        const next = run('xiamen-2025/evaluation', { date }, asOf).value!;
        expect(next >= asOf).toBe(true);
        expect((Number(next.slice(0, 4)) - Number(date.slice(0, 4))) % 3).toBe(0);
        if (!date.endsWith('02-29')) expect(next.slice(5)).toBe(date.slice(5));
        const years = Number(next.slice(0, 4)) - Number(asOf.slice(0, 4));
        if (date <= asOf) expect(years).toBeLessThanOrEqual(3);
      }),
    );
  });

  test('an evaluation due today is the next one; each past one is listed', () => {
    expect(run('quanzhou-2026/evaluation', { date: '2020-11-21' }).value).toBe('2026-11-21');
    expect(run('quanzhou-2026/evaluation', { date: '2020-11-20' }).steps).toEqual([
      '自2020年11月20日起，每3年开展一次考核评估',
      '第1次满期是2023年11月20日，已过',
      '第2次满期是2026年11月20日，已过',
      '下一次满期是2029年11月20日（计算得出）',
    ]);
  });

  test('a report is due within a year, on the printed day', () => {
    fc.assert(
      fc.property(from, (asOf) => {
        const due = run('xiamen-2025/annual-report', {}, asOf).value!;
        expect(due.slice(5)).toBe('03-31');
        expect(due >= asOf && due <= shift(asOf, 366)).toBe(true);
      }),
    );
  });

  test('a filing stays valid through the corresponding day', () => {
    const out = (asOf: string) => run('qingdao-2025/validity', { date: '2024-02-29' }, asOf);
    expect(out('2027-02-28')).toMatchObject({
      value: '2027-02-28',
      bounds: '一般不超过3年：是上限，不是确定的期满日',
      steps: [
        '自2024年2月29日起，一般不超过3年',
        '对应日为2027年2月28日（民法典第二百零一条、第二百零二条）',
        '2027年2月28日未超过这一天',
      ],
    });
    expect(out('2027-03-01').steps.at(-1)).toBe('2027年3月1日已超过这一天');
  });

  test('a document is not yet in force, then in force, then expired, and never goes back', () => {
    const order = ['not-yet', 'in-force', 'expired'];
    fc.assert(
      fc.property(from, from, (a, b) => {
        for (const policy of ['quanzhou-2026', 'xiamen-2025']) {
          const at = (date: string) => order.indexOf(run(`${policy}/in-force`, { date }).value!);
          expect(at(a < b ? a : b)).toBeLessThanOrEqual(at(a < b ? b : a));
        }
      }),
    );
  });
});

describe('names', () => {
  const words = fc
    .array(fc.constantFrom(...'石墨烯智能装备阀门鞋服芯片AI5G'), { minLength: 1, maxLength: 12 })
    .map((w) => w.join(''));
  test('any words in the blank fit; the name without its city or its end does not', () => {
    fc.assert(
      fc.property(words, (w) => {
        const fits = (name: string) => run('quanzhou-2026/name', { name }).value;
        expect(fits(`泉州市${w}创新联合体`)).toBe('true');
        expect(fits(` “泉州市${w} 创新联合体” `)).toBe('true');
        expect(fits(`${w}创新联合体`)).toBe('false');
        expect(fits(`泉州市${w}联合体`)).toBe('false');
        expect(fits(`泉州市创新联合体`)).toBe('false');
      }),
    );
  });
});

describe('the evaluation table of 泉州 annex 3', () => {
  const id = 'quanzhou-2026/evaluation-score';
  const items = inputsOf(calculations.get(id)!, { vocabulary }).map((i) => i.name);
  const evidence = fc.record(
    Object.fromEntries(items.map((name) => [name, fc.constantFrom(true, false, null)])),
  );

  test('whatever evidence is still brought, the points stay within what was said', () => {
    fc.assert(
      fc.property(
        evidence,
        fc.array(fc.boolean(), { minLength: items.length, maxLength: items.length }),
        (some: Record<string, boolean | null>, rest) => {
          const [low, high] = (
            /^>=(\d+) <=(\d+)$/.exec(run(id, some).value!) ?? [0, run(id, some).value, run(id, some).value]
          ).slice(1) as [string, string];
          const complete = Object.fromEntries(items.map((name, i) => [name, some[name] ?? rest[i]]));
          const final = Number(run(id, complete).value);
          expect(final).toBeGreaterThanOrEqual(Number(low));
          expect(final).toBeLessThanOrEqual(Number(high));
        },
      ),
    );
  });

  test('the indicators and the tasks each add up to the total', () => {
    fc.assert(
      fc.property(evidence, (some) => {
        const out = run(id, some);
        const reached = Number(/(\d+)/.exec(out.value!)![1]);
        const rows = out.rows.map((r) => r.value.split('/').map(Number) as [number, number]);
        expect(rows.reduce((sum, [got]) => sum + got, 0)).toBe(reached);
        expect(rows.reduce((sum, [, full]) => sum + full, 0)).toBe(100);
        const tasks = out.steps.slice(out.rows.length, out.rows.length + 5);
        expect(tasks.map((t) => Number(/：(\d+)分/.exec(t)![1])).reduce((a, b) => a + b)).toBe(reached);
      }),
    );
  });
});
