import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clause } from '../../src/knowledge/index.js';
import { KNOWLEDGE, library, policy } from './support.js';

const documents = library.policies.map((p) => [p.meta.id, p] as const);
/** What a conversion left in the sources: marks of bookmarks, Markdown signs, blanks to be filled in with asterisks. */
const RESIDUE = /\[bookmark:[^\]]*\]|^#{1,6}(?=\s)|\*+/gm;
const bare = (text: string) => text.replace(RESIDUE, '').replace(/\s+/g, '');
const shown = (c: Clause) => [c.text, c.heading ?? '', c.label, ...c.path];

describe.each(documents)('the clauses of %s', (id, p) => {
  it('stand in a source that is the file, character for character', () => {
    expect(Buffer.from(p.source, 'utf8')).toEqual(readFileSync(join(KNOWLEDGE, id, 'source.txt')));
  });

  it('have labels of their own, each leading to its clause', () => {
    expect(new Set(p.clauses.map((c) => c.label)).size).toBe(p.clauses.length);
    for (const c of p.clauses) expect(p.clause(c.label)).toBe(c);
  });

  it('hold all text of the document together, once', () => {
    let at = 0;
    for (const c of p.clauses) {
      expect(c.start).toBeGreaterThanOrEqual(at);
      expect(bare(p.source.slice(at, c.start)), `before ${c.label}`).toBe('');
      at = c.end;
    }
    expect(bare(p.source.slice(at))).toBe('');
  });

  it('show the words of their place in the source and no others', () => {
    for (const c of p.clauses) expect(bare(c.text), c.label).toBe(bare(p.source.slice(c.start, c.end)));
  });

  it('show no residue of the conversion', () => {
    for (const c of p.clauses) {
      for (const text of shown(c)) {
        expect(text, c.label).not.toMatch(/\[bookmark|\*\*|(^|\n)#|\t|\r|\u00a0|\u3000| {2}|\n\n|^\s|\s$/);
      }
    }
  });

  it('show no blank beside Chinese words but after the number of a chapter or an article and between options', () => {
    for (const c of p.clauses) {
      const text = c.text.replace(/^(第[一二三四五六七八九十]+[章条]) /gm, '$1').replace(/ (?=[A-Z]\.)/g, '');
      expect(text, c.label).not.toMatch(/[一-龥，。；：、] | [一-龥，。；：、]/);
    }
  });

  it('break no sentence: a line that ends in the middle of one is followed by none', () => {
    for (const c of p.clauses) {
      const lines = c.text.split('\n');
      for (const line of lines.slice(0, -1)) expect(line, c.label).not.toMatch(/[，、（《“]$/);
    }
  });

  it('nest: a child lies within its parent, and its path begins with that of its parent', () => {
    for (const c of p.clauses) {
      if (c.parent === null) continue;
      expect(c.start).toBeGreaterThanOrEqual(c.parent.end);
      expect(c.endAll).toBeLessThanOrEqual(c.parent.endAll);
      expect(c.path.slice(0, c.parent.path.length)).toEqual(c.parent.path);
      expect(c.parent.children).toContain(c);
    }
  });

  it('are found again by any stretch of their words', () => {
    const clauses = p.clauses.filter((c) => bare(c.text).length > 0);
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 40 }), (n, from, length) => {
        const c = clauses[n % clauses.length]!;
        const words = p.verbatim(c);
        const start = from % words.length;
        const quote = words.slice(start, start + length);
        const place = p.find(quote, c.label)!;
        expect(p.source.slice(place.start, place.end).replace(/\s+/g, '')).toBe(quote);
        expect(p.clauseAt(place.start)).toBe(place.clause);
      }),
      { numRuns: 300 },
    );
  });
});

