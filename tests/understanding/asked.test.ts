import { describe, expect, it } from 'vitest';
import { advance, focusOf, replay } from '../../src/assistant/conversation.js';
import { writeFacts } from '../../src/rules/index.js';
import { AS_OF, full, world } from './kit.js';

/** What is known after a conversation; a turn that begins with “<” is the assistant's, in whatever words. */
function known(...turns: string[]): Record<string, unknown> {
  const history = turns
    .slice(0, -1)
    .map((t) =>
      t.startsWith('<')
        ? { role: 'assistant' as const, text: t.slice(1) }
        : { role: 'user' as const, text: t },
    );
  const before = replay(world, history, AS_OF);
  const u = world.reader.read(turns.at(-1)!, before, AS_OF, focusOf(world));
  return writeFacts(advance(before, u, world.language.unknownAnswer).facts, world.vocabulary);
}
const QZ = '泉州企业，想牵头';
const told = { kind: 'enterprise', city: 'quanzhou' };

type Row = [asked: string, answer: string, facts: Record<string, unknown>];
const ROWS: Record<string, Row[]> = {
  'two things asked for in one question': [
    ['<收入够了。属于高新企业或专精特新吗？', '都不是', { high_tech: false, srdi: false }],
    ['<是不是高新技术企业或者专精特新企业呢？', '两个都是', { high_tech: true, srdi: true }],
    ['<您是高新技术企业还是专精特新企业？', '高新', { high_tech: true }],
    ['<建设方案和章程编了吗？', '都有了', { 'consortium.plan_written': true, 'consortium.charter': true }],
  ],
  'a bare yes to one of two': [['<是高新技术企业或者专精特新企业吗？', '是的', {}]],
  'the choices behind the question': [
    ['<平台最高到哪一级？（无/市级/省部级/国家级）', '省部级', { platform_level: 'provincial' }],
    ['<研发平台是什么级别（没有、市级、省级、国家级）？', '没有', { platform_level: 'none' }],
  ],
  'a value put forward': [
    ['<科研平台最高哪一级？是省级吗？', '对的', { platform_level: 'provincial' }],
    ['<科研平台最高哪一级？是省级吗？', '不是，市级的', { platform_level: 'municipal' }],
    ['<主要办公和研发场所在泉州吗？', '都在', { main_site_city: 'quanzhou' }],
  ],
  'several things in turn': [
    [
      '<请补充上年度主营业务收入和年均研发投入。',
      '2.6亿，1900万',
      { revenue_last_year: '260000000', rd_spend_avg_3y: '19000000' },
    ],
    [
      '<还需要知道专职研发多少人、平台什么级别。',
      '31个，市级',
      { rd_staff: 31, platform_level: 'municipal' },
    ],
    [
      '<还缺：研发投入、高新/专精特新、平台级别、专职研发人数。请补充。',
      '2300万，专精特新，省级，28人',
      { rd_spend_avg_3y: '23000000', srdi: true, platform_level: 'provincial', rd_staff: 28 },
    ],
  ],
  'one answer that could be to either': [
    ['<请补充上年度主营业务收入和年均研发投入。', '2.6亿', {}],
    ['<有没有专职研发团队？平台什么级别？', '没有', {}],
  ],
  'a demand named and asked about': [
    ['<要求年均研发不低于2000万元。贵司是多少？', '1850万', { rd_spend_avg_3y: '18500000' }],
    ['<专职研发要20人以上，够吗？', '不够，才16个', { rd_staff: 16 }],
  ],
  'what was found wanting, which asks for nothing': [['<专职研发还差3人。', '好的谢谢', {}]],
};

describe('what an assistant asked for in its own words', () => {
  for (const [name, rows] of Object.entries(ROWS))
    describe(name, () => {
      for (const [asked, answer, facts] of rows)
        it(`${asked} ${answer}`, () => {
          expect(known(QZ, asked, answer)).toEqual(full({ ...told, ...facts }));
        });
    });
});

describe('what was told, told anew', () => {
  const BEFORE = '泉州企业，主营2.4亿，专职研发33人，高新';
  const all = { ...told, revenue_last_year: '240000000', rd_staff: 33, high_tech: true };
  const without = (key: string) => Object.fromEntries(Object.entries(all).filter(([k]) => k !== key));
  it.each<[string, Record<string, unknown>]>([
    ['专职研发不是33个，财务核过只有14个', { ...all, rd_staff: 14 }],
    ['主营那个数不对，先别用', without('revenue_last_year')],
    ['2.4亿是合并报表的，我们自己1.7亿', { ...all, revenue_last_year: '170000000' }],
    ['高新那个先不算，我回去确认一下', without('high_tech')],
    ['主营2.4亿够不够', all],
  ])('%s', (text, facts) => {
    expect(known(BEFORE, '<都满足。', text)).toEqual(full(facts));
  });

  it('by its short name where the conversation is about such things', () => {
    const talent = { 'talent.core_members': 12, 'talent.national': 1, 'talent.city_b_or_above': 4 };
    const begin = '厦门人才攻关联合体 核心12 国家级0 B类以上4';
    expect(known(begin, '<国家级人才还差1名。', '打错了，国家级是1个不是0个')).toMatchObject(talent);
    expect(
      known('厦门，核心成员12人，国家级1人，B类以上4人', '<满足。', '国家级那位要走，到时候零个'),
    ).toMatchObject({
      ...talent,
      'talent.national': 0,
    });
  });

  it('as units of the city in the place of others', () => {
    const begin = '温州联合体一共10家，企业6家，温州本地4家';
    expect(known(begin, '<还差1家。', '要是把其中2家外地的换成温州的呢')).toMatchObject({
      'consortium.units_total': 10,
      'consortium.local_units': 6,
    });
  });
});
