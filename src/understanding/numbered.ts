const NUMBER = /^\s*(\d{1,2})\s+(?=[\u4e00-\u9fffA-Za-z])/;

const HEADING = /(序号|编号|No\.?)\s/i;

/** The numbers of a list's lines taken out (1 本公司⏎2 厦门大学⏎3 …), where lines are numbered from one on: they count nothing. */
export function withoutNumbers(text: string): string {
  // 序号 类型 数量: the numbers are a column of their own.
  if (HEADING.test(text)) return text;
  const lines = text.split('\n');
  let next = 1;
  const numbered = lines.filter((l) => {
    const n = NUMBER.exec(l)?.[1];
    if (n === undefined || Number(n) !== next) return false;
    next++;
    return true;
  });
  if (numbered.length < 3) return text;
  return lines.map((l) => (numbered.includes(l) ? l.replace(NUMBER, '') : l)).join('\n');
}
