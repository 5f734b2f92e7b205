import { describe, expect, test } from 'vitest';
import type { Clause } from '../../src/knowledge/index.js';
import { policy } from './support.js';

const clause = (id: string, label: string): Clause => policy(id).clause(label)!;
const text = (id: string, label: string): string => clause(id, label).text;

describe('厦门: a PDF with every line wrapped', () => {
  test('a paragraph without a number belongs to the item before it', () => {
    expect(text('xiamen-2025', '第六条（二）1')).toBe(
      [
        '1.内控制度健全完善，主要办公和研发场所在厦门市内的科技型企业，在国内或省内具备较强的行业影响力，能够聚集产业链上下游企业、高等学校、科研院所、新型研发机构或医疗卫生机构等创新资源，支撑和引领产业发展，年主营业务收入原则上应达到5亿元以上（含）。',
        '生命健康领域若牵头单位为医疗机构，则要求为三甲医院（国家区域医疗中心建设单位，可以将输入医院的科技成果及资格资质作为申报条件，但在厦门应具备牵头实施条件）。',
      ].join('\n'),
    );
  });

  test('digits stand next to the words they count', () => {
    expect(text('xiamen-2025', '第六条（一）')).toBe(
      '（一）创新联合体由企业、高等学校、科研院所、新型研发机构或医疗机构（生命健康领域）等7个（含）以上单位组成，其中企业不少于5个、其它单位不少于2个。',
    );
    expect(text('xiamen-2025', '第十八条')).toBe(
      '第十八条 本办法自2025年8月10日生效实施，有效期3年。《厦门市支持创新联合体建设工作指引》（厦科创〔2023〕4号）同时废止。',
    );
  });

  test('paragraphs that run on across articles stand under the article they are in', () => {
    const of = (article: string) => clause('xiamen-2025', article).children.map((c) => c.label);
    expect(of('第九条')).toEqual(['第九条（一）', '第九条（二）', '第九条（三）']);
    expect(of('第十条')).toEqual(['第十条（四）', '第十条（五）']);
    expect(of('第十一条')).toEqual(['第十一条（六）']);
    expect(of('第十二条')).toEqual(['第十二条（七）', '第十二条（八）']);
    expect(text('xiamen-2025', '第十二条（八）')).toBe(
      '（八）支持创新联合体探索运行新机制。对形成成果转化效益显著的新机制、新模式，给予联合体常设执行机构依托单位30万元奖励。',
    );
  });

  test('chapters hold their articles, and the path reads as the contract shows it', () => {
    const chapters = policy('xiamen-2025').clauses.filter((c) => c.kind === 'chapter');
    expect(chapters.map((c) => c.heading)).toEqual(['总则', '组建', '支持措施', '管理评估', '附则']);
    expect(chapters.flatMap((c) => c.children)).toHaveLength(18);
    expect(clause('xiamen-2025', '第六条（二）1').path).toEqual(['第二章 组建', '第六条', '（二）', '1']);
  });

  test('the letter of issue and the imprint are clauses of their own', () => {
    expect(text('xiamen-2025', '通知')).toContain(
      '我局对《厦门市支持创新联合体建设工作指引》（厦科创〔2023〕4号）进行了修订完善',
    );
    expect(text('xiamen-2025', '印发信息')).toBe('厦门市科学技术局2025年7月10日印发');
  });
});

describe('泉州: a heading without its number, annexes as tables', () => {
  test('the first heading is 一', () => {
    const first = clause('quanzhou-2026', '一');
    expect(first.heading).toBe('功能定位');
    expect(first.path).toEqual(['一、功能定位']);
    expect(first.text).toMatch(/^功能定位\n泉州创新联合体（以下简称“联合体”）面向/);
  });

  test('what stands in the document stays as it is, half-width commas too', () => {
    expect(text('quanzhou-2026', '三（三）')).toContain('共建单位原则上泉州本地单位不少于5家,鼓励国内外高校');
  });

  test('each row of the scoring table holds its indicator, its points and its content', () => {
    expect(text('quanzhou-2026', '附件3 责任体系')).toBe(
      [
        '建立运行机制（10分）',
        '责任体系（6分）',
        '1.明确责任体系和联合体主要负责人（2分）',
        '2.建立牵头单位负责制，与共建单位之间责任分工清晰。明确联合体的技术路线制定、攻关任务分解、参与单位决定和项目资金分配等权力归牵头单位所有（4分）',
      ].join('\n'),
    );
    expect(text('quanzhou-2026', '附件3 产业化成效')).toBe(
      [
        '产业化成效（20分）',
        '申请/获得发明专利或其他I类知识产权1项以上（6分）',
        '科技项目成果在泉落地转化1项以上（6分）',
        '3.项目研究带动产业链上下游发展，带动产业投资2000万以上（8分）',
      ].join('\n'),
    );
  });

  test('the rows are all there, and their points make a hundred', () => {
    const rows = clause('quanzhou-2026', '附件3').children;
    expect(rows.map((r) => r.label.slice('附件3 '.length))).toEqual([
      '责任体系',
      '管理制度',
      '任务凝练',
      '创新性与前瞻性',
      '资源共享',
      '合作交流',
      '转化机制',
      '产业化成效',
      '机制探索',
      '政策贡献',
    ]);
    const points = (s: string | null): number => Number(/（(\d+)分）$/.exec(s ?? '')?.[1]);
    expect(rows.reduce((sum, r) => sum + points(r.heading), 0)).toBe(100);
    // The points of the lines of a row make up the points of its indicator.
    for (const r of rows) {
      const lines = r.text.split('\n');
      const from = lines.indexOf(r.heading ?? '') + 1;
      expect(
        lines.slice(from).reduce((sum, l) => sum + points(l), 0),
        r.label,
      ).toBe(points(r.heading));
    }
  });

  test('every row stands under its task', () => {
    expect(clause('quanzhou-2026', '附件3 管理制度').path.join(' ')).toContain('建立运行机制（10分）');
    expect(clause('quanzhou-2026', '附件3 政策贡献').path.join(' ')).toContain('创新组织机制（10分）');
  });

  test('an outline in an annex has its own numbers', () => {
    expect(text('quanzhou-2026', '附件2 五（三）2')).toBe('2.团队主要成员简历、研发方向等。');
    expect(text('quanzhou-2026', '附件2 二')).toMatch(
      /^二、建设目标\n（描述已有基础和未来三年期望达到的目标。/,
    );
  });
});

