const DIGITS = '〇一二三四五六七八九';

/** 1 to 99 as a Chinese numeral. */
function chinese(n: number): string {
  if (n < 10) return DIGITS[n]!;
  const tens = Math.floor(n / 10);
  return `${tens === 1 ? '' : DIGITS[tens]}十${n % 10 === 0 ? '' : DIGITS[n % 10]}`;
}

/**
 * One spelling for all ways to write a label: 第六条第（二）项第1目 = 第6条(二)1, 三、（一） = 三(一), 附件三 = 附件3.
 */
export function normaliseLabel(label: string): string {
  return label
    .normalize('NFKC')
    .replace(/[\s、.．,，“”"·]/g, '')
    .replace(/第?(\d{1,2})条/g, (_, n: string) => `第${chinese(Number(n))}条`)
    .replace(/^([一二三四五六七八九十]+)条/, '第$1条')
    .replace(/^第([一二三四五六七八九十\d]+)(?:部分|节|大条|大点)/, '$1')
    .replace(/^(\d{1,2})(?=$|\()/, (_, n: string) => chinese(Number(n)))
    .replace(/第?\((\d{1,2})\)/g, (_, n: string) => `(${chinese(Number(n))})`)
    .replace(/第\(/g, '(')
    .replace(/\)[项款点]/g, ')')
    .replace(/第?(\d{1,2})项/g, (_, n: string) => `(${chinese(Number(n))})`)
    .replace(/第?(\d+)[目点款]/g, '$1')
    .replace(/^(附件?)([一二三四五六七八九])/, (_, a: string, n: string) => `${a}${DIGITS.indexOf(n)}`);
}
