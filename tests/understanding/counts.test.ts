import { describe, expect, it } from 'vitest';
import { factsOf, read } from './kit.js';

type Row = [question: string, facts: Record<string, unknown>];
/** Facts of the planned consortium and its people; of the lead, kind and seat are not looked at here. */
const told = (question: string, before = {}) =>
  Object.fromEntries(
    Object.entries(factsOf(read(question, before)))
      .filter(([k]) => !['kind', 'city'].includes(k))
      .map(([k, v]) => [k.replace('consortium.', ''), v]),
  );

describe.each<[what: string, rows: Row[]]>([
  [
    'units of the chain are no list of enterprises',
    [
      ['青岛，链上企业4家、院校2所', { chain_enterprises: 4, universities_institutes: 2 }],
      [
        '青岛联合体上下游拉到两家企业，高校院所一家没有',
        { chain_enterprises: 2, universities_institutes: 0 },
      ],
      ['青岛，联动的企业3家，高校院所2家', { chain_enterprises: 3, universities_institutes: 2 }],
    ],
  ],
  [
    'the asker and the others',
    [
      [
        '不算我们有6家企业，高校2所，厦门够吗',
        { enterprises: 7, universities_institutes: 2, other_units: 2, units_total: 9 },
      ],
      ['我们除外还有7家单位，其中高校2所', { units_total: 8, universities_institutes: 2 }],
      ['泉州联合体一共9家，本地的（不算我们）4家', { units_total: 9, local_members: 4 }],
      [
        'Excluding us there are 6 enterprises and 2 universities in Xiamen',
        { enterprises: 7, universities_institutes: 2, other_units: 2, units_total: 9 },
      ],
    ],
  ],
  [
    'what is left of a whole, and what its parts are',
    [
      [
        '厦门凑了九家，去掉三所大学全是企业',
        { units_total: 9, universities_institutes: 3, other_units: 3, enterprises: 6 },
      ],
      [
        '一共七家单位，除了一所大学和一家检测机构，其余都是企业，厦门行吗',
        { units_total: 7, universities_institutes: 1, other_units: 2, enterprises: 5 },
      ],
      [
        '厦门，4家企业、4家非企业单位（两所大学两个研究所），总共8家',
        { units_total: 8, universities_institutes: 4, other_units: 4, enterprises: 4 },
      ],
      [
        '厦门联合体单位一共九个，五个企业，四个是院校和医院',
        { units_total: 9, enterprises: 5, other_units: 4 },
      ],
    ],
  ],
  [
    'members told by where they are',
    [
      ['温州联合体9家单位，外省的两家，剩下的都是温州企业', { units_total: 9, local_units: 7 }],
      ['温州，8家单位，只有两家不是温州的', { units_total: 8, local_units: 6 }],
      ['温州，6家单位，一半是温州本地注册的', { units_total: 6, local_units: 3 }],
      ['温州联合体一共6家，含我们，全是温州的', { units_total: 6, local_units: 6 }],
      ['泉州共建单位共7家，外地3家', { local_members: 4 }],
      ['泉州，我们牵头，惠安2家、德化1家、永春1家一起共建', { local_members: 4 }],
      ['泉州要求5家本地的，我们只有3家本地、2家厦门的', { local_members: 3 }],
      ['泉州本地共建单位只差一家就够5家了', { local_members: 4 }],
    ],
  ],
  [
    'people of a core team by their titles',
    [
      [
        '厦门人才攻关，核心团队14人，其中两院院士1名、长江学者2名，市高层次B类以上4名',
        { 'talent.core_members': 14, 'talent.national': 3, 'talent.city_b_or_above': 4 },
      ],
      [
        '核心团队10人，国家级人才2名（1名院士、1名杰青），B类以上3名，厦门够吗',
        { 'talent.core_members': 10, 'talent.national': 2, 'talent.city_b_or_above': 3 },
      ],
      [
        '想认定厦门的人才攻关联合体，核心成员10位，B类以上有5位，可国家级人才一个也没',
        { 'talent.core_members': 10, 'talent.national': 0, 'talent.city_b_or_above': 5 },
      ],
      [
        '人才攻关联合体，核心成员12名，B类以上5名，国家级的还在公示',
        { 'talent.core_members': 12, 'talent.city_b_or_above': 5 },
      ],
    ],
  ],
  [
    'people counted inside other people',
    [
      ['泉州大学牵头，高级职称20人，博士15人全在高级职称里头', { doctorate_or_senior_staff: 20 }],
      ['泉州研究院牵头，博士7人、副高以上6人，其中3人又是博士又是副高', { doctorate_or_senior_staff: 10 }],
    ],
  ],
  [
    'names of one kind, told before them or behind them',
    [
      [
        '我们公司和厦大、福大、华大三所学校，再加上龙净、宏发、法拉电子三家企业，报厦门够7家吗',
        { units_total: 7, enterprises: 4, universities_institutes: 3, other_units: 3 },
      ],
      [
        '厦门拟组名单：\n1 本公司（牵头）\n2 厦门甲材料有限公司\n3 福州丙电子有限公司\n4 厦门大学\n5 中科院某研究所\n五家刚好',
        { units_total: 5, enterprises: 3, universities_institutes: 2, other_units: 2 },
      ],
    ],
  ],
  [
    'whose figures a pronoun tells',
    [
      [
        '大学牵头的泉州联合体，骨干企业我们找了一家，它是高新技术企业，上年度主营业务收入只有9000万',
        { 'backbone.high_tech': true, 'backbone.revenue_last_year': '90000000' },
      ],
    ],
  ],
])('%s', (_, rows) => {
  it.each(rows)('%s', (question, facts) => {
    expect(told(question)).toMatchObject(facts);
    const units = Object.keys(facts).filter((k) => !k.includes('.'));
    // No count of units beyond those told.
    if (units.includes('units_total') || units.includes('chain_enterprises'))
      expect(Object.keys(told(question)).sort()).toEqual(Object.keys(facts).sort());
  });
});

describe('a count that was asked for', () => {
  it.each<[pending: string, answer: string, n: number]>([
    ['consortium.enterprises', '连我们5家', 5],
    ['consortium.enterprises', '除了我们还有4家', 5],
    ['consortium.enterprises', '四家供应商加我们自己', 5],
    ['consortium.units_total', '企业4家，高校2所，医院1家', 7],
    ['consortium.units_total', '6家，不含我们', 7],
    ['consortium.local_members', '连我们6家', 5],
    ['consortium.local_members', '晋江两家，石狮一家，南安两家', 5],
    ['consortium.local_units', '4家，加我们5家', 5],
    ['consortium.other_units', '一所大学、一家医院', 2],
    ['consortium.universities_institutes', '海大和青大', 2],
    ['talent.national', '一个杰青一个长江', 2],
    ['talent.national', '暂时没有', 0],
  ])('%s: %s', (pending, answer, n) => {
    const { mentions } = read(answer, {
      pending,
      policies: [pending.includes('local_u') ? 'wenzhou' : 'quanzhou'],
    });
    const value = mentions.findLast((m) => m.fact === pending)?.value;
    expect(value?.type === 'number' ? Number(value.range.lo) : null).toBe(n);
  });
});
