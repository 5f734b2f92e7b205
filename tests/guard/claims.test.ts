import { describe, expect, it } from 'vitest';
import type { Proof } from '../../src/assistant/guard/index.js';
import { guard } from './support.js';

const clause = (city: string, text: string, also = ''): Proof => ({
  id: 'c1',
  text,
  also,
  city,
  strength: null,
  verdict: null,
});

const LEAD = clause(
  'quanzhou',
  '企业作为牵头单位，要求上年度主营业务收入2亿元以上，近三个会计年度的年均研发投入经费（按企业税务申报口径）不低于2000万元或占同期销售收入总额的比例不低于5%；牵头企业应是高新技术企业或专精特新企业，具有雄厚研发实力，专职研发人员20人以上。集团企业作为牵头单位，要以母公司为主体，下属子公司不再作为联合体共建单位。',
);
const WATCH = clause(
  'quanzhou',
  '经备案的市创新联合体实行动态管理，每3年开展一次考核评估。无正当理由不参加评估或中途退出评估的，或连续2次评估不合格的予以撤销。',
);
const UNITS = clause(
  'xiamen',
  '创新联合体由企业、高等学校、科研院所等7个（含）以上单位组成，其中企业不少于5个、其它单位不少于2个。',
);
const MATCH = clause(
  'xiamen',
  '对企业承担的国家科技重大项目，可按国家财政资金投入的50%予以配套支持，最高不超过1000万元。',
);

const WISH = clause(
  'quanzhou',
  '鼓励创新联合体开展人才联合培养，为创新联合体建设提供人才保障。建立首席科学家制度，由牵头企业的技术负责人或本领域高层次人才担任，首席科学家拥有决定权。',
);

const RIGHTS = clause('quanzhou', '首席科学家在项目研究方向上拥有决定权，在科研经费及人员选聘上有管理权。');
const SOFT = clause(
  'qingdao',
  '每个创新联合体联动产业链上下游企业原则上不少于3家，联合相关领域高校院所原则上不少于2家。',
);

const said = { words: [], cities: [] };
const why = (sentence: string, whole: Proof): string | null => {
  const result = guard.check(sentence, [whole], said, [whole]);
  return result.ok ? null : `${result.reason}: ${result.detail}`;
};

describe('a sentence that tells a clause in other words and another order leaves', () => {
  it.each([
    ['泉州由企业牵头的，其上一年度的主营业务收入须达到2亿元以上。', LEAD],
    ['2亿元以上的上年度主营业务收入，是泉州对牵头企业的要求。', LEAD],
    [
      '对于牵头企业，泉州给出了二选一的标准：近三个会计年度的年均研发投入经费不少于2000万元，或者占同期销售收入总额的比例不少于5%。',
      LEAD,
    ],
    ['泉州的牵头企业还得是高新技术企业，或者是专精特新企业。', LEAD],
    ['人员方面，泉州的牵头企业要有20名以上的专职研发人员。', LEAD],
    ['备案后的市创新联合体，泉州实行动态管理，三年评估一次。', WATCH],
    ['在泉州，连续两次评估不合格的，会予以撤销。', WATCH],
    ['厦门的创新联合体里，企业至少5个，其他单位至少2个。', UNITS],
    ['厦门的创新联合体至少由7家单位组成，其中企业至少5家，其它单位至少2家。', UNITS],
    ['在泉州，首席科学家对项目研究方向有决定权，对科研经费和人员选聘有管理权。', RIGHTS],
    ['青岛原则上要求每个创新联合体至少联动3家产业链上下游企业，至少联合2家相关领域的高校院所。', SOFT],
    ['企业承担的国家科技重大项目，厦门可以按国家财政资金投入的50%来配套支持，最高不超过1000万元。', MATCH],
  ])('%s', (sentence, whole) => {
    expect(why(sentence, whole)).toBeNull();
  });
});