describe('clauses word for word', () => {
  it.each([
    [
      'quanzhou-2026',
      '五（三）',
      '（三）综合评审。市科技局或委托第三方机构组织专家对推荐的申报方案进行论证。经研究及公示无异议后，备案为泉州市创新联合体。联合体名称为“泉州市XXX创新联合体”。',
    ],
    [
      'quanzhou-2026',
      '附件3 合作交流',
      '合作交流（10分）\n1.与高校、科研院所等签订技术合作协议≥2份（5分）\n2.年度举办论坛、路演等活动≥2场次（3分）\n3.引进泉州市高层次人才1人以上（2分）',
    ],
    ['quanzhou-2026', '附件2', '附件2\n泉州市创新联合体建设方案\n（参考提纲）'],
    [
      'xiamen-2025',
      '第六条（一）',
      '（一）创新联合体由企业、高等学校、科研院所、新型研发机构或医疗机构（生命健康领域）等7个（含）以上单位组成，其中企业不少于5个、其它单位不少于2个。',
    ],
    [
      'xiamen-2025',
      '第三条',
      '第三条 厦门市科学技术局（以下简称市科技局）负责厦门市创新联合体的备案和管理工作。',
    ],
    [
      'xiamen-2025',
      '第十二条（八）',
      '（八）支持创新联合体探索运行新机制。对形成成果转化效益显著的新机制、新模式，给予联合体常设执行机构依托单位30万元奖励。',
    ],
    [
      'qingdao-2025',
      '五（四）',
      '（四）选聘首席专家\n选聘学术造诣高，熟悉产业发展，具备团结协作和组织协调能力的首席专家，引领创新联合体高效运行。',
    ],
    ['qingdao-2025', '附件', '附件\n青岛市创新联合体建设方案\n（参考提纲）'],
    [
      'wenzhou-draft',
      '四（二）',
      '（二）编制建设方案。牵头单位联合相关方确定成员单位，编制包括目标任务、组织架构、运行机制等内容的建设方案。',
    ],
    ['wenzhou-draft', '首部', '附件2\n温州市重点产业链创新联合体建设实施方案（试行）\n（征求意见稿）'],
    [
      'quanzhou-reply-108',
      '三（一）',
      '（一）支持关键技术攻关。鼓励创新联合体凝练产业链共性关键技术需求，牵头承担市级重点研发专项、“揭榜挂帅”等重大科技项目，支持申报国家、省级科研攻关项目，并按规定给予配套补助。',
    ],
  ])('%s %s', (id, label, text) => {
    expect(policy(id).clause(label)!.text).toBe(text);
  });

  it('joins a sentence that a page cut', () => {
    expect(policy('quanzhou-reply-108').clause('一')!.text).toContain(
      '先后出台《关于推动科研院所市场化产业化转型的实施意见》',
    );
    expect(policy('xiamen-2025').clause('第八条')!.text).not.toContain('\n');
  });

  it('keeps paragraphs apart that the document keeps apart', () => {
    const paragraphs = policy('xiamen-2025').clause('第六条（二）1')!.text.split('\n');
    expect(paragraphs).toHaveLength(2);
    expect(paragraphs[1]).toMatch(/^生命健康领域若牵头单位为医疗机构/);
  });

  it.each([
    ['xiamen-2025', '第六条（二）1', ['第二章 组建', '第六条', '（二）', '1']],
    ['xiamen-2025', '第十条（四）', ['第三章 支持措施', '第十条 平台建设支持', '（四）']],
    ['quanzhou-2026', '一', ['一、功能定位']],
    ['quanzhou-2026', '三（一）', ['三、申报条件', '（一）']],
    [
      'quanzhou-2026',
      '附件3 管理制度',
      ['附件3 泉州市创新联合体评价指标体系', '建立运行机制（10分）', '管理制度'],
    ],
    [
      'quanzhou-2026',
      '附件1 申请表 五',
      ['附件1 泉州市创新联合体组建申请书', '申请表', '五、联合体已有科研平台情况'],
    ],
    ['wenzhou-draft', '附1', ['附1 温州市重点产业链创新联合体备案申请表']],
    ['quanzhou-reply-108', '二（三）', ['二、建强技术转移转化体系，以平台与数字技术赋能增效', '（三）']],
  ])('%s %s stands at its place', (id, label, path) => {
    expect(policy(id).clause(label)!.path).toEqual(path);
  });
});

describe('a label however it is cited', () => {
  it.each([
    [
      'xiamen-2025',
      '第六条（二）1',
      [
        '第六条第（二）项第1目',
        '6条(二)1',
        '第6条第2项第1目',
        '第六条第二项第一目',
        '第六条 （二） 1.',
        '6（二）1',
        '第二章第六条（二）1',
        '《厦门市创新联合体管理办法》第六条（二）1',
        '第六条第２项１',
      ],
    ],
    ['xiamen-2025', '第六条（二）', ['第6条第2项', '第六条第二款', '六条二', '第六条(2)']],
    ['xiamen-2025', '第二章', ['第2章', '第二章 组建']],
    ['xiamen-2025', '第十二条（八）', ['第12条第八项', '12条（8）']],
    [
      'quanzhou-2026',
      '三（一）',
      ['三、（一）', '三(一)', '第三部分第一项', '3（1）', '三、申报条件（一）', '第三条第一款'],
    ],
    ['quanzhou-2026', '七（四）', ['七（四）', '七、（四）', '七、监督管理 （四）']],
    ['quanzhou-2026', '一', ['一、', '一、功能定位', '第一部分']],
    [
      'quanzhou-2026',
      '附件3 责任体系',
      ['附件三 责任体系', '附件3责任体系', '附件 3 责任体系（6分）', '附件三，责任体系'],
    ],
    ['quanzhou-2026', '附件2 五（一）1', ['附件二 五（一）1', '附件2第五部分（一）1']],
    ['wenzhou-draft', '附1', ['附件1', '附件一', '附一']],
    ['qingdao-2025', '附件 一', ['附件一', '附件 一、建设意义及基础优势']],
  ])('%s %s', (id, label, ways) => {
    for (const way of ways) expect(policy(id).clause(way)?.label, way).toBe(label);
  });

  it.each([
    '',
    ' ',
    '第九十九条',
    '三（九）',
    '三、附则',
    '附件9',
    '完全无关',
    '第零条',
    '三（一）99',
    '一'.repeat(300),
  ])('knows no clause “%s”', (label) => {
    expect(policy('quanzhou-2026').clause(label)).toBeNull();
  });

  it('answers anything at all with a clause or null', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'第一二三十六条章（）()12附件项目款 、申报条件') }),
        (label) => {
          const found = policy('quanzhou-2026').clause(label);
          expect(found === null || found.policy === 'quanzhou-2026').toBe(true);
        },
      ),
    );
  });
});

describe('finding words', () => {
  it('gives their offsets in the source, wrapped lines and all', () => {
    const p = policy('xiamen-2025');
    const quote = '年主营业务收入原则上应达到5亿元以上（含）';
    const place = p.find(quote)!;
    expect(place.clause.label).toBe('第六条（二）1');
    expect(p.source.slice(place.start, place.end).replace(/\s+/g, '')).toBe(quote);
    expect(p.text(place.start, place.end)).toBe(quote);
  });

  it('keeps to the clause it is told and its children', () => {
    const p = policy('quanzhou-2026');
    expect(p.find('2000万', '附件3')!.clause.label).toBe('附件3 转化机制');
    expect(p.find('2000万', '三')!.clause.label).toBe('三（一）');
    expect(p.find('2000万', '八')).toBeNull();
    expect(p.find('2000万', '九')).toBeNull();
    expect(p.find(' ')).toBeNull();
  });
});
