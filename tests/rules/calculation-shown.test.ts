import { describe, expect, test } from 'vitest';
import { inputsOf } from '../../src/rules/index.js';
import { calculations, refusal, run } from './calculation-support.js';
import { vocabulary } from './support.js';

const MONEY = '元为单位的数字（180000000）或写明单位的金额（"1.8亿元"、"2000万"）';
const DATE = 'YYYY-MM-DD 或 2025年8月10日 形式的真实日期，1900年到2999年';
const spend = (years: Record<number, unknown>, more: Record<string, unknown> = {}) => ({
  'lead.rd_spend_by_year': years,
  ...more,
});

describe('what a calculation shows', () => {
  test('matching money: what was put in, the way, the result, the limits', () => {
    const id = 'xiamen-2025/project-matching';
    expect(run(id, { national: '3000万', provincial: '500万', total: '3400万' })).toMatchObject({
      inputs: [
        { name: 'national', label: '国家财政资金', value: '3000万元' },
        { name: 'provincial', label: '省级资助', value: '500万元' },
        { name: 'total', label: '项目总投入', value: '3400万元' },
      ],
      steps: [
        '3000万元 × 50% = 1500万元',
        '与上限1000万元比较，取1000万元',
        '项目总投入3400万元 − 国家、省资助3500万元 = −100万元',
        '市级配套最高0元',
      ],
      result: '最高0元',
      bounds: '受“国家、省、市资助金额之和不超过项目总投入”限制',
      notes: [
        '“可按”“最高”说的是上限，只对企业承担的国家科技重大项目；实际金额由市科技局核定。',
        '国家、省资助已超过项目总投入，请核对这几个数。',
      ],
      rows: [],
    });
    const without = run(id, { national: 800, total: '2000' });
    expect(without.steps.slice(2)).toEqual([
      '项目总投入2000元 − 国家资助800元 = 1200元',
      '市级配套最高400元',
    ]);
    expect(without.inputs.map((i) => i.name)).toEqual(['national', 'total']);
    expect(without.notes.slice(1)).toEqual([
      '没有给出省级资助，按未计入省级资助计算；有省级资助时可能更少。',
    ]);
    expect(run(id, { national: 800 }).notes).toHaveLength(1);
  });

  test('a mean: the years in order, the sum, the division', () => {
    expect(
      run('quanzhou-2026/rd-average', spend({ 2025: '2600万', 2023: '1800万', 2024: '2200万' })),
    ).toMatchObject({
      inputs: [
        {
          name: 'lead.rd_spend_by_year',
          label: '分年度研发投入',
          value: '2023年1800万元，2024年2200万元，2025年2600万元',
        },
      ],
      steps: ['2023年1800万元 + 2024年2200万元 + 2025年2600万元 = 6600万元', '6600万元 ÷ 3年 = 2200万元'],
      bounds: '达到“不低于2000万元”',
      notes: [],
    });
    expect(
      run('quanzhou-2026/rd-average', spend({ 2023: '2000万', 2024: '2000万', 2025: '2000万' })).bounds,
    ).toBe('达到“不低于2000万元”');
    expect(
      run('quanzhou-2026/rd-average', spend({ 2023: '2000万', 2024: '2000万', 2025: '1999万' })).bounds,
    ).toBe('没有达到“不低于2000万元”，差约3333.33元');
  });

  test('an intensity: both sums, then the division', () => {
    const out = run(
      'wenzhou-draft/rd-intensity',
      spend(
        { 2024: '300万', 2025: '400万' },
        { 'lead.sales_by_year': { 2024: '1亿', 2025: '1亿', 2023: 1 } },
      ),
    );
    expect(out).toMatchObject({
      inputs: [
        { name: 'lead.rd_spend_by_year', value: '2024年300万元，2025年400万元' },
        { name: 'lead.sales_by_year', value: '2024年1亿元，2025年1亿元' },
      ],
      steps: [
        '2024年300万元 + 2025年400万元 = 700万元',
        '2024年1亿元 + 2025年1亿元 = 2亿元',
        '700万元 ÷ 2亿元 = 3.5%',
      ],
      value: '3.5',
      bounds: '年度没有给全，先不与“不低于3.5%”比较',
      notes: ['只按给出的连续2个年度计算；实际经营满三年的要用近三个会计年度，不满三年的请给出成立日期。'],
    });
  });

  test('years that are too few, or not over yet, are not taken for three that have been', () => {
    const id = 'quanzhou-2026/rd-average';
    expect(run(id, spend({ 2025: '2200万' }))).toMatchObject({
      result: '2200万元',
      bounds: '年度没有给全，先不与“不低于2000万元”比较',
    });
    expect(run(id, spend({ 2025: '2200万' }, { 'lead.founded_on': '2025-01-15' })).bounds).toBe(
      '达到“不低于2000万元”',
    );
    const planned = spend({ 2025: '2200万', 2026: '2200万', 2027: '2200万' });
    expect(run(id, planned).notes).toContain('2026年、2027年还没有结束，数字以税务申报为准。');
    expect(run(id, planned, '2028-01-01').notes).toEqual([]);
  });

  test('a figure just beside its bound is not shown as the bound', () => {
    const years = { 2023: '349.9999万', 2024: '350万', 2025: '350万' };
    expect(
      run('wenzhou-draft/rd-intensity', {
        'lead.rd_spend_by_year': years,
        'lead.sales_by_year': { 2023: '1亿', 2024: '1亿', 2025: '1亿' },
      }),
    ).toMatchObject({ result: '约3.4999997%', bounds: '没有达到“不低于3.5%”，差约0.0000003个百分点' });
  });

  test('which years count, and what is said of it', () => {
    const notes = (years: Record<number, unknown>, founded?: string) => {
      const out = run(
        'quanzhou-2026/rd-average',
        spend(years, founded ? { 'lead.founded_on': founded } : {}),
      );
      return [out.value, ...out.notes];
    };
    const partial = (n: number) =>
      `只按给出的连续${n}个年度计算；实际经营满三年的要用近三个会计年度，不满三年的请给出成立日期。`;
    expect(notes({ 2022: 9, 2023: 3, 2024: 3, 2025: 3 })).toEqual(['3']);
    expect(notes({ 2022: 9, 2024: 2, 2025: 4 })).toEqual(['3', partial(2)]);
    expect(notes({ 2024: 2, 2025: 4 }, '2024-03-01')).toEqual(['3', '实际经营期不满三年，按2个年度计算。']);
    expect(notes({ 2025: 4 }, '2010-03-01')).toEqual(['4', partial(1)]);
    expect(notes({ 2023: 1, 2024: 2, 2025: 3 }, '2023-12-01')).toEqual(['2']);
  });

  test('a share of units', () => {
    expect(
      run('wenzhou-draft/local-share', { 'consortium.local_units': '3家', 'consortium.units_total': 9 }),
    ).toMatchObject({
      inputs: [
        { name: 'consortium.local_units', label: '市域内注册单位数（含牵头单位）', value: '3' },
        { name: 'consortium.units_total', label: '成员单位总数（含牵头单位）', value: '9' },
      ],
      steps: ['3 ÷ 9 = 约33.33%', '总数为9时，不低于50%至少是5家'],
      result: '3/9（约33.33%）',
      value: '100/3',
      bounds: '没有达到“不低于50%”，总数不变时还差2家',
    });
    expect(run('wenzhou-draft/local-share', { 'consortium.units_total': 9 })).toMatchObject({
      inputs: [{ name: 'consortium.units_total', value: '9' }],
      steps: ['总数为9时，不低于50%至少是5家'],
      result: '至少5家',
      value: '5',
      bounds: null,
    });
    expect(
      run('wenzhou-draft/local-share', { 'consortium.local_units': 4, 'consortium.units_total': 4 }),
    ).toMatchObject({ value: '100', bounds: '达到“不低于50%”' });
  });

  test('a ban, a report, an evaluation', () => {
    expect(run('quanzhou-2026/exclusion', { date: ' 2026年5月1日 ' })).toMatchObject({
      inputs: [{ name: 'date', label: '被取消资格（称号）的日期', value: '2026年5月1日' }],
      steps: [
        '自2026年5月1日起，三年内',
        '对应日为2029年5月1日，当天仍在禁止期内（民法典第二百零一条、第二百零二条）',
        '次日2029年5月2日起不再受限',
        '2026年11月21日仍在禁止期内',
      ],
      bounds: null,
    });
    expect(run('xiamen-2025/annual-report', {})).toMatchObject({
      inputs: [],
      steps: ['每年3月31日前报送上年度的情况', '2026年11月21日之后（含当日）的下一个截止日是2027年3月31日'],
    });
    expect(run('xiamen-2025/annual-report', {}, '2026-02-01').result).toBe(
      '下一次在2026年3月31日前报送，报的是2025年度',
    );
    expect(run('quanzhou-2026/annual-report', {})).toMatchObject({
      inputs: [],
      steps: ['文件要求每年报送', '文件没有写明报送的月份和日期'],
      result: '每年报送一次，没有写明具体日期',
      value: null,
    });
    expect(run('xiamen-2025/evaluation', { date: '2025-09-01' })).toMatchObject({
      inputs: [{ label: '备案日期或上一次评估日期', value: '2025年9月1日' }],
      bounds: '文件没有印出这个日期，是按每次的间隔推算的',
    });
    expect(run('qingdao-2025/validity', { date: '2025-09-01' }).inputs).toEqual([
      { name: 'date', label: '备案日期', value: '2025年9月1日' },
    ]);
  });

  test('whether a document is in force, and where that stands', () => {
    const out = (id: string, date?: string) => run(`${id}/in-force`, date === undefined ? {} : { date });
    expect(out('xiamen-2025', '2026-01-01')).toMatchObject({
      inputs: [{ name: 'date', label: '要查的日期', value: '2026年1月1日' }],
      steps: [
        '2025年8月10日起施行',
        '有效期3年，到2028年8月10日（文件没有印出，按民法典第二百零一条、第二百零二条计算，含当日）',
      ],
    });
    expect(out('quanzhou-2026').steps).toEqual([
      '2026年5月1日起施行',
      '有效期至2030年12月31日（文件写明，含当日）',
    ]);
    expect(out('qingdao-2025').steps).toEqual(['文件没有写明施行日期', '文件没有写明有效期']);
  });

  test('a name beside the pattern', () => {
    expect(run('quanzhou-2026/name', { name: '石墨烯联合体' })).toMatchObject({
      inputs: [{ name: 'name', label: '拟用名称', value: '石墨烯联合体' }],
      steps: ['要求的格式是“泉州市XXX创新联合体”', '“石墨烯联合体”不符合这个格式'],
    });
    expect(run('quanzhou-2026/name', { name: '泉州市芯片创新联合体' }).steps[1]).toBe(
      '“泉州市芯片创新联合体”符合这个格式',
    );
    const long = `泉州市${'芯'.repeat(500 - 8)}创新联合体`;
    expect(run('quanzhou-2026/name', { name: long }).value).toBe('true');
  });

  test('a score: the evidence, what was lost, what is open and what leaves it open', () => {
    const out = run('quanzhou-2026/evaluation-score', {
      responsibility: true,
      'lead-system': false,
      services: '≥3次',
      events: '3场次',
      'pilot-sales': '至少2000万元',
      patents: null,
    });
    expect(out.inputs).toEqual([
      { name: 'responsibility', label: '明确责任体系和联合体主要负责人', value: '做到' },
      {
        name: 'lead-system',
        label: expect.stringMatching(/^建立牵头单位负责制/),
        value: '没做到',
      },
      { name: 'services', label: expect.stringMatching(/服务5次以上$/), value: '3次以上' },
      { name: 'events', label: '年度举办论坛、路演等活动≥2场次', value: '3场次' },
      { name: 'pilot-sales', label: expect.stringMatching(/2000万以上$/), value: '2000万元以上' },
    ]);
    expect(out.value).toBe('>=10 <=96');
    expect(out.bounds).toBe('还有17项没有材料或只知道范围，按未知处理，不当作0分');
    expect(out.steps[0]).toBe('责任体系：2分/6分');
    expect(out.steps.filter((s) => s.startsWith('未得'))).toEqual([
      expect.stringMatching(/^未得：建立牵头单位负责制.*（4分）$/),
    ]);
    expect(out.steps.filter((s) => s.startsWith('只知道范围'))).toEqual([
      '只知道范围，判断不了：成员单位创新资源开放共享，累计为成员单位提供创新服务5次以上（5分）',
    ]);
    expect(out.steps.filter((s) => s.startsWith('缺材料'))).toHaveLength(16);
    const all = Object.fromEntries(
      inputsOf(calculations.get('quanzhou-2026/evaluation-score')!, { vocabulary }).map((i) => [
        i.name,
        true,
      ]),
    );
    expect(run('quanzhou-2026/evaluation-score', { ...all, services: 4 }).result).toBe('95分（满分100分）');
  });

  test('what each takes, for a form', () => {
    const of = (id: string) => inputsOf(calculations.get(id)!, { vocabulary });
    expect(of('xiamen-2025/project-matching')).toEqual([
      { name: 'national', label: '国家财政资金', accepts: MONEY, required: true },
      { name: 'provincial', label: '省级资助', accepts: MONEY, required: false },
      { name: 'total', label: '项目总投入', accepts: MONEY, required: false },
    ]);
    expect(of('xiamen-2025/rd-intensity').map((i) => [i.name, i.required])).toEqual([
      ['lead.rd_spend_by_year', true],
      ['lead.sales_by_year', true],
      ['lead.founded_on', false],
    ]);
    expect(of('wenzhou-draft/local-share').map((i) => [i.name, i.required])).toEqual([
      ['consortium.local_units', false],
      ['consortium.units_total', true],
    ]);
    expect(of('quanzhou-2026/exclusion')).toEqual([
      { name: 'date', label: '被取消资格（称号）的日期', accepts: DATE, required: true },
    ]);
    expect(of('quanzhou-2026/in-force')).toEqual([
      { name: 'date', label: '要查的日期', accepts: DATE, required: false },
    ]);
    expect(of('quanzhou-2026/name')).toEqual([
      { name: 'name', label: '拟用名称', accepts: '联合体的全称', required: true },
    ]);
    const score = of('quanzhou-2026/evaluation-score');
    expect(score.every((i) => !i.required)).toBe(true);
    expect(score.find((i) => i.name === 'responsibility')!.accepts).toBe(
      'true（做到）、false（没做到）或不填（未知）',
    );
    expect(score.find((i) => i.name === 'services')!.accepts).toBe(
      '数量（如 5次）、true、false 或不填（未知）',
    );
    expect(of('xiamen-2025/annual-report')).toEqual([]);
  });
});

