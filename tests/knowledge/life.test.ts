import { describe, expect, test } from 'vitest';
import { repealedDocuments, statusOn } from '../../src/knowledge/index.js';
import { library, policy } from './support.js';

describe('a document’s life', () => {
  test.each([
    ['xiamen-2025', '2025-08-09', 'not-yet'],
    ['xiamen-2025', '2025-08-10', 'in-force'],
    ['xiamen-2025', '2028-08-10', 'in-force'],
    ['xiamen-2025', '2028-08-11', 'expired'],
    ['quanzhou-2026', '2026-04-30', 'not-yet'],
    ['quanzhou-2026', '2026-05-01', 'in-force'],
    ['quanzhou-2026', '2030-12-31', 'in-force'],
    ['quanzhou-2026', '2031-01-01', 'expired'],
    ['qingdao-2025', '2025-03-05', 'undated'],
    ['qingdao-2025', '2099-01-01', 'undated'],
    ['wenzhou-draft', '2026-11-21', 'draft'],
    ['quanzhou-reply-108', '2026-11-21', 'informational'],
  ])('%s on %s is %s', (id, day, status) => {
    expect(statusOn(policy(id).meta, day)).toBe(status);
  });

  test('an end that is not printed says from which words it is computed', () => {
    expect(policy('xiamen-2025').meta.expiresComputedFrom).toBe('有效期3年');
    expect(policy('quanzhou-2026').meta.expiresComputedFrom).toBeNull();
  });

  test('what was repealed is known by number, with its successor and its last day’s cause', () => {
    expect(repealedDocuments(library)).toEqual([
      {
        title: '厦门市支持创新联合体建设工作指引',
        docNumber: '厦科创〔2023〕4号',
        by: policy('xiamen-2025'),
        on: '2025-08-10',
      },
    ]);
  });
});

describe('the words by which people mean a city', () => {
  test.each([
    ['quanzhou', '泉州 晋江 石狮 南安 鲤城 丰泽 洛江 泉港 惠安 安溪 永春 德化 台商投资区 quanzhou'],
    ['xiamen', '厦门 思明 湖里 集美 海沧 同安 翔安 鹭岛 xiamen'],
    ['qingdao', '青岛 市南 市北 李沧 崂山 黄岛 西海岸新区 城阳 即墨 胶州 平度 莱西 qingdao'],
    ['wenzhou', '温州 鹿城 龙湾 瓯海 洞头 瑞安 乐清 龙港 永嘉 平阳 苍南 文成 泰顺 瓯越 wenzhou'],
  ])('%s', (city, names) => {
    const known = library.policies.filter((p) => p.meta.city === city).flatMap((p) => p.meta.cityWords);
    for (const name of names.split(' '))
      expect(
        known.some((w) => w.startsWith(name)),
        name,
      ).toBe(true);
  });

  test('no word means two cities', () => {
    const owner = new Map<string, string>();
    for (const { meta } of library.policies)
      for (const word of meta.cityWords) {
        expect(owner.get(word) ?? meta.city, word).toBe(meta.city);
        owner.set(word, meta.city);
      }
  });
});
