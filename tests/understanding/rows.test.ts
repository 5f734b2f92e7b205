import { describe, expect, it } from 'vitest';
import { factsOf, read } from './kit.js';
import type { Row } from './table.js';

const E = { kind: 'enterprise' };
const c = (o: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(o).map(([k, v]) => [`consortium.${k}`, v]));
/** Units of each kind in the row: all, enterprises, universities and institutes, others beside these. */
const row = (total: number, enterprises: number, academic: number, rest = 0) =>
  c({
    units_total: total,
    enterprises,
    universities_institutes: academic,
    other_units: academic + rest,
  });

/** Counts and members as people tell them: every fact that the words state, no more, no less. */
const CLASSES: Record<string, Row[]> = {
  'units told by name, by kind and as the asker in one row': [
    ['我们、厦门理工学院、市第三医院和两家模具厂，就这些，够吗', row(5, 3, 1, 1)],
    ['我们厂，集美大学，附属第一医院，外加五家供应商，凑得够吗', { ...E, ...row(8, 6, 1, 1) }],
    ['就我们和华侨大学、三家客户，够不够', row(5, 4, 1)],
    ['我司加上华侨大学、福建师大，再找两家企业，够不够', { ...E, ...row(5, 3, 2) }],
    ['我们学校牵头，拉了三家企业和市中医院，够几家了', { kind: 'university', ...row(5, 3, 1, 1) }],
    ['我们医院牵头，厦门大学、集美大学和四家药企参加', { kind: 'hospital', ...row(7, 4, 2, 1) }],
    [
      '我们公司，加两家上游、一家下游、华侨大学，再加个检测中心，一共6家',
      { ...E, ...row(6, 4, 1, 1), ...c({ chain_enterprises: 3 }) },
    ],
    [
      '除了我们，还有中科院海洋所、青岛科大、上游两家原料厂和下游一家整机企业',
      { ...row(6, 4, 2), ...c({ chain_enterprises: 3 }) },
    ],
    [
      '牵头企业之外：下游客户企业A、B，上游企业C，青岛大学',
      { ...row(5, 4, 1), ...c({ chain_enterprises: 3 }) },
    ],
    ['除了我们公司，另外有三家企业，外加一所高校、一个检测中心', { ...E, ...row(6, 4, 1, 1) }],
    ['名单：牵头甲公司；乙材料公司；丙装备公司；厦门大学；某某研究所。数够吗', row(5, 3, 2)],
  ],
  'what is no row of members': [
    ['我们公司以前和华侨大学、福州大学、三安公司合作过', E],
    ['高校、医院、新型研发机构和企业都能参加吗', {}],
    ['成员有厦门大学、集美大学等', {}],
    ['我们牵头，企业5家，高校2所', row(7, 5, 2)],
  ],
  'places of members': [
    [
      '泉州，我们公司牵头，拉了福州大学，还有晋江、石狮、惠安各一家企业',
      { ...E, city: 'quanzhou', ...row(5, 4, 1), ...c({ local_members: 3 }) },
    ],
    ['温州联合体9家，4家是外地的', c({ units_total: 9, local_units: 5 })],
    ['温州联合体11家单位，其中外市的占了5家，其余是本地的', c({ units_total: 11, local_units: 6 })],
    ['本地共建单位四家，外地两家，另外加上我们', c({ local_members: 4, units_total: 7 })],
  ],
  'what the counts told come to': [
    ['企业四家（含我们）、高校两所、医院一家', row(7, 4, 2, 1)],
    ['6家企业加1所大学，刚好7个单位', row(7, 6, 1)],
    ['4家企业，一所大学，就这些', row(5, 4, 1)],
    ['企业6家连我们自己，高校2所', row(8, 6, 2)],
    ['另外3家企业和1所高校，我们牵头', row(5, 4, 1)],
    ['企业6家，高校就1所，别的非企业单位没有', row(7, 6, 1)],
    ['院校加医院加起来不少于3个', c({ other_units: '>=3' })],
    ['医院和高校合计2家，企业5家', c({ enterprises: 5, other_units: 2, units_total: 7 })],
    ['厦门要几家？我们目前六家', c({ units_total: 6 })],
    ['厦门要求5家企业、2所高校', {}],
    ['跟我们是两个法人', {}],
  ],
  'members that are planned': [
    [
      '我们是集团，以母公司名义牵头，打算把两家子公司也列进名单',
      { kind: 'group', is_parent_company: true, 'consortium.subsidiary_members': 2 },
    ],
    ['打算明年再拉两家企业', {}],
  ],
  'changes of what was counted': [
    [
      '再加一所医院和一所高校，其他不动',
      c({ units_total: 7, universities_institutes: 1, other_units: 2 }),
      { facts: row(5, 5, 0) },
    ],
    [
      '又谈成了一家企业，这样企业就五家了，其他还是那两个单位',
      c({ units_total: 7, enterprises: 5 }),
      { facts: row(6, 4, 1, 1) },
    ],
    [
      '高校其实有2所',
      c({ units_total: 7, universities_institutes: 2, other_units: 2 }),
      { facts: row(6, 5, 1) },
    ],
    ['后来又多了一家医院，其他还是那六家', c({ units_total: 7, other_units: 2 }), { facts: row(6, 5, 1) }],
    ['要是再拉一家企业和一家医院呢', {}],
  ],
  'people counted together or in part': [
    ['博士和高级职称的加起来才9个', { doctorate_or_senior_staff: 9 }],
    ['技术人员48人，全职的占四分之三', { rd_staff: 36 }],
    [
      '其余指标（核心团队12人、国家级人才1名、B类4名）全部符合',
      { 'talent.core_members': 12, 'talent.national': 1, 'talent.city_b_or_above': 4 },
    ],
  ],
  'the kind of the one who leads': [
    ['行业协会能否作为牵头单位', { kind: 'other' }],
    ['中科院在青岛的研究所想牵头', { kind: 'institute', city: 'qingdao' }],
    ['想以研究院名义牵头', { kind: 'institute' }],
    ['新型研发机构，研究院性质不看营收吧', { kind: 'new-rd-institution' }],
    ['我院是三甲', { kind: 'hospital', tier_3a: true }],
  ],
  'the backbone enterprise': [
    ['我们研究所牵头，没有骨干企业，就4家小微', { kind: 'institute', 'backbone.count': 0 }],
    [
      '我们研究所牵头，找来的龙头企业营收1.5亿',
      { kind: 'institute', 'backbone.count': 1, 'backbone.revenue_last_year': '150000000' },
    ],
  ],
  'in English': [
    ['5 companies incl. us, 1 university, 1 hospital', row(7, 5, 1, 1)],
    [
      '3 upstream firms, two universities and one research institute',
      c({ chain_enterprises: 3, universities_institutes: 3 }),
    ],
    [
      '9 core members, 1 national-level talent, 3 at municipal class B or above',
      { 'talent.core_members': 9, 'talent.national': 1, 'talent.city_b_or_above': 3 },
    ],
    ['our consortium has no university or institute at all', c({ universities_institutes: 0 })],
    ['does Xiamen need 5 companies and 2 universities?', {}],
  ],
};

describe.each(Object.entries(CLASSES))('%s', (_, rows) => {
  it.each(rows)('%s', (question, facts, before) => {
    expect(factsOf(read(question, before))).toEqual(facts);
  });
});