describe('青岛', () => {
  test('items, sections and the annex', () => {
    expect(text('qingdao-2025', '四（一）1')).toBe(
      '1.牵头单位须为我市独立注册的创新领军企业，在技术上处于国内领先地位，具有较强的经济实力和市场影响力。鼓励重点产业链链主企业发挥引领带动作用，牵头成立创新联合体。',
    );
    expect(text('qingdao-2025', '三（二）')).toBe(
      '（二）资源优势明显\n创新联合体应由创新能力突出的领军企业牵头，整合需求明显的产业链上下游企业和相关领域高校院所等创新资源组建而成。每个创新联合体联动产业链上下游企业原则上不少于3家，联合相关领域高校院所原则上不少于2家。',
    );
    expect(clause('qingdao-2025', '附件').children.map((c) => c.heading)).toEqual([
      '建设意义及基础优势',
      '组织架构及运行机制',
      '目标任务及进度安排',
      '预期标志性成果及水平',
      '经费投入与保障措施',
    ]);
  });
});

describe('温州: bookmark marks and forms', () => {
  test('a mark of the word processor is not read', () => {
    expect(text('wenzhou-draft', '四（二）')).toBe(
      '（二）编制建设方案。牵头单位联合相关方确定成员单位，编制包括目标任务、组织架构、运行机制等内容的建设方案。',
    );
    expect(text('wenzhou-draft', '首部')).toContain('温州市重点产业链创新联合体建设实施方案（试行）');
  });

  test('annexes hold their notes, their form and their outline', () => {
    expect(text('wenzhou-draft', '附1 填表说明 一')).toBe('一、联合体牵头单位须加盖法人公章。');
    expect(text('wenzhou-draft', '附1 申请表')).toContain('联合体协议生效时间');
    const outline = clause('wenzhou-draft', '附2').children.filter((c) => c.kind === 'section');
    expect(outline.map((c) => c.label)).toEqual([...'一二三四五六七八九'].map((n) => `附2 ${n}`));
  });
});

describe('the reply: Markdown with sentences cut by pages', () => {
  test('a sentence that a page cut is whole again', () => {
    expect(text('quanzhou-reply-108', '一')).toContain(
      '先后出台《关于推动科研院所市场化产业化转型的实施意见》',
    );
    expect(text('quanzhou-reply-108', '一（三）')).toContain('分别给予20万元-300万元补助');
    expect(text('quanzhou-reply-108', '二（二）')).toContain('鼓励高校依托学科优势建设专业化技术转移机构');
    expect(text('quanzhou-reply-108', '五（六）')).toContain('创新容错机制，充分释放科研人员');
    for (const label of ['一（三）', '二（二）', '三（二）', '五（一）', '五（三）', '五（六）'])
      expect(text('quanzhou-reply-108', label), label).not.toContain('\n');
  });

  test('headings lose their Markdown signs', () => {
    expect(text('quanzhou-reply-108', '四')).toMatch(
      /^四、常态化开展产学研金对接活动，促进供需精准匹配\n深入实施/,
    );
    expect(text('quanzhou-reply-108', '首部')).toMatch(/^泉州市科学技术局\n泉科函〔2026〕108号\n/);
  });

  test('salutation, closing and contact are there to be cited', () => {
    expect(text('quanzhou-reply-108', '引言')).toMatch(/^侯朝辉、洪炳煌、柯吉熊代表：\n/);
    expect(text('quanzhou-reply-108', '结尾')).toBe(
      '再次感谢您对我市科技创新工作的关心与支持，恳请今后继续提出宝贵意见建议！',
    );
    expect(text('quanzhou-reply-108', '联系方式')).toContain('联系电话：0595-28282813');
  });
});
