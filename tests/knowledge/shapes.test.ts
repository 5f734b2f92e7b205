import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadEntries, loadPolicy, loadTopics, type Policy } from '../../src/knowledge/index.js';
import { packsWith, policy, refusal } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'wence-shapes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
/** A pack of a city that is none of the project's, with the given document. */
function pack(source: string, structure = ''): Policy {
  const id = `city-${made++}`;
  mkdirSync(join(folder, id));
  writeFileSync(join(folder, id, 'source.txt'), source);
  writeFileSync(
    join(folder, id, 'policy.yaml'),
    `id: ${id}\ntitle: 某市办法\nshortTitle: 某市办法\nissuer: 某局\noffice: 某局\ncity: some\ncityName: 某市\nkind: rules\nstructure:\n  bodyAfter: 某市办法\n${structure}`,
  );
  return loadPolicy(join(folder, id));
}
const labels = (p: Policy): string[] => p.clauses.map((c) => c.label);

describe('documents of other shapes', () => {
  test('articles with 款, 项, 目 and what stands below them', () => {
    const p = pack(
      '某市办法\n第一章　总则\n第一条　为了规范，制定本办法。\n第二条　条件如下：\n（一）企业：\n1．营收达到1亿元；\n（1）按上年度计算；\n（2）按合并口径。\n2．研发达标。\n（二）高校。\n第十一条　本办法自印发之日起施行。\n',
    );
    expect(labels(p)).toEqual([
      '首部',
      '第一章',
      '第一条',
      '第二条',
      '第二条（一）',
      '第二条（一）1',
      '第二条（一）1（1）',
      '第二条（一）1（2）',
      '第二条（一）2',
      '第二条（二）',
      '第十一条',
    ]);
    expect(p.clause('第2条第1项第1目')?.text).toBe('1．营收达到1亿元；');
    expect(p.clause('第二条（一）1（2）')?.text).toBe('（2）按合并口径。');
    expect(p.clause('第11条')?.label).toBe('第十一条');
  });

  test('a reference that a wrap puts at the head of a line begins no clause', () => {
    const p = pack(
      [
        '某市办法',
        '第一条 牵头单位应当符合国家和省里的规定，并且依照本办法',
        '第二条 的要求提交材料，其中企业应当同时满足前条所列的',
        '（一）项条件。',
        '第二条 材料包括申请表、组建协议、建设方案，以及牵头的说',
        '明。',
      ].join('\n\n'),
      '  wrapped: true\n',
    );
    expect(labels(p)).toEqual(['首部', '第一条', '第二条']);
    expect(p.clause('第一条')?.text).toContain('同时满足前条所列的（一）项条件。');
  });

  test('what follows an annex that is a table is read too', () => {
    const p = pack(
      '某市办法\n一、总则\n附件1\n评分表\n\t任务\n\t指标\n\t内容\n\t机制（10分）\n\t责任（4分）\n\t明确责任（4分）\n\t\n\t制度\n（6分）\n\t健全制度（6分）\n附件2\n提纲\n一、背景\n二、目标\n',
      '  tables:\n    - { annex: 附件1, columns: 3 }\n',
    );
    expect(labels(p)).toEqual([
      '首部',
      '一',
      '附件1',
      '附件1 责任',
      '附件1 制度',
      '附件2',
      '附件2 一',
      '附件2 二',
    ]);
    expect(p.clause('附件1 制度')?.path).toEqual(['附件1 评分表', '机制（10分）', '制度']);
    expect(p.clause('附件1 制度')?.text).toBe('制度（6分）\n健全制度（6分）');
  });

  test('numbers that stand twice have labels of their own', () => {
    const p = pack('某市办法\n一、总则\n（一）甲。\n（一）乙。\n');
    expect(new Set(labels(p)).size).toBe(4);
    for (const c of p.clauses) expect(p.clause(c.label)?.text).toBe(c.text);
  });
});

describe('an entry that its document does not hold', () => {
  /** What loading 泉州's entries says when its first words are changed. */
  const changed = (from: string | RegExp, to: string): string => {
    const file = join('quanzhou-2026', 'entries.yaml');
    const dir = packsWith(file, (text) => {
      const next = text.replace(from, to);
      expect(next).not.toBe(text);
      return next;
    });
    const topics = loadTopics(join(dir, 'topics.yaml'));
    return refusal(() => loadEntries(join(dir, file), policy('quanzhou-2026'), topics));
  };
  /** What loading one entry says. */
  const entry = (lines: string): string => {
    const dir = packsWith(join('quanzhou-2026', 'entries.yaml'), () => `- id: odd\n  title: 题\n${lines}`);
    const topics = loadTopics(join(dir, 'topics.yaml'));
    const topic = [...topics.keys()][0]!;
    const file = join(dir, 'quanzhou-2026', 'entries.yaml');
    writeFileSync(file, `- id: odd\n  topic: ${topic}\n  title: 题\n${lines}`);
    return refusal(() => loadEntries(file, policy('quanzhou-2026'), topics));
  };

  test('a wrong quote is answered with the words most like it', () => {
    const said = entry('  say: 营收要求。\n  clause: 三（一）\n  quote: 上年度主营业务收入3亿元以上\n');
    expect(said).toMatch(/entries\.yaml:1: odd：.*收入3亿元以上”不在三（一）里/);
    expect(said).toMatch(/那里最接近的是：.*上年度主营业务收入2亿元以上$/);
  });

  test('a quote from another clause is answered with that clause', () => {
    const said = entry('  say: 营收要求。\n  clause: 三（三）\n  quote: 上年度主营业务收入2亿元以上\n');
    expect(said).toMatch(/不在三（三）里；它在三（一）里$/);
  });

  test('a quantity that is said must stand in a quote', () => {
    const said = entry(
      '  say: 营收要3亿元以上。\n  clause: 三（一）\n  quote: 上年度主营业务收入2亿元以上\n',
    );
    expect(said).toMatch(/odd：say 里说了“3亿元”.*所引的原文里没有/);
  });

  test('an unknown topic is answered with those like it', () => {
    expect(changed(/topic: \S+/, 'topic: consortium.sise')).toMatch(
      /没有事项“consortium\.sise”；相近的有 .*consortium\.size/,
    );
  });

  test('an unknown clause is named', () => {
    expect(entry('  say: 营收。\n  clause: 三（九）\n  quote: 营收\n')).toMatch(
      /quanzhou-2026 没有条款“三（九）”；条款写作 三（一）、第六条（二）1 这样，相近的有 三/,
    );
  });
});
