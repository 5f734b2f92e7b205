import { describe, expect, it } from 'vitest';
import { factsOf, read } from './kit.js';
import type { Row } from './table.js';

const E = { kind: 'enterprise' };
const c = (o: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(o).map(([k, v]) => [`consortium.${k}`, v]));
const row = (total: number, enterprises: number, academic: number, rest = 0) =>
  c({
    units_total: total,
    enterprises,
    universities_institutes: academic,
    other_units: academic + rest,
  });

/** How tired people tell who is in it: every fact that the words state, no more, no less. */
const CLASSES: Record<string, Row[]> = {
  'others on top of a sum': [
    ['拉了4家企业加我们一共5家，再加1所大学1个研究所，厦门够不够成团', row(7, 5, 2)],
    ['厦门这边本来6家，上周又进来一家企业一所大学', c({ units_total: 8 })],
    ['一共5家，再加1所大学，厦门', c({ units_total: 6 })],
    ['厦门企业五个连我们，外加厦大，就6家差一个是吧', row(6, 5, 1)],
  ],
  'units that left': [
    ['厦门，谈了6家企业有2家黄了，高校2所，我们还没算进去', row(7, 5, 2)],
    ['本来7家，退了1家，厦门还能行吗', c({ units_total: 6 })],
    ['厦门，5家企业2所高校说好了，后来1所高校不来了', row(6, 5, 1)],
  ],
  'what the others are': [
    ['厦门6家，企业4家，剩下俩是厦大和华大', row(6, 4, 2)],
    ['厦门，7家都是企业', c({ units_total: 7, enterprises: 7, other_units: 0 })],
    ['厦门原先7家，都是企业，能行不', c({ units_total: 7, enterprises: 7, other_units: 0 })],
    ['厦门，拉了7家都是企业', c({ enterprises: 7 })],
  ],
  'a number is of the noun beside it': [
    [
      '厦门大学牵头，5家企业，1家医院，厦大算里面一共7家',
      { kind: 'university', city: 'xiamen', ...c({ units_total: 7, enterprises: 5, other_units: 2 }) },
    ],
    ['厦门的联合体，三家医院加五家企业加一家大学', row(9, 5, 1, 3)],
    [
      '泉州集团牵头，子公司一个都不放，本地共建7家',
      { kind: 'group', city: 'quanzhou', ...c({ subsidiary_members: 0, local_members: 7 }) },
    ],
  ],
  'a platform is neither a kind of unit nor a member': [
    ['温州企业，省级企业研究院有', { ...E, city: 'wenzhou', platform_level: 'provincial' }],
    ['温州企业，省级企业研究院1个', { ...E, city: 'wenzhou', platform_level: 'provincial' }],
    ['我们公司的研究院是省级的', E],
    ['我们公司的研究院能牵头吗', { kind: 'institute' }],
  ],
  'who leads, who takes part': [
    ['公司出面牵头，医院跟着参加，厦门', { ...E, city: 'xiamen' }],
    ['我们是集团下面的子公司', E],
    ['集团公司想让子公司出面牵头，母公司不出面', { kind: 'group', is_parent_company: false }],
  ],
  'subsidiaries planned as members, not asked about': [
    [
      '子公司是我们全资的，拿它当共建单位，母公司牵头',
      { kind: 'group', is_parent_company: true, ...c({ subsidiary_members: '>=1' }) },
    ],
    ['集团想拿全资子公司当共建单位，行吗', { kind: 'group', ...c({ subsidiary_members: '>=1' }) }],
    ['能不能让子公司当共建单位，集团牵头', { kind: 'group' }],
    ['我们集团，不让子公司当成员', { kind: 'group' }],
  ],
  'one whose title was taken away, who would take part': [
    [
      '厦门，我们2022年5月1日被取消过牵头资格，现在作为核心层加入别人的联合体行吗',
      {
        city: 'xiamen',
        title_revoked_on: '2022-05-01',
        'member.core_layer': true,
        'member.title_revoked_on': '2022-05-01',
      },
    ],
    ['我们2025年3月1日被取消过资格，还想牵头', { title_revoked_on: '2025-03-01' }],
    ['厦门核心层和一般协作层有啥区别', {}],
  ],
  'where members are is no seat of the asker': [
    ['温州这边连我们一起6家，瑞安2家乐清1家，剩下宁波的', c({ units_total: 6 })],
    ['温州 一半是上海的 一共8家', c({ units_total: 8 })],
  ],
};

describe.each(Object.entries(CLASSES))('%s', (_, rows) => {
  it.each(rows)('%s', (question, facts) => expect(factsOf(read(question))).toEqual(facts));
});

describe('a city that only tells where some members are', () => {
  it('is not asked about', () => {
    const u = read('泉州7家共建单位，2家是厦门的');
    expect(u.cities).toEqual(['quanzhou']);
    expect(factsOf(u)).toEqual({ 'consortium.local_members': 5 });
  });
  it('is, where it is the only one named', () => {
    expect(read('7家单位，3家是厦门的').cities).toEqual(['xiamen']);
  });
});

describe('那核心层呢', () => {
  it('is of the day told before', () => {
    const u = read('那核心层呢', { facts: { title_revoked_on: '2025-03-01' } });
    expect(factsOf(u)).toEqual({ 'member.core_layer': true, 'member.title_revoked_on': '2025-03-01' });
  });
  it('tells nothing where no title was taken away', () => {
    expect(factsOf(read('那核心层呢', { facts: { kind: 'enterprise' } }))).toEqual({});
  });
});
