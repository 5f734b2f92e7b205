import { describe, expect, it } from 'vitest';
import type { Proof } from '../../src/assistant/guard/index.js';
import { said, why } from './support.js';

const rule = (id: string, city: string, text: string, more: Partial<Proof> = {}): Proof => ({
  id,
  text,
  also: '',
  city,
  strength: null,
  verdict: null,
  ...more,
});
const staff = rule('c1', 'quanzhou', '博士或高级职称人员不少于10人', {
  also: '博士 高级职称 博士或高级职称人员 牵头单位',
  strength: 'must',
});
const spend = rule(
  'c2',
  'quanzhou',
  '近三个会计年度的年均研发投入经费不低于2000万元或占同期销售收入总额的比例不低于5%',
  { also: '研发投入 牵头单位', strength: 'must' },
);
const kinds = rule('c3', 'xiamen', '由产业龙头企业、新型研发机构或医疗卫生机构（生命健康领域）牵头');
const ban = rule(
  'c4',
  'qingdao',
  '牵头单位组织不力，未按共建协议履约的，取消创新联合体牵头单位资格，三年内不得牵头组建或作为核心层参与其他创新联合体建设',
);
const later = rule(
  'c5',
  'xiamen',
  '取消市创新联合体资格。三年内，不得牵头组建或作为核心层参与其它创新联合体',
);
const running = rule('c6', 'qingdao', '创新联合体在承担项目期间，不得自行解散');
const reward = rule(
  'c7',
  'xiamen',
  '对新获批建设的国家级创新平台，给予一次性3000万元奖励。绩效考核优秀且有提升改造需求的，给予不超过500万元滚动支持',
  { also: '奖励' },
);
const scenes = rule(
  'c8',
  'qingdao',
  '鼓励牵头单位开放应用场景，对示范效果好的应用场景建设，择优给予政策支持',
);
const aims = rule('c9', 'qingdao', '到2028年，争取建设20个左右重点领域、细分赛道的创新联合体');
const report = rule('c10', 'xiamen', '备案后应建立年报制度，于每年3月31日前报送上年度的总结');
const training = rule('c11', 'quanzhou', '鼓励创新联合体开展人才联合培养，为创新联合体建设提供人才保障', {
  also: '人才联合培养 创新联合体',
});
const revenue = rule('c12', 'quanzhou', '上年度主营业务收入2亿元以上，应是高新技术企业', {
  also: '营收 牵头单位',
  strength: 'must',
});
const seat = rule('c13', 'xiamen', '生命健康领域由医疗机构牵头的，要求为三甲医院');
const both = { ...said, cities: ['quanzhou', 'xiamen', 'qingdao'] };

