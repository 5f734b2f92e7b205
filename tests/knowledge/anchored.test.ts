import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPolicy } from '../../src/knowledge/index.js';
import { packsWith, refusal } from './support.js';

/** What loading a pack says when words of its policy.yaml are changed. */
function changed(id: string, from: string, to: string): string {
  const file = join(id, 'policy.yaml');
  const dir = packsWith(file, (text) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  });
  return refusal(() => loadPolicy(join(dir, id)));
}

describe('a pack that says what its document does not is refused, with the line of the field', () => {
  test.each([
    [
      'quanzhou-2026',
      'title: 泉州市',
      'title: 福州市',
      /policy\.yaml:2: title：.*没有“福州市创新联合体管理办法/,
    ],
    ['quanzhou-2026', '〔2026〕3号', '〔2026〕4号', /policy\.yaml:4: docNumber：.*泉科规〔2026〕4号/],
    [
      'quanzhou-2026',
      '2026-05-01',
      '2026-06-01',
      /policy\.yaml:12: effective：.*2026-05-01.*没有2026年6月1日/,
    ],
    ['quanzhou-2026', '2030-12-31', '2031-12-31', /policy\.yaml:13: expires：.*2030-12-31/],
    ['quanzhou-2026', '2026-03-24', '2026-03-25', /policy\.yaml:11: issued：.*2026-03-24/],
    ['xiamen-2025', '2028-08-10', '2028-08-09', /policy\.yaml:14: expires：应是 2028-08-10.*有效期3年/],
    [
      'xiamen-2025',
      'From: 有效期3年',
      'From: 有效期5年',
      /policy\.yaml:15: expiresComputedFrom：.*有效期5年/,
    ],
    ['xiamen-2025', 'From: 有效期3年', 'From: 同时废止', /expiresComputedFrom：应是以年计的期限原话/],
    [
      'xiamen-2025',
      '厦科创〔2023〕4号',
      '厦科创〔2023〕5号',
      /policy\.yaml:\d+: repeals\.0\.docNumber：.*5号/,
    ],
  ])('%s: %s → %s', (id, from, to, said) => {
    expect(changed(id, from, to)).toMatch(said);
  });

  test('marks, tables and the first line must be found in the document', () => {
    expect(changed('quanzhou-2026', 'bodyAfter: 泉州市', 'bodyAfter: 泉州巿')).toMatch(
      /policy\.yaml:\d+: structure\.bodyAfter：应是文件里完整的一行/,
    );
    expect(changed('quanzhou-2026', 'line: 功能定位', 'line: 功能地位')).toMatch(
      /policy\.yaml:\d+: structure\.marks\.0\.line：.*功能地位/,
    );
    expect(changed('quanzhou-2026', 'annex: 附件3', 'annex: 附件4')).toMatch(
      /policy\.yaml:\d+: structure\.tables\.0\.annex：.*附件4/,
    );
  });

  test('a misspelt field is named, and not the one it was meant to be', () => {
    const said = changed('quanzhou-2026', 'issuer:', 'isuer:');
    expect(said).toMatch(/policy\.yaml:5: /);
    expect(said).toContain('isuer');
    expect(said).toContain('issuer');
  });
});

describe('a source that is not UTF-8', () => {
  const source = join('quanzhou-2026', 'source.txt');
  const loading = (change: (text: string) => Uint8Array): string => {
    const dir = packsWith(source, change);
    return refusal(() => loadPolicy(join(dir, 'quanzhou-2026')));
  };

  test('is refused with its line and the offset of the first bad byte', () => {
    const lines = ['泉州\n', '管理', '\n'].map((s) => Buffer.from(s));
    const bytes = Buffer.concat([lines[0]!, lines[1]!, Buffer.from([0xff]), lines[2]!]);
    expect(loading(() => bytes)).toMatch(
      /source\.txt:2: 不是 UTF-8 编码（第 13 字节处）；请把文件另存为 UTF-8/,
    );
  });

  test('is refused when it was saved in another coding or cut inside a character', () => {
    expect(loading((t) => Buffer.from(`\ufeff${t}`, 'utf16le'))).toMatch(
      /source\.txt:1: 不是 UTF-8 编码（第 0 字节处）；/,
    );
    const cut = (t: string): Buffer => Buffer.concat([Buffer.from(t), Buffer.from([0xe6, 0xb3])]);
    expect(loading(cut)).toMatch(/source\.txt:\d+: 不是 UTF-8/);
  });
});

describe('a source from another editor', () => {
  test.each([
    ['a byte order mark', (t: string) => `\ufeff${t}`],
    ['line ends of Windows', (t: string) => t.replaceAll('\n', '\r\n')],
  ])('%s changes no clause', (_, change) => {
    const texts = (dir: string) => loadPolicy(join(dir, 'xiamen-2025')).clauses.map((c) => [c.label, c.text]);
    const file = join('xiamen-2025', 'source.txt');
    expect(texts(packsWith(file, change))).toEqual(texts(packsWith(file, (t) => t)));
  });
});
