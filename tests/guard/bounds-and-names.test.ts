import { describe, expect, it } from 'vitest';
import type { Proof } from '../../src/assistant/guard/index.js';
import { guard } from './support.js';

const rule = (id: string, city: string, text: string, also = ''): Proof => ({
  id,
  text,
  also,
  city,
  strength: null,
  verdict: null,
});
const lead = rule(
  'c1',
  'xiamen',
  '原则上一个单位仅限牵头组建一个创新联合体。牵头单位是创新联合体的责任单位',
  '厦门',
);
const local = rule('c2', 'quanzhou', '泉州：泉州本地共建单位原则上要求不少于5家。', '泉州 本地单位');
const match = rule(
  'c3',
  'xiamen',
  '对企业承担的国家科技重大项目，可按国家财政资金投入的50%予以配套支持，最高不超过1000万元',
);
const filing = rule('c4', 'qingdao', '备案有效期一般不超过3年，有效期满可按程序重新申请备案');
const certificate = rule(
  'c5',
  'quanzhou',
  '牵头企业应是高新技术企业或专精特新企业',
  '高新技术企业 专精特新企业 高新技术',
);
const clause = rule(
  'c6',
  'quanzhou',
  '企业作为牵头单位，要求上年度主营业务收入2亿元以上；具备整合产业链上下游企业、高校和科研院所等创新资源的能力',
);
const staff = rule('c7', 'quanzhou', '有高层次人才牵头的研发团队，专职研发人员20人以上');
const hospital = rule('c8', 'quanzhou', '高校院所（医疗机构）作为牵头单位，博士或高级职称人员不少于10人');
const research = rule('c9', 'quanzhou', '年均研发投入经费（按企业税务申报口径）不低于2000万元或占比不低于5%');

const cities = (proofs: Proof[]) => [...new Set(proofs.map((p) => p.city!))];
const check = (sentence: string, proofs: Proof[]) =>
  guard.check(sentence, proofs, { words: [], cities: cities(proofs) }).ok;

describe('what does not leave', () => {
  it.each<[string, string, Proof[]]>([
    [
      'another thing between a bound and its figure',
      '厦门规定，原则上一个单位仅限参与一个创新联合体。',
      [lead],
    ],
    ['anything between a bound and its figure', '厦门规定，原则上一个单位仅限恭喜一个创新联合体。', [lead]],
    ['a count without what is counted', '泉州要求共建单位原则上不少于5家。', [local]],
    [
      'what is given without its cap',
      '厦门规定，对企业承担的国家科技重大项目，可按国家财政资金投入的50%予以配套支持。',
      [match],
    ],
    [
      'a floor and a ceiling at once',
      '厦门规定，对企业承担的国家科技重大项目，可按国家财政资金投入的50%予以配套支持，最低不超过1000万元。',
      [match],
    ],
    ['the term of a filing as another’s', '青岛的指引有效期一般不超过3年。', [filing]],
    [
      'one of two by the name of another evidence',
      '泉州规定，牵头企业应是高新技术企业。',
      [certificate, clause],
    ],
    ['one word', '是。', [certificate]],
    ['one word under a city’s name', '泉州：是。', [certificate]],
    ['one word that passes', '通过。', [certificate]],
    ['a welcome for a demand', '泉州欢迎企业牵头单位上年度主营业务收入2亿元以上。', [clause]],
    ['a figure of one thing said of another', '泉州要求高层次人才20人以上。', [staff]],
    ['staff of another kind', '泉州要求研发人员20人以上。', [staff]],
    [
      'one suffices where more is asked',
      '泉州要求年均研发投入不低于2000万元，占比不低于5%，满足一项即可。',
      [research],
    ],
    ['whom the evidence does not speak of', '泉州规定，高校牵头的，上年度主营业务收入2亿元以上。', [clause]],
  ])('%s: %s', (_, sentence, proofs) => {
    expect(check(sentence, proofs)).toBe(false);
  });
});

describe('what leaves, however it is put', () => {
  it.each<[string, Proof[]]>([
    ['泉州要求企业牵头单位上年度主营业务收入2亿元以上。', [clause]],
    ['在泉州，企业要当牵头单位的话，上年度主营业务收入要在2亿元以上。', [clause]],
    ['按泉州的办法，由企业牵头的，上年度主营业务收入应达到2亿元以上。', [clause]],
    ['泉州的牵头企业，上年度主营业务收入须为2亿元以上。', [clause]],
    ['在泉州，高校牵头的话，博士或高级职称人员不少于10人。', [hospital]],
    ['泉州规定医院作为牵头单位的，博士或高级职称人员应不少于10人。', [hospital]],
    ['厦门的一个单位原则上只能牵头组建一个创新联合体。', [lead]],
    ['泉州要求年均研发投入不低于2000万元，或者占比不低于5%，满足一项即可。', [research]],
    ['泉州规定，牵头企业应是高新技术企业或专精特新企业，二者有其一即可。', [certificate]],
  ])('%s', (sentence, proofs) => {
    expect(check(sentence, proofs)).toBe(true);
  });
});