const stays: [string, Proof[]][] = [
  ['泉州要求博士或者高级职称人员不少于10人。', [staff]],
  ['泉州要求近三个会计年度的年均研发投入经费不少于2000万元或占同期销售收入总额的比例不少于5%。', [spend]],
  ['厦门规定由产业龙头企业、新型研发机构或医疗卫生机构（生命健康领域）牵头。', [kinds]],
  [
    '青岛规定，牵头单位组织不力，未按共建协议履约的，取消创新联合体牵头单位资格，三年内不能牵头组建或作为核心层参与其他创新联合体建设。',
    [ban],
  ],
  ['厦门规定，三年内不得牵头组建或作为核心层参与其它创新联合体。', [later]],
  ['青岛规定，创新联合体在承担项目期间不得自行解散。', [running]],
  ['厦门规定，对新获批建设的国家级创新平台，给予一次性3000万元奖励。', [reward]],
  ['青岛到2028年，争取建设20个左右重点领域、细分赛道的创新联合体。', [aims]],
  ['泉州的营收门槛是两亿元。', [revenue]],
  ['泉州的营收最低2亿元。', [revenue]],
];
const falls: Record<string, [string, Proof[]][]> = {
  'either made both': [
    ['泉州要求博士并且高级职称人员不少于10人。', [staff]],
    ['泉州要求博士以及高级职称人员不少于10人。', [staff]],
    ['泉州要求博士，高级职称人员不少于10人。', [staff]],
    ['泉州要求博士或高级职称人员不少于10人，两者都要。', [staff]],
    ['泉州要求博士或高级职称人员不少于10人，都要达到。', [staff]],
    ['厦门规定由产业龙头企业、新型研发机构，同时医疗卫生机构（生命健康领域）牵头。', [kinds]],
  ],
  'half of an alternative': [
    ['泉州要求高级职称人员不少于10人。', [staff]],
    ['泉州要求博士人员不少于10人。', [staff]],
    ['泉州要求近三个会计年度的年均研发投入经费不低于2000万元。', [spend]],
    ['泉州要求占同期销售收入总额的比例不低于5%。', [spend]],
    ['厦门规定由新型研发机构或医疗卫生机构（生命健康领域）牵头。', [kinds]],
    ['厦门规定由产业龙头企业、新型研发机构牵头。', [kinds]],
  ],
  'all made any one': [
    ['泉州规定上年度主营业务收入2亿元以上，应是高新技术企业之一。', [revenue]],
    ['泉州规定上年度主营业务收入2亿元以上，应是高新技术企业，任一即可。', [revenue]],
    ['泉州规定上年度主营业务收入2亿元以上或应是高新技术企业。', [revenue]],
  ],
  'when, or for how long': [
    ['青岛规定，未按共建协议履约的，取消创新联合体牵头单位资格，不得牵头组建其他创新联合体建设。', [ban]],
    ['青岛不得牵头组建或作为核心层参与其他创新联合体建设。', [ban]],
    ['厦门规定，不得牵头组建或作为核心层参与其它创新联合体。', [later]],
    ['青岛的创新联合体不得自行解散。', [running]],
    ['泉州要求年均研发投入经费不低于2000万元或占同期销售收入总额的比例不低于5%。', [spend]],
    ['泉州要求近三个会计年度的研发投入经费不低于2000万元或占同期销售收入总额的比例不低于5%。', [spend]],
    ['青岛建设20个左右重点领域、细分赛道的创新联合体。', [aims]],
  ],
  'under what condition, or for whom': [
    ['青岛取消创新联合体牵头单位资格，三年内不得牵头组建或作为核心层参与其他创新联合体建设。', [ban]],
    [
      '青岛规定，未按共建协议履约的，取消创新联合体牵头单位资格，三年内不得牵头组建或作为核心层参与其他创新联合体建设。',
      [ban],
    ],
    ['厦门给予一次性3000万元奖励。', [reward]],
    ['厦门规定，有提升改造需求的，给予不超过500万元滚动支持。', [reward]],
    ['厦门应建立年报制度。', [report]],
    ['厦门要求为三甲医院。', [seat]],
    ['厦门规定由产业龙头企业、新型研发机构或医疗卫生机构牵头。', [kinds]],
    ['厦门规定，绩效考核优秀且有提升改造需求的。', [reward]],
  ],
  'a wish made a fact': [
    ['青岛的牵头单位开放应用场景。', [scenes]],
    ['青岛规定，对示范效果好的应用场景建设，给予政策支持。', [scenes]],
    ['青岛到2028年，建设20个左右重点领域、细分赛道的创新联合体。', [aims]],
    ['泉州规定创新联合体开展人才联合培养。', [training]],
  ],
  'enough, all, or the greatest': [
    ['泉州只要上年度主营业务收入2亿元以上。', [revenue]],
    ['泉州仅需上年度主营业务收入2亿元以上。', [revenue]],
    ['泉州的条件就是上年度主营业务收入2亿元以上。', [revenue]],
    ['泉州的全部要求是上年度主营业务收入2亿元以上。', [revenue]],
    ['泉州的门槛最低。', [revenue]],
    ['泉州的标准最低，是2亿元。', [revenue]],
    ['泉州的条件是最少的。', [revenue]],
    ['最低的是泉州的2亿元以上。', [revenue]],
    ['各市的文件规定，上年度主营业务收入2亿元以上。', [revenue]],
    ['这些城市要求上年度主营业务收入2亿元以上。', [revenue]],
  ],
};

describe('a sentence that leaves nothing out that matters', () => {
  it.each(stays)('%s', (sentence, cites) => expect(why(sentence, cites, both)).toBeNull());
});

describe.each(Object.entries(falls))('%s', (_, cases) => {
  it.each(cases)('does not leave: %s', (sentence, cites) =>
    expect(why(sentence, cites, both)).not.toBeNull(),
  );
});