describe('one that bends what it tells does not', () => {
  it.each([
    ['another bound', '厦门的创新联合体里，企业至少5个，其他单位2个以内。', UNITS],
    [
      'a permission as a duty',
      '企业承担的国家科技重大项目，厦门应按国家财政资金投入的50%来配套支持，最高不超过1000万元。',
      MATCH,
    ],
    ['said to be enough', '备案后的市创新联合体，泉州实行动态管理，三年评估一次，就可以了。', WATCH],
    [
      'once without its condition, once with it',
      '在泉州，中途退出评估的予以撤销，另外连续两次评估不合格的，会予以撤销。',
      WATCH,
    ],
    [
      'two rights exchanged',
      '首席科学家在泉州对科研经费和人员选聘有决定权，对项目研究方向有管理权。',
      RIGHTS,
    ],
    ['without its softener', '在青岛，产业链上下游企业至少要联动3家。', SOFT],
    ['without its year', '泉州由企业牵头的，其主营业务收入须达到2亿元以上。', LEAD],
    ['of another year', '泉州由企业牵头的，其近三个会计年度的主营业务收入须达到2亿元以上。', LEAD],
    ['of someone else', '2亿元以上的上年度主营业务收入，是泉州对共建单位的要求。', LEAD],
    [
      'one of two alone',
      '对于牵头企业，泉州的标准是：近三个会计年度的年均研发投入经费不少于2000万元。',
      LEAD,
    ],
    [
      'both of two',
      '对于牵头企业，泉州的标准是：近三个会计年度的年均研发投入经费不少于2000万元，并且占同期销售收入总额的比例不少于5%。',
      LEAD,
    ],
    ['both of two names', '泉州的牵头企业还得是高新技术企业，同时是专精特新企业。', LEAD],
    ['part of a name', '人员方面，泉州的牵头企业要有20名以上的研发人员。', LEAD],
    ['with more than is said', '人员方面，泉州的牵头企业要有20名以上的专职研发人员，兼职也算。', LEAD],
    ['who is under whom', '集团企业牵头的，泉州要以下属子公司为主体，母公司不再作为联合体共建单位。', LEAD],
    ['without its condition', '在泉州，不参加评估或者中途退出评估的，会予以撤销。', WATCH],
    [
      'as if it were one of two',
      '备案后的市创新联合体，泉州实行动态管理，三年评估一次，或连续2次评估不合格的予以撤销。',
      WATCH,
    ],
    [
      'one of a list',
      '厦门的创新联合体由企业、高等学校、科研院所等7个（含）以上单位组成，其中一项即可。',
      UNITS,
    ],
    ['a wish as a fact', '泉州的联合体开展人才联合培养，为联合体建设提供人才保障。', WISH],
    [
      'the second of two alone',
      '建立首席科学家制度，泉州由本领域高层次人才担任，首席科学家拥有决定权。',
      WISH,
    ],
    ['figures exchanged', '厦门的创新联合体里，企业至少2个，其他单位至少5个。', UNITS],
    ['without its cap', '企业承担的国家科技重大项目，厦门可以按国家财政资金投入的50%来配套支持。', MATCH],
    [
      'with a clause that is not there',
      '泉州由企业牵头的，上年度主营业务收入须达到2亿元以上（依据第九十九条）。',
      LEAD,
    ],
  ])('%s: %s', (_, sentence, whole) => {
    expect(why(sentence, whole)).not.toBeNull();
  });
});

describe('what is said to be the document’s own words', () => {
  const quoted = { ...LEAD, quote: LEAD.text };
  it('is so to the letter', () => {
    expect(why('泉州的原话是：企业作为牵头单位，要求上年度主营业务收入2亿元以上。', quoted)).toBeNull();
    expect(why('泉州文件写道：“企业作为牵头单位，要求上年度主营业务收入2亿元以上”。', quoted)).toBeNull();
  });
  it.each([
    '泉州要求企业牵头的，上年度主营业务收入不少于2亿元，这是原话。',
    '泉州文件写道：“牵头企业上年度主营业务收入不得少于2亿元”。',
  ])('is no summary: %s', (sentence) => {
    expect(why(sentence, quoted)).not.toBeNull();
  });
});

it('a name is no condition that the clause does not have', () => {
  const named = { ...UNITS, also: '企业、集团企业牵头 牵头单位' };
  expect(why('厦门的创新联合体里，企业至少5个，其他单位至少2个。', named)).toBeNull();
  expect(why('厦门规定，企业、集团企业牵头的，企业至少5个，其他单位至少2个。', named)).not.toBeNull();
});

it('a lead-in that was torn is none', () => {
  expect(why('泉州规定，企业牵头的，方面，上年度主营业务收入2亿元以上。', LEAD)).not.toBeNull();
  expect(why('泉州企业牵头的，的文件规定，上年度主营业务收入2亿元以上。', LEAD)).not.toBeNull();
});
