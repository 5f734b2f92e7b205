/**
 * The judge's own reader of figures: its own folding, its own numerals. It shares no code with the guard or the quantity
 * reader, so that one's blind spot is not the other's.
 */
const DIGITS: Record<string, number> = {
  零: 0,
  〇: 0,
  一: 1,
  壹: 1,
  二: 2,
  两: 2,
  俩: 2,
  贰: 2,
  三: 3,
  叁: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
};
const TENS: Record<string, number> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000 };
const BIG: Record<string, number> = { 万: 1e4, 亿: 1e8 };

/** Reads a Chinese integer of any notation; null when it is none. */
export function chinese(text: string): number | null {
  let total = 0;
  let section = 0;
  let digit = 0;
  let any = false;
  for (const c of text) {
    if (c in DIGITS) {
      digit =
        any && section === 0 && /^[零〇一二三四五六七八九]+$/.test(text)
          ? digit * 10 + DIGITS[c]!
          : DIGITS[c]!;
      any = true;
    } else if (c in TENS) {
      section += (digit || 1) * TENS[c]!;
      digit = 0;
      any = true;
    } else if (c in BIG) {
      total = (total + section + digit) * BIG[c]!;
      section = 0;
      digit = 0;
    } else return null;
  }
  return any ? total + section + digit : null;
}

const TRADITIONAL: Record<string, string> = {
  億: '亿',
  萬: '万',
  兩: '两',
  貳: '贰',
  參: '叁',
  陸: '陆',
  個: '个',
  點: '点',
  員: '员',
  應: '应',
  須: '须',
  條: '条',
  標: '标',
  夠: '够',
  資: '资',
  貴: '贵',
  沒: '没',
  問: '问',
  題: '题',
  報: '报',
  達: '达',
  滿: '满',
  過: '过',
  單: '单',
  位: '位',
  會: '会',
  規: '规',
  無: '无',
  獎: '奖',
  勵: '励',
  後: '后',
  歲: '岁',
  頭: '头',
  牽: '牵',
  業: '业',
};
const SUZHOU = '〇〡〢〣〤〥〦〧〨〩';
const RARE: Record<string, string> = {
  仨: '三',
  弎: '三',
  弍: '二',
  弌: '一',
  俩: '两',
  卅: '三十',
  廿: '二十',
  卌: '四十',
};

/** A text with look-alikes, entities, keycaps, invisible and traditional characters as plain ones. */
export function plain(text: string): string {
  const decoded = text
    .replace(/&#x([0-9a-f]+);/gi, (_, h: string) => String.fromCodePoint(Number.parseInt(h, 16)))
    .replace(/&#(\d+);/g, (_, d: string) => String.fromCodePoint(Number(d)))
    .replace(/&(?:nbsp|ensp|emsp|thinsp);/g, '')
    .replace(/\p{Cf}|\ufe0f|\ufe0e|\u20e3/gu, '');
  return [...decoded]
    .map((c) => TRADITIONAL[c] ?? RARE[c] ?? (SUZHOU.includes(c) ? String(SUZHOU.indexOf(c)) : c))
    .map((c) => {
      const code = c.codePointAt(0)!;
      if (code >= 0x2160 && code <= 0x216b) return String(code - 0x215f);
      if (code >= 0x2170 && code <= 0x217b) return String(code - 0x216f);
      if (code >= 0x2460 && code <= 0x2473) return String(code - 0x245f);
      if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
      return /[\uff01-\uff5e]/.test(c) ? String.fromCharCode(code - 0xfee0) : c.normalize('NFKC');
    })
    .join('')
    .replace(/\s/g, '')
    .replace(/(\d),(?=\d{3})/g, '$1');
}

/** Every figure of a text as `kind:number`. */
export function figures(raw: string): Map<string, string> {
  const text = plain(raw).replace(
    /[〔[（(]\d{4}[〕\])）]\d+号/g,
    (m) => `《${m.replace(/\d/g, (d) => 'abcdefghij'[Number(d)]!)}》`,
  );
  const out = new Map<string, string>();
  const number = '(?:\\d+(?:\\.\\d+)?|[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]+)';
  const value = (n: string) => (/^\d/.test(n) ? Number(n) : chinese(n));
  const put = (kind: string, n: number | null, shown: string) =>
    n !== null && out.set(`${kind}:${Number(n.toPrecision(12))}`, shown);
  for (const m of text.matchAll(new RegExp(`(${number})个?(万亿|亿|千万|百万|万)个?(?:\\d+万)?元?`, 'g'))) {
    const scale = { 万亿: 1e12, 亿: 1e8, 千万: 1e7, 百万: 1e6, 万: 1e4 }[m[2]!]!;
    put('yuan', (value(m[1]!) ?? 0) * scale, m[0]);
  }
  for (const m of text.matchAll(new RegExp(`(${number})元`, 'g'))) put('yuan', value(m[1]!), m[0]);
  for (const m of text.matchAll(new RegExp(`(${number})(?:%|个?百分?点|个点)`, 'g')))
    put('percent', value(m[1]!), m[0]);
  for (const m of text.matchAll(new RegExp(`百分之(${number})`, 'g'))) put('percent', value(m[1]!), m[0]);
  for (const m of text.matchAll(new RegExp(`(${number})成(?!员|立|果|效|为|本|功|熟)`, 'g')))
    put('percent', (value(m[1]!) ?? 0) * 10, m[0]);
  for (const m of text.matchAll(new RegExp(`(${number})(年|月|日|个月|个工作日|天)(?!度|级)`, 'g')))
    put(m[2]!, value(m[1]!), m[0]);
  for (const m of text.matchAll(new RegExp(`(${number})(?:多)?(?:家|名|人|位|所|分(?!之)|倍)`, 'g')))
    put('count', value(m[1]!), m[0]);
  for (const m of text.matchAll(new RegExp(`(?<!百|千|万)(${number})分之(${number})`, 'g')))
    put('percent', ((value(m[2]!) ?? 0) / (value(m[1]!) || 1)) * 100, m[0]);
  for (const m of text.matchAll(new RegExp(`(${number})(?:折|番|倍)`, 'g'))) put('times', value(m[1]!), m[0]);
  return out;
}
