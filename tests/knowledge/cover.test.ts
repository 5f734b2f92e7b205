import { describe, expect, test } from 'vitest';
import { cleanText } from '../../src/knowledge/index.js';
import { library } from './support.js';

/**
 * The words of a source, read without the parser: white space, bookmark marks and Markdown signs are no words. Runs of
 * asterisks longer than Markdown's are blanks of a form.
 */
const words = (text: string): string =>
  text
    .replace(/\[bookmark:[^\]]*\]/g, '')
    .replace(/^#{1,6}\s/gm, '')
    .replace(/\*+/g, '')
    .replace(/\s+/g, '');

describe.each(library.policies.map((p) => [p.meta.id, p] as const))('%s', (_, policy) => {
  test('the clauses hold every word of the document once, in its order', () => {
    expect(policy.clauses.map((c) => words(c.text)).join('')).toBe(words(policy.source));
  });

  test('no paragraph ends inside a sentence', () => {
    // Body text only: what stands in forms, tables, titles and signatures are words without stops.
    const body = policy.clauses.filter(
      (c) => ['section', 'paragraph', 'item', 'article'].includes(c.kind) && !c.label.startsWith('附'),
    );
    for (const c of body)
      for (const [i, line] of c.text.split('\n').entries())
        if (i > 0 || line.length > 40) expect(line, c.label).toMatch(/[。：；]$/);
  });
});

describe('words in a clause', () => {
  test('words that stand twice are found in the clause that is named', () => {
    const policy = library.policy('quanzhou-2026')!;
    const ratio = '占同期销售收入总额的比例不低于5%';
    expect(policy.find(ratio)?.clause.label).toBe('三（一）');
    expect(policy.find(ratio, '三（二）')?.clause.label).toBe('三（二）');
    expect(policy.find(ratio, '三')?.clause.label).toBe('三（一）');
    expect(policy.find(ratio, '四')).toBeNull();
    expect(policy.find(ratio, '三十')).toBeNull();
  });

  test('a quote may run over a wrapped line and a page', () => {
    const place = library.policy('xiamen-2025')!.find('输入医院的科技成果及资格资质作为申报条件');
    expect(place?.clause.label).toBe('第六条（二）1');
    expect(library.policy('quanzhou-reply-108')!.find('20万元-300万元补助')?.clause.label).toBe('一（三）');
  });
});

test('any official text can be read as a clause is', () => {
  expect(cleanText('### 一、**总则**\n\n由 7 个（含）以上单位组成，　其中企业 5 家。\n')).toBe(
    '一、总则\n由7个（含）以上单位组成，其中企业5家。',
  );
  expect(cleanText(' \n')).toBe('');
});
