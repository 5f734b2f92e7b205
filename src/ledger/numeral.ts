const DIGITS = '零一二三四五六七八九';

/** The first number in words, as digits: 6 of 第六条, 12 of 第十二条, 2 of 两地; null where none stands. */
export function firstNumeral(text: string): string | null {
  const found = /\d+|[零一二两三四五六七八九十百]+/.exec(text.normalize('NFKC'))?.[0];
  if (found === undefined || /^\d/.test(found)) return found ?? null;
  let total = 0;
  let digit: number | null = null;
  for (const c of found.replaceAll('两', '二')) {
    const scale = c === '十' ? 10 : c === '百' ? 100 : null;
    if (scale === null) digit = DIGITS.indexOf(c);
    else {
      total += (digit ?? 1) * scale;
      digit = null;
    }
  }
  return String(total + (digit ?? 0));
}
