import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KNOWLEDGE } from '../../eval/bench/packs.js';
import { InputError } from '../../src/errors.js';
import { calculate, inputsOf, loadCalculations } from '../../src/rules/index.js';
import { AS_OF, library, vocabulary } from './support.js';

const all = new Map(
  library.policies.flatMap((p) =>
    loadCalculations(join(KNOWLEDGE, p.meta.id, 'calculations.yaml'), p, vocabulary).map(
      (c) => [`${p.meta.id}/${c.id}` as string, c] as const,
    ),
  ),
);
const run = (id: string, inputs: unknown, asOf = AS_OF) =>
  calculate(all.get(id)!, inputs, { asOf, vocabulary });

describe('calculations, with their steps', () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    ['xiamen-2025/project-matching', { national: '1800万' }, '9000000', '最高900万元'],
    ['xiamen-2025/project-matching', { national: '2000万元' }, '10000000', '最高1000万元'],
    ['xiamen-2025/project-matching', { national: '3000万', total: '1亿' }, '10000000', '最高1000万元'],
    [
      'xiamen-2025/project-matching',
      { national: '1800万', provincial: '300万', total: '2900万' },
      '8000000',
      '最高800万元',
    ],
    ['xiamen-2025/project-matching', { national: '3000万', provincial: 0, total: '2900万' }, '0', '最高0元'],
    [
      'quanzhou-2026/exclusion',
      { date: '2026-05-01' },
      '2029-05-02',
      '禁止期到2029年5月1日（含当日），2029年5月2日起不再受限',
    ],
    [
      'quanzhou-2026/exclusion',
      { date: '2024-02-29' },
      '2027-03-01',
      '禁止期到2027年2月28日（含当日），2027年3月1日起不再受限',
    ],
    [
      'xiamen-2025/exclusion',
      { date: '2025年12月31日' },
      '2029-01-01',
      '禁止期到2028年12月31日（含当日），2029年1月1日起不再受限',
    ],
    ['xiamen-2025/annual-report', {}, '2027-03-31', '下一次在2027年3月31日前报送，报的是2026年度'],
    ['xiamen-2025/evaluation', { date: '2025-09-01' }, '2028-09-01', '约在2028年9月1日前后'],
    ['quanzhou-2026/evaluation', { date: '2020-09-01' }, '2029-09-01', '约在2029年9月1日前后'],
    ['qingdao-2025/validity', { date: '2025-06-01' }, '2028-06-01', '一般不晚于2028年6月1日'],
    [
      'xiamen-2025/in-force',
      { date: '2028-08-10' },
      'in-force',
      '2028年8月10日：有效，有效期到2028年8月10日',
    ],
    [
      'xiamen-2025/in-force',
      { date: '2028-08-11' },
      'expired',
      '2028年8月11日：已过有效期，有效期到2028年8月10日',
    ],
    ['quanzhou-2026/in-force', { date: '2026-04-30' }, 'not-yet', '2026年4月30日：尚未施行'],
    ['qingdao-2025/in-force', {}, 'undated', '2026年11月21日：没有写明生效日期和有效期'],
    ['wenzhou-draft/in-force', {}, 'draft', '2026年11月21日：征求意见稿，尚不具有效力'],
    ['quanzhou-2026/name', { name: '泉州市石墨烯创新联合体' }, 'true', '符合格式'],
    [
      'quanzhou-2026/name',
      { name: '泉州市XXX创新联合体' },
      'false',
      '不符合格式，应形如“泉州市XXX创新联合体”',
    ],
    [
      'wenzhou-draft/name',
      { name: '温州市泵阀创新联合体' },
      'false',
      '不符合格式，应形如“温州市×××产业链×××（关键细分领域）创新联合体”',
    ],
    [
      'wenzhou-draft/local-share',
      { 'consortium.local_units': 3, 'consortium.units_total': 6 },
      '50',
      '3/6（50%）',
    ],
    [
      'quanzhou-2026/rd-average',
      { 'lead.rd_spend_by_year': { 2023: '1800万', 2024: '2200万', 2025: '2600万' } },
      '22000000',
      '2200万元',
    ],
    [
      'quanzhou-2026/rd-average',
      { 'lead.rd_spend_by_year': { 2025: '2600万' }, 'lead.founded_on': '2025-01-01' },
      '26000000',
      '2600万元',
    ],
    [
      'xiamen-2025/rd-intensity',
      {
        'lead.rd_spend_by_year': { 2023: 1, 2024: 1, 2025: 1 },
        'lead.sales_by_year': { 2023: 30, 2024: 30, 2025: 30 },
      },
      '10/3',
      '约3.33%',
    ],
  ])('%s %j is %s', (id, inputs, value, result) => {
    expect(run(id, inputs)).toMatchObject({ value, result });
  });

  test('the way is shown, and what limited the result', () => {
    const out = run('xiamen-2025/project-matching', {
      national: '1800万',
      provincial: '300万',
      total: '2900万',
    });
    expect(out.steps).toEqual([
      '1800万元 × 50% = 900万元',
      '与上限1000万元比较，取900万元',
      '项目总投入2900万元 − 国家、省资助2100万元 = 800万元',
      '市级配套最高800万元',
    ]);
    expect(out.bounds).toContain('项目总投入');
    expect(out.clause).toBe('第九条（二）');
    expect(run('xiamen-2025/project-matching', { national: '1800万' }).bounds).toContain(
      '没有给出项目总投入',
    );
  });

  test('the report is due on its very day, and next year on the day after', () => {
    expect(run('xiamen-2025/annual-report', {}, '2026-03-31').value).toBe('2026-03-31');
    expect(run('xiamen-2025/annual-report', {}, '2026-04-01').value).toBe('2027-03-31');
    expect(run('quanzhou-2026/annual-report', {}).value).toBeNull();
  });

  test('a share says how many are missing', () => {
    expect(
      run('wenzhou-draft/local-share', { 'consortium.local_units': 3, 'consortium.units_total': 7 }),
    ).toMatchObject({ bounds: '没有达到“不低于50%”，总数不变时还差1家' });
  });

  test('two years without a founding date are computed and said to be too few', () => {
    const out = run('quanzhou-2026/rd-average', {
      'lead.rd_spend_by_year': { 2024: '2200万', 2025: '2600万' },
    });
    expect(out.value).toBe('24000000');
    expect(out.notes.join()).toContain('2个年度');
  });

  test.each<[string, unknown, string]>([
    ['xiamen-2025/project-matching', {}, 'national'],
    ['xiamen-2025/project-matching', { national: '很多' }, 'national'],
    ['xiamen-2025/project-matching', { national: '2000万以上' }, 'national'],
    ['xiamen-2025/project-matching', { national: 1, state: 2 }, 'state'],
    ['quanzhou-2026/exclusion', { date: '2026-02-30' }, 'date'],
    ['quanzhou-2026/exclusion', { date: '2026年5月' }, 'date'],
    ['quanzhou-2026/exclusion', [], 'inputs'],
    ['quanzhou-2026/name', { name: ' ' }, 'name'],
    ['wenzhou-draft/local-share', { 'consortium.local_units': 8, 'consortium.units_total': 6 }, '不能多于'],
    ['wenzhou-draft/local-share', { 'consortium.local_units': 0, 'consortium.units_total': 0 }, '0'],
    [
      'quanzhou-2026/rd-intensity',
      { 'lead.rd_spend_by_year': { 2023: 1, 2024: 1, 2025: 1 }, 'lead.sales_by_year': { 2023: 1, 2024: 1 } },
      '2025年',
    ],
    [
      'quanzhou-2026/rd-intensity',
      { 'lead.rd_spend_by_year': { 2025: 1 }, 'lead.sales_by_year': { 2025: 0 } },
      '销售收入为0',
    ],
    ['quanzhou-2026/evaluation-score', { services: '很多' }, 'services'],
    ['quanzhou-2026/evaluation-score', { lunch: true }, 'lunch'],
  ])('%s refuses %j', (id, inputs, word) => {
    let error: unknown = null;
    try {
      run(id, inputs);
    } catch (e) {
      error = e;
    }
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message).toContain(word);
  });
});

