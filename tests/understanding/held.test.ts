import { describe, expect, it } from 'vitest';
import { advance, focusOf, replay } from '../../src/assistant/conversation.js';
import { writeFact } from '../../src/rules/index.js';
import { AS_OF, factsOf, id, read, world } from './kit.js';

/** What is asked for in conversation: the facts after the last of the turns, user and assistant by turns. */
function after(...turns: string[]): Record<string, unknown> {
  const history = turns
    .slice(0, -1)
    .map((text, i) => ({ role: i % 2 === 0 ? ('user' as const) : ('assistant' as const), text }));
  const before = replay(world, history, AS_OF);
  const u = world.reader.read(turns.at(-1)!, before, AS_OF, focusOf(world));
  const { facts } = advance(before, u, world.language.unknownAnswer);
  return Object.fromEntries([...facts].map(([k, v]) => [k, writeFact(world.vocabulary.get(k)!, v)]));
}

/** Yes/no facts that are had, by a noun of each, with a verb that has them done. */
const THINGS: [fact: string, noun: string, done: string][] = [
  ['high_tech', '高新', '评上了'],
  ['srdi', '专精特新', '拿到了'],
  ['high_level_talent_team', '高层次人才带的团队', '有了'],
  ['consortium.agreement_signed', '组建协议', '都签了'],
  ['consortium.charter', '章程', '通过了'],
  ['consortium.plan_written', '建设方案', '编好了'],
  ['consortium.chief_scientist', '首席科学家', '聘好了'],
  ['consortium.integrity_pledge', '诚信承诺书', '交了'],
];
/** Ways to say that something is not there yet, not there any more, or never was; none leaves it held. */
const NOT_HELD: [string, (n: string) => string][] = [
  ['still short of it', (n) => `我们${n}还没影`],
  ['denied in passing', (n) => `${n}谈不上`],
  ['the only thing missing', (n) => `别的都有，就缺${n}`],
  ['only it taken out', (n) => `除了${n}，别的都齐`],
  ['it alone', (n) => `我们唯独${n}没有`],
  ['not any more', (n) => `我们以前有${n}，现在没有了`],
  ['fallen through', (n) => `我们${n}黄了`],
  ['to come', (n) => `我们${n}下个月才能有`],
  ['wished for', (n) => `我们打算明年弄${n}`],
  ['under way', (n) => `我们${n}还在走流程`],
  ['in draft', (n) => `我们${n}只有个草稿`],
  ['another unit’s', (n) => `${n}是我们子公司的，我们自己没有`],
  ['in doubt before', (n) => `我们好像有${n}`],
  ['in doubt after', (n) => `我们${n}应该有吧，我回去问问`],
  ['unknown', (n) => `${n}有没有我不清楚`],
  ['by hearsay', (n) => `据说${n}有了，我没核实`],
];

describe('what is not there is never read as held', () => {
  for (const [fact, noun] of THINGS)
    for (const [name, say] of NOT_HELD)
      it(`${say(noun)} (${name})`, () => {
        expect(factsOf(read(say(noun)))[fact]).not.toBe(true);
      });
});

describe('what is there is read as held', () => {
  const HELD: ((n: string, done: string) => string)[] = [
    (n, done) => `我们${n}${done}`,
    (n, done) => `我们${n}去年就${done}`,
    (n, done) => `我们是泉州企业，${n}早就${done}，能牵头吗`,
    (n) => `我们不是没有${n}`,
    (n, done) => `我们${n}${done}，研发投入可能2000万`,
  ];
  for (const [fact, noun, done] of THINGS)
    for (const say of HELD)
      it(say(noun, done), () => {
        expect(factsOf(read(say(noun, done)))[fact]).toBe(true);
      });
});

type Case = [question: string, fact: string, value: unknown];
const check = (cases: Case[]) => {
  for (const [question, fact, value] of cases)
    it(question, () => {
      expect(factsOf(read(question))[fact]).toEqual(value);
    });
};

