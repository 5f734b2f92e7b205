import { addYears, writeDate } from '../quantity/index.js';
import type { Refuse } from './meta.js';
import type { PolicyMeta } from './types.js';

const squeeze = (s: string): string => s.replace(/\s+/g, '');
const PRINTED = /(\d{4})年(\d{1,2})月(\d{1,2})日/g;
const DIGITS = '零一二三四五六七八九十';

/**
 * Holds policy.yaml against its document: title, number, dates and what is repealed must be printed there (white space
 * aside), so that a slip of the pen in a date cannot change whether a policy is in force. An end date that is computed must
 * be what its term gives (Civil Code of the PRC, Articles 201 and 202: n years end with the corresponding day).
 * @param fail is called with the field and what would be accepted.
 */
export function checkAnchored(meta: PolicyMeta, source: string, fail: Refuse): void {
  const document = squeeze(source);
  const printed = (path: readonly PropertyKey[], words: string | null): void => {
    if (words !== null && !document.includes(squeeze(words)))
      fail(path, `应是文件里的原话；source.txt 里没有“${words}”`);
  };
  printed(['title'], meta.title);
  printed(['docNumber'], meta.docNumber);
  printed(['expiresComputedFrom'], meta.expiresComputedFrom);
  meta.repeals.forEach((old, i) => {
    printed(['repeals', i, 'title'], old.title);
    printed(['repeals', i, 'docNumber'], old.docNumber);
  });

  const dates = new Set(
    [...document.matchAll(PRINTED)].map((m) => `${m[1]}-${m[2]!.padStart(2, '0')}-${m[3]!.padStart(2, '0')}`),
  );
  const dated = [
    'issued',
    'effective',
    ...(meta.expiresComputedFrom === null ? (['expires'] as const) : []),
  ] as const;
  for (const field of dated) {
    const day = meta[field];
    if (day !== null && !dates.has(day))
      fail(
        [field],
        `应是文件里写着的日期（${[...dates].join('、') || '文件里一个也没有'}），没有就写 null；source.txt 里没有${writeDate(day)}`,
      );
  }
  if (meta.expiresComputedFrom !== null) checkTerm(meta, meta.expiresComputedFrom, fail);
}

function checkTerm(meta: PolicyMeta, words: string, fail: Refuse): void {
  const numeral = /(\d+|[一二三四五六七八九十])年/.exec(words)?.[1];
  if (numeral === undefined) fail(['expiresComputedFrom'], '应是以年计的期限原话，如“有效期3年”');
  if (meta.effective === null) fail(['expiresComputedFrom'], '还要有施行日期 effective，期限从那天算起');
  const years = /\d/.test(numeral) ? Number(numeral) : DIGITS.indexOf(numeral);
  const end = addYears(meta.effective, years);
  if (meta.expires !== end)
    fail(
      ['expires'],
      `应是 ${end}（“${words}”从 ${meta.effective} 起算的期满日），现在写的是 ${meta.expires}`,
    );
}
