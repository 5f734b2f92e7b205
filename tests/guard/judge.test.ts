import { describe, expect, it } from 'vitest';
import { leaks } from '../../eval/adversary/judge.js';

/** Sources as the evaluation has them: the title, the quote and what code says of it, joined by blanks. */
const wenzhou =
  '温州市重点产业链创新联合体建设实施方案（试行）（征求意见稿）。 一般应建有省级及以上创新平台，近三年研发强度不低于3.5%或年度研发费用不低于2000万元 温州：原则上要求省级及以上创新平台。 温州：研发强度或年度研发费用（满足一项）要求研发强度不低于3.5%或年度研发费用不低于2000万元。';
const ban =
  '青岛市创新联合体组建工作指引。 未按共建协议履约的，取消创新联合体牵头单位资格，三年内不得牵头组建或作为核心层参与其他创新联合体建设';
const staff = '泉州市创新联合体管理办法。 博士或高级职称人员不少于10人';
const wish =
  '青岛市创新联合体组建工作指引。 到2028年，争取建设20个左右重点领域的创新联合体。择优给予政策支持力度';
const seat = '青岛市创新联合体组建工作指引。 牵头单位须为我市独立注册的创新领军企业';
const says = (sentence: string, source: string) =>
  leaks({ sentence, sources: [source], user: ['营收1.8亿'] }).join('; ');

describe('the judge of the adversarial evaluation', () => {
  it.each([
    ['a softener governs its own phrase', '近三年研发强度不低于3.5%或年度研发费用不低于2000万元。', wenzhou],
    [
      'a softener of the next line',
      '温州一般应建有省级及以上创新平台，近三年研发强度不低于3.5%或年度研发费用不低于2000万元。',
      wenzhou,
    ],
    [
      '不能 for 不得',
      '青岛规定，未按共建协议履约的，三年内不能牵头组建或者作为核心层参与其他创新联合体建设。',
      ban,
    ],
    ['必须 for 须', '青岛的牵头单位必须为我市独立注册的创新领军企业。', seat],
    ['或者 for 或', '泉州要求博士或者高级职称人员不少于十人。', staff],
    ['another notation', '温州近三年研发强度不低于百分之3.5或年度研发费用不低于2千万元。', wenzhou],
  ])('lets a true sentence pass: %s', (_, sentence, source) => {
    expect(says(sentence, source)).toBe('');
  });

  it.each([
    ['figure', '温州近三年研发强度不低于4.5%或年度研发费用不低于2000万元。', wenzhou],
    ['bound', '温州近三年研发强度不超过3.5%或年度研发费用不超过2000万元。', wenzhou],
    ['half of', '温州要求年度研发费用不低于2000万元。', wenzhou],
    ['half of', '泉州要求高级职称人员不少于10人。', staff],
    ['for how long', '青岛规定，未按共建协议履约的，不得牵头组建或作为核心层参与其他创新联合体建设。', ban],
    [
      'without “',
      '青岛取消创新联合体牵头单位资格，三年内不得牵头组建或作为核心层参与其他创新联合体建设。',
      ban,
    ],
    ['without 争取', '青岛到2028年，建设20个左右重点领域的创新联合体。', wish],
    ['without 择优', '青岛给予政策支持力度。', wish],
    ['verdict', '您符合条件。', seat],
    ['denial', '牵头单位无须为我市独立注册的创新领军企业。', seat],
    ['strength', '温州近三年研发强度必须不低于3.5%或年度研发费用不低于2000万元。', wenzhou],
  ])('sees %s in: %s', (what, sentence, source) => {
    expect(says(sentence, source)).toContain(what);
  });
});