describe('how far a certificate has come', () =>
  check([
    ['我们高新材料交上去了，等批', 'high_tech', false],
    ['我们高新刚过公示期，证还没发', 'high_tech', false],
    ['高新复审没过', 'high_tech', false],
    ['高新刚复审通过', 'high_tech', true],
    ['高新今年到期已经续上了', 'high_tech', true],
    ['我们高新没过期', 'high_tech', true],
    ['我们报过两次高新都没中', 'high_tech', false],
    ['我们高新过期了，正在重新认定', 'high_tech', false],
    ['高新答辩没过', 'high_tech', false],
    ['我们专精特新评了两次都没评上', 'srdi', false],
    ['我们是高新不假，专精特新真没有', 'srdi', false],
    ['既不是高新也不是专精特新', 'high_tech', false],
    ['除高新外还有专精特新，我们的情况', 'srdi', true],
    ['our high-tech certification has expired', 'high_tech', false],
    ['we are applying for high-tech status', 'high_tech', false],
    ['we have neither high-tech nor SRDI status', 'srdi', false],
    ['not sure if we are a high-tech enterprise', 'high_tech', undefined],
    // A question about the rule states nothing.
    ['高新过期了的企业要重新认定吗', 'srdi', undefined],
    ['要不要高新', 'high_tech', undefined],
  ]));

describe('the highest platform that is held', () =>
  check([
    ['平台还在申报省级，批文年底下来，目前手上是市级重点实验室', 'platform_level', 'municipal'],
    ['我们有市级研发中心（没有省级）', 'platform_level', 'municipal'],
    ['我们平台目前市级，正在冲省级', 'platform_level', 'municipal'],
    ['我们省级重点实验室在建，现在只有市级的', 'platform_level', 'municipal'],
    ['我们平台嘛市级有，省级谈不上', 'platform_level', 'municipal'],
    ['平台不是国家级的，是省级', 'platform_level', 'provincial'],
    ['我们平台省级有，国家级没有', 'platform_level', 'provincial'],
    ['平台升到省级了', 'platform_level', 'provincial'],
    ['我们省重点实验室是跟厦大联合共建的', 'platform_level', 'provincial'],
    ['我们去年刚拿下省级重点实验室', 'platform_level', 'provincial'],
    ['我们有省科技厅批的重点实验室', 'platform_level', 'provincial'],
    ['我们平台一个都没评上', 'platform_level', 'none'],
    ['我们平台是省级还是市级我不确定', 'platform_level', undefined],
    ['据说我们有省级平台', 'platform_level', undefined],
    ['省级重点实验室是高校的，我们只是共建单位', 'platform_level', undefined],
    ['省级平台是合作单位的，不是我们的', 'platform_level', undefined],
    ['国家级实验室是母公司的，我们子公司只有市级', 'platform_level', 'municipal'],
    ['我们省级平台去年被摘牌了', 'platform_level', undefined],
    ['什么样的算省级平台', 'platform_level', undefined],
    ['we have a municipal lab; the provincial one is pending', 'platform_level', 'municipal'],
  ]));

describe('whose it is', () =>
  check([
    ['高新是我们子公司的，母公司没有', 'high_tech', false],
    ['子公司是高新，我们本部不是', 'high_tech', false],
    ['我们牵头，高新是成员单位的', 'high_tech', undefined],
    ['我们集团旗下三家都是高新，集团本部不是', 'high_tech', false],
    ['高新资质挂在子公司名下', 'high_tech', undefined],
    ['合作方说他们有省级平台，我们是市级平台', 'platform_level', 'municipal'],
    ['our subsidiary is a high-tech enterprise, we are not', 'high_tech', false],
    // A parent company is the asker unless a subsidiary asks.
    ['我们集团母公司是高新', 'high_tech', true],
    ['我们公司的高新去年评上的', 'high_tech', true],
  ]));

describe('papers of a whole consortium', () =>
  check([
    ['协议签了一半', 'consortium.agreement_signed', false],
    ['我们除了一家，协议都签了', 'consortium.agreement_signed', false],
    ['协议除了厦大都签了', 'consortium.agreement_signed', false],
    ['协议还差两家没签', 'consortium.agreement_signed', false],
    ['协议没有哪家没签', 'consortium.agreement_signed', true],
    ['协议签了没', 'consortium.agreement_signed', undefined],
    ['没法说覆盖产业链上下游', 'consortium.covers_chain', false],
    ['我们上下游都盖到了', 'consortium.covers_chain', true],
    ['成员只有下游，没有上游', 'consortium.covers_chain', false],
    ['覆盖上下游要看哪些材料', 'consortium.covers_chain', undefined],
  ]));

