import { describe, expect, it } from 'vitest';
import type { Proof } from '../../src/assistant/guard/index.js';
import { proofs as p, said, why } from './support.js';

const rule = (id: string, city: string, text: string, more: Partial<Proof> = {}): Proof => ({
  id,
  text,
  also: '',
  city,
  strength: null,
  verdict: null,
  ...more,
});
const kinds = rule('c1', 'quanzhou', '产业龙头、骨干企业（集团企业）或高校院所（医疗机构）为牵头单位');
const local = rule(
  'c2',
  'quanzhou',
  '高校院所（医疗机构）牵头的，共建企业应至少包括1家以上行业龙头、骨干企业',
  {
    also: '牵头单位 共建企业',
  },
);
const ban = rule('c3', 'xiamen', '取消市创新联合体资格。三年内，牵头单位不得组建或作为核心层参与其他联合体', {
  also: '成员单位 牵头单位 第十五条',
});
const platform = rule('c4', 'xiamen', '建有市级及以上创新平台', { strength: 'must' });
const spend = rule('c5', 'quanzhou', '年均研发投入经费不低于2000万元或占同期销售收入总额的比例不低于5%', {
  also: '研发投入 牵头单位',
});
const encourage = rule('c6', 'qingdao', '鼓励成员单位开放共享仪器设备，优先支持联合体承担市级科技计划项目');
const branches = rule(
  'c7',
  'quanzhou',
  '德化县与大学共建分中心，晋江市、安溪县分别与同济大学设立技术转移分中心',
);
const both = { ...said, cities: ['quanzhou', 'xiamen', 'qingdao'] };