describe('the evaluation table of 泉州 annex 3', () => {
  const score = (inputs: Record<string, unknown>) => run('quanzhou-2026/evaluation-score', inputs);
  const items = inputsOf(all.get('quanzhou-2026/evaluation-score')!, { vocabulary });

  test('everything done is 100 points, nothing done is 0, and no grade is read into either', () => {
    const every = (value: boolean) => Object.fromEntries(items.map((i) => [i.name, value]));
    expect(score(every(true))).toMatchObject({ value: '100', bounds: null });
    expect(score(every(false)).value).toBe('0');
    expect(score(every(true)).notes.join()).toContain('没有写各等级的分数线');
  });

  test('what has no evidence is unknown, not nought', () => {
    const out = score({ responsibility: true, services: 4, investment: '2500万', events: '2场次' });
    expect(out).toMatchObject({ value: '>=13 <=95', result: '已得13分，最多可到95分（满分100分）' });
    expect(out.steps).toContain('建立运行机制：2分/10分，另有8分未提供材料');
    expect(out.steps).toContain(
      '未得：成员单位创新资源开放共享，累计为成员单位提供创新服务5次以上（5分），提供的是4次',
    );
    expect(out.rows.find((r) => r.label === '产业化成效')).toMatchObject({
      value: '8/20',
      clause: '附件3 产业化成效',
    });
  });

  test.each<[string, unknown, number]>([
    ['services', 5, 5],
    ['services', 4, 0],
    ['pilot-sales', '2000万', 5],
    ['pilot-sales', '1999.99万', 0],
    ['service-platforms', 1, 5],
    ['events', 1, 0],
  ])('%s %j earns %i', (id, given, earned) => {
    expect(score({ [id]: given }).result).toContain(`已得${earned}分`);
  });
});