describe('never, in any order of words', () =>
  check([
    ['没被青岛取消过资格', 'title_revoked_on', 'never'],
    ['取消资格这种事没有过', 'title_revoked_on', 'never'],
    ['we were never stripped of it', 'title_revoked_on', 'never'],
    ['应该没有被取消过吧，我不敢肯定', 'title_revoked_on', undefined],
    ['我们不是没被取消过', 'title_revoked_on', undefined],
    ['没有其他在牵头的', 'consortia_already_led', 0],
    ['从来没带头搞过联合体', 'consortia_already_led', 0],
    ['we have never led a consortium before', 'consortia_already_led', 0],
    ['这不是第一次牵头', 'consortia_already_led', undefined],
    ['是不是没牵头过才行', 'consortia_already_led', undefined],
  ]));

describe('who leads and where from', () =>
  check([
    ['烟台企业，在青岛有个销售处，想在青岛牵头', 'kind', 'enterprise'],
    ['某研究所（事业法人，注册地福州），想在泉州牵头', 'kind', 'institute'],
    ['华侨大学泉州校区，科研处的，想做牵头单位', 'kind', 'university'],
    ['我院二级甲等，在翔安，想牵头', 'kind', 'hospital'],
    ['联合体里高校不少于2所，企业5家', 'kind', undefined],
    ['公司原来在泉州，去年迁到厦门了', 'city', 'xiamen'],
    ['我们公司在泉州，打算明年迁到厦门', 'city', 'quanzhou'],
    ['我们注册在泉州，研发在厦门', 'main_site_city', 'xiamen'],
    ['our company’s HQ and labs are both in Xiamen', 'main_site_city', 'xiamen'],
    ['we’re a foreign-owned firm registered in Laoshan', 'city', 'qingdao'],
    ['母公司在深圳，我们是泉州的公司', 'city', 'quanzhou'],
    ['what share of members must be registered in Wenzhou?', 'city', undefined],
  ]));

describe('short answers and corrections', () => {
  const HT = '牵头企业是高新技术企业吗？';
  const LEVEL = '牵头单位拥有的最高级别研发（创新）平台是哪一级？';
  const SIGNED = '全体成员签署组建协议了吗？';
  const REVOKED = '是否曾因组织不力、未履约等被取消过联合体资格？如有，是哪一天？';
  const CASES: [turns: string[], fact: string, value: unknown][] = [
    [['晋江企业能牵头吗', HT, '算是吧'], 'high_tech', undefined],
    [['晋江企业能牵头吗', HT, '还在申报'], 'high_tech', false],
    [['晋江企业能牵头吗', HT, '暂时没'], 'high_tech', false],
    [['晋江企业能牵头吗', HT, '早就是了'], 'high_tech', true],
    [['晋江企业能牵头吗', HT, '子公司是'], 'high_tech', undefined],
    [['晋江企业能牵头吗', HT, '去年底刚批'], 'high_tech', true],
    [['晋江企业能牵头吗', HT, '这个要问财务'], 'high_tech', undefined],
    [['晋江企业能牵头吗', LEVEL, '省级在申报，目前市级'], 'platform_level', 'municipal'],
    [['晋江企业能牵头吗', LEVEL, '省级还在公示'], 'platform_level', undefined],
    [['晋江企业能牵头吗', LEVEL, '好像是省级'], 'platform_level', undefined],
    [['晋江企业能牵头吗', LEVEL, '一个都没有'], 'platform_level', 'none'],
    [['联合体的情况', SIGNED, '差一家'], 'consortium.agreement_signed', false],
    [['联合体的情况', SIGNED, '都签了'], 'consortium.agreement_signed', true],
    [['联合体的情况', SIGNED, '除了厦大都签了'], 'consortium.agreement_signed', false],
    [['青岛企业能牵头吗', REVOKED, '从来没有'], 'title_revoked_on', 'never'],
    [['我们是泉州高新企业', '好的。', '不对，高新是子公司的，我们母公司没有'], 'high_tech', false],
    [['我们是泉州企业，高新有的', '好的。', '高新我不确定了，好像过期了'], 'high_tech', undefined],
    [['我们是泉州企业，高新有的', '好的。', '高新要什么材料'], 'high_tech', true],
    [['我们是泉州企业，省级平台', '好的。', '说错了，省级的还在申报，是市级'], 'platform_level', 'municipal'],
    [['我们是泉州的企业', '好的。', '注册和办公研发都搬到厦门'], 'city', 'xiamen'],
  ];
  for (const [turns, fact, value] of CASES)
    it(turns.join(' / '), () => {
      expect(after(...turns)[id(fact)]).toEqual(value);
    });
});