describe('odd inputs are refused in words the reader can act on', () => {
  const MATCHING = 'xiamen-2025/project-matching';
  test.each<[string, unknown, string, string | RegExp]>([
    [MATCHING, {}, '缺少 national（国家财政资金）', MONEY],
    [MATCHING, { national: null }, '缺少 national（国家财政资金）', MONEY],
    [MATCHING, { national: -1 }, 'national（国家财政资金）的值 -1 无法读取', MONEY],
    [MATCHING, { national: '-400万' }, 'national（国家财政资金）的值 "-400万" 无法读取', MONEY],
    [MATCHING, { national: '50%' }, 'national（国家财政资金）的值 "50%" 无法读取', MONEY],
    [MATCHING, { national: 1, total: '8家' }, 'total（项目总投入）的值 "8家" 无法读取', MONEY],
    [MATCHING, { national: '400万到500万' }, 'national（国家财政资金）的值 "400万到500万" 无法读取', MONEY],
    [
      MATCHING,
      { national: '九'.repeat(300) },
      `national（国家财政资金）的值 "${'九'.repeat(79)} 无法读取`,
      MONEY,
    ],
    [
      MATCHING,
      { national: 1, extra: 2 },
      '国家科技重大项目市级配套上限没有名为 extra 的输入',
      /^national（国家财政资金）、provincial（省级资助）、total（项目总投入）$/,
    ],
    [MATCHING, 'national', 'inputs 应是一个对象', '如 {"date": "2025-08-10"}'],
    [MATCHING, null, 'inputs 应是一个对象', '如 {"date": "2025-08-10"}'],
    ['xiamen-2025/annual-report', { date: '2026-01-01' }, '下一次年报没有名为 date 的输入', '不需要输入'],
    ['quanzhou-2026/exclusion', {}, '缺少 date（被取消资格（称号）的日期）', DATE],
    [
      'quanzhou-2026/exclusion',
      { date: 20250810 },
      'date（被取消资格（称号）的日期）的值 20250810 无法读取',
      DATE,
    ],
    [
      'quanzhou-2026/exclusion',
      { date: '2025-02-29' },
      'date（被取消资格（称号）的日期）的值 "2025-02-29" 无法读取',
      DATE,
    ],
    [
      'quanzhou-2026/exclusion',
      { date: '1899-12-31' },
      'date（被取消资格（称号）的日期）的值 "1899-12-31" 无法读取',
      DATE,
    ],
    [
      'quanzhou-2026/exclusion',
      { date: '3000-01-01' },
      'date（被取消资格（称号）的日期）的值 "3000-01-01" 无法读取',
      DATE,
    ],
    ['quanzhou-2026/in-force', { date: '昨天' }, 'date（要查的日期）的值 "昨天" 无法读取', DATE],
    ['quanzhou-2026/name', {}, '缺少 name（拟用名称）', '联合体的全称'],
    ['quanzhou-2026/name', { name: 7 }, 'name（拟用名称）的值 7 无法读取', '联合体的全称'],
    [
      'quanzhou-2026/name',
      { name: '芯'.repeat(501) },
      `name（拟用名称）的值 "${'芯'.repeat(79)} 无法读取`,
      '联合体的全称',
    ],
    [
      'wenzhou-draft/local-share',
      {},
      '缺少 consortium.units_total（成员单位总数（含牵头单位））',
      '不小于0的整数（如 5）',
    ],
    [
      'wenzhou-draft/local-share',
      { 'consortium.units_total': '>=6' },
      'consortium.units_total（成员单位总数（含牵头单位））的值 ">=6" 无法读取',
      '不小于0的整数（如 5）',
    ],
    [
      'wenzhou-draft/local-share',
      { 'consortium.units_total': 0 },
      '市域内注册单位数（含牵头单位）（0）不能多于成员单位总数（含牵头单位）（0），总数也不能是0',
      '不小于0的整数（如 5）',
    ],
    [
      'wenzhou-draft/local-share',
      { 'consortium.units_total': 6.5 },
      '事实 consortium.units_total（成员单位总数（含牵头单位））的值 6.5 无法读取',
      '不小于0的整数（如 5）',
    ],
    ['quanzhou-2026/rd-average', {}, '缺少 lead.rd_spend_by_year（分年度研发投入）', /^年份到金额的对照/],
    [
      'quanzhou-2026/rd-average',
      spend({ 2025: '2000万以上' }),
      '分年度研发投入：2025年只知道范围，不能计算',
      /^年份到金额的对照/,
    ],
    [
      'quanzhou-2026/rd-average',
      spend({ 25: 1 }),
      '事实 lead.rd_spend_by_year（分年度研发投入）的值 {"25":1} 无法读取',
      /^年份到金额的对照/,
    ],
    [
      'quanzhou-2026/rd-intensity',
      spend({ 2024: 1, 2025: 1 }),
      '缺少 lead.sales_by_year（分年度销售收入）',
      /^年份到金额的对照/,
    ],
    [
      'quanzhou-2026/rd-intensity',
      spend({ 2023: 1, 2024: 1, 2025: 1 }, { 'lead.sales_by_year': { 2024: 1 } }),
      '缺少2023年、2025年的分年度销售收入',
      /^年份到金额的对照/,
    ],
    [
      'quanzhou-2026/rd-intensity',
      spend({ 2025: 1 }, { 'lead.sales_by_year': { 2025: 0 } }),
      '同期销售收入为0，不能算比例',
      /^年份到金额的对照/,
    ],
    [
      'quanzhou-2026/evaluation-score',
      { services: -5 },
      'services（成员单位创新资源开放共享，累计为成员单位提供创新服务5次以上）的值 -5 无法读取',
      /^数量（如 5次）/,
    ],
    [
      'quanzhou-2026/evaluation-score',
      { services: '-5次' },
      'services（成员单位创新资源开放共享，累计为成员单位提供创新服务5次以上）的值 "-5次" 无法读取',
      /^数量/,
    ],
    [
      'quanzhou-2026/evaluation-score',
      { services: '500万元' },
      'services（成员单位创新资源开放共享，累计为成员单位提供创新服务5次以上）的值 "500万元" 无法读取',
      /^数量/,
    ],
    [
      'quanzhou-2026/evaluation-score',
      { responsibility: 5 },
      'responsibility（明确责任体系和联合体主要负责人）的值 5 无法读取',
      /^true（做到）/,
    ],
    [
      'quanzhou-2026/evaluation-score',
      { lunch: true },
      '评价指标体系得分没有名为 lunch 的输入',
      /^responsibility（/,
    ],
  ])('%s refuses %j', (id, inputs, message, accepted) => {
    const [said, accepts] = refusal(id, inputs);
    expect(said).toBe(message);
    if (typeof accepted === 'string') expect(accepts).toBe(accepted);
    else expect(accepts).toMatch(accepted);
  });

  test('a value nested without end is refused like any other', () => {
    const deep = JSON.parse('['.repeat(9000) + ']'.repeat(9000));
    expect(refusal(MATCHING, { national: deep })[0]).toMatch(
      /^national（国家财政资金）的值 .{1,80} 无法读取$/,
    );
  });

  test('huge amounts stay exact, and nothing at all is nothing', () => {
    expect(run(MATCHING, { national: '9999999999亿元' }).value).toBe('10000000');
    expect(run(MATCHING, { national: 0 })).toMatchObject({ value: '0', result: '最高0元' });
    expect(
      run('quanzhou-2026/rd-average', spend({ 2023: '99999999999999999999', 2024: 0, 2025: 0 })).value,
    ).toBe('33333333333333333333');
  });
});