const stays: [string, Proof[]][] = [
  ['泉州的文件规定，产业龙头、骨干企业（集团企业）或者高校院所（医疗机构）为牵头单位。', [kinds]],
  ['简单讲，在泉州，高校院所牵头的，共建企业应当至少包括1家行业龙头、骨干企业。', [local]],
  ['厦门规定，三年内牵头单位不得组建或作为核心层参与其他联合体。', [ban]],
  [
    '厦门规定三年内，牵头单位不得组建或作为核心层参与其他联合体；同时，建有市级及以上创新平台。',
    [ban, platform],
  ],
  [
    '泉州要求年均研发投入经费不少于2000万元或占同期销售收入总额的比例不少于5%，厦门要求建有市级及以上创新平台。',
    [spend, platform],
  ],
  ['“建有市级及以上创新平台”，这是厦门文件的原话。', [platform]],
  ['您问到的这个问题，厦门是这样规定的：建有市级及以上创新平台。', [platform]],
  ['青岛鼓励成员单位开放共享仪器设备。', [encourage]],
  ['泉州规定晋江市、安溪县分别与同济大学设立技术转移分中心。', [branches]],
  ['泉州的晋江市、安溪县分别与同济大学设立技术转移分中心。', [branches]],
  ['泉州市的年均研发投入经费不低于2000万元或占同期销售收入总额的比例不低于5%。', [spend]],
  ['泉州市规定，晋江市、安溪县分别与同济大学设立技术转移分中心。', [branches]],
];
const falls: Record<string, [string, Proof[]][]> = {
  'an "or" that became "and", or the other way round': [
    ['泉州规定，产业龙头、骨干企业（集团企业）和高校院所（医疗机构）为牵头单位。', [kinds]],
    ['泉州规定，产业龙头、骨干企业（集团企业）并且高校院所（医疗机构）为牵头单位。', [kinds]],
    ['泉州规定，产业龙头或骨干企业（集团企业）或高校院所（医疗机构）为牵头单位。', [kinds]],
    ['泉州的年均研发投入经费不低于2000万元并且占同期销售收入总额的比例不低于5%。', [spend]],
  ],
  'a subject exchanged': [
    ['厦门规定，三年内，成员单位不得组建或作为核心层参与其他联合体。', [ban]],
    ['泉州规定，高校院所（医疗机构）牵头的，牵头单位应至少包括1家以上行业龙头、骨干企业。', [local]],
    ['泉州规定，企业牵头的，共建企业应至少包括1家以上行业龙头、骨干企业。', [local]],
  ],
  'a strength or a softener exchanged': [
    ['泉州规定，高校院所牵头的，共建企业建议至少包括1家以上行业龙头、骨干企业。', [local]],
    ['泉州规定，高校院所牵头的，共建企业可以至少包括1家以上行业龙头、骨干企业。', [local]],
    ['青岛要求成员单位开放共享仪器设备。', [encourage]],
    ['青岛的成员单位开放共享仪器设备。', [encourage]],
    ['青岛支持联合体承担市级科技计划项目，成员单位必须开放共享仪器设备。', [encourage]],
    ['厦门规定三年内牵头单位尽量不得组建其他联合体。', [ban]],
  ],
  'a denial lost or won': [
    ['厦门规定，三年内，牵头单位可以组建或作为核心层参与其他联合体。', [ban]],
    ['厦门规定，三年内，牵头单位组建或作为核心层参与其他联合体。', [ban]],
    ['厦门用不着建有市级及以上创新平台。', [platform]],
    ['厦门并非要求建有市级及以上创新平台。', [platform]],
  ],
  'a bound exchanged or blurred': [
    ['厦门要求建有市级及以内创新平台。', [platform]],
    ['厦门要求建有市级及上下创新平台。', [platform]],
    ['泉州规定，共建企业应至少包括1家以内行业龙头、骨干企业。', [local]],
    ['泉州要求上年度主营业务收入2亿元上下。', [p.revenue]],
    ['泉州要求上年度主营业务收入至多2亿元以上。', [p.revenue]],
    ['泉州规定，高校院所（医疗机构）牵头的，共建企业应至少包括1家之下行业龙头、骨干企业。', [local]],
  ],
  'a rank cut in two': [
    ['厦门要求建有级及以上创新平台。', [platform]],
    ['泉州要求建有部级及以上研发平台。', [p.platform]],
    ['泉州要求建有省级及以上研发平台。', [p.platform]],
  ],
  'the rule of one city said of another, both cited': [
    ['厦门要求年均研发投入经费不低于2000万元，泉州要求建有市级及以上创新平台。', [spend, platform]],
    ['泉州要求建有市级及以上创新平台，厦门的文件见上文。', [spend, platform]],
    ['厦门、泉州都要求上年度主营业务收入2亿元以上。', [p.revenue, p.xiamen]],
    ['厦门和泉州都要求建有市级及以上创新平台。', [platform, spend]],
  ],
  'a condition put to another rule': [
    ['泉州规定，高校院所牵头的，年均研发投入经费不低于2000万元。', [local, spend]],
    ['泉州规定，高校院所牵头的，同时年均研发投入经费不低于2000万元。', [local, spend]],
  ],
  'a city put into a list of places': [
    ['泉州市、安溪县分别与同济大学设立技术转移分中心。', [branches]],
    ['泉州、安溪县分别与同济大学设立技术转移分中心。', [branches]],
    ['泉州规定，德化县与大学共建分中心，泉州市、安溪县分别与同济大学设立技术转移分中心。', [branches]],
    ['晋江市、泉州市、安溪县分别与同济大学设立技术转移分中心。', [branches]],
  ],
  'words of the evidence in another order': [
    ['泉州规定，牵头单位为产业龙头，共建企业为高校院所。', [kinds, local]],
    ['厦门规定，核心层不得组建其他牵头单位。', [ban]],
  ],
  'a period or a mean left out': [
    ['泉州要求研发投入经费年均不低于5%。', [spend]],
    ['泉州要求占同期研发投入的比例不低于5%。', [spend]],
  ],
  'something said of the asker': [
    ['您属于规定的牵头单位。', [kinds]],
    ['贵公司建有市级及以上创新平台。', [platform]],
    ['您在此列。', [kinds]],
    ['您也在其中。', [kinds]],
    ['你提供的营收1.8亿元，和这个门槛相同。', []],
    ['你提供的营收1.8亿元，在这个标准之上。', []],
  ],
  'what no list holds': [
    ['泉州的要求是最严的。', [kinds]],
    ['民营企业可以放宽。', [kinds]],
    ['上面的判断有误。', [p.fails]],
    ['唯一的条件是上年度主营业务收入2亿元以上。', [p.revenue]],
    ['泉州规定这一项由省科技厅认定。', [kinds]],
  ],
};

describe('what is laid beside its evidence and fits', () => {
  it.each(stays)('%s', (sentence, cites) => expect(why(sentence, cites, both)).toBeNull());
});

describe.each(Object.entries(falls))('%s fits nowhere', (_, cases) => {
  it.each(cases)('%s', (sentence, cites) => expect(why(sentence, cites, both)).not.toBeNull());
});

describe('the guard', () => {
  it('decides the same of the same, whatever it was asked before', () => {
    const first = stays.map(([s, c]) => why(s, c, both));
    for (const cases of Object.values(falls)) for (const [s, c] of cases) why(s, c, both);
    expect(
      stays.map(([s, c]) =>
        why(
          s,
          [...c].map((x) => ({ ...x })),
          both,
        ),
      ),
    ).toEqual(first);
  });
  it('never gives leave to a sentence because of evidence that it cites besides', () => {
    for (const cases of Object.values(falls))
      for (const [s, c] of cases) expect(why(s, [...c, p.date], both), s).not.toBeNull();
  });
  it('ends in time on the longest and oddest of sentences', () => {
    for (const s of [
      '泉州'.repeat(199),
      '的'.repeat(400),
      `${'企业、'.repeat(100)}`,
      '2亿元'.repeat(90),
      '一'.repeat(400),
    ])
      expect(why(s, [kinds, local, spend], both)).not.toBe(undefined);
  });
});
