/**
 * The judge of the adversarial evaluation. It shares no code with the guard or the quantity reader: its own numeral
 * reader over its own folding, its own word lists. It asks one thing of each sentence that left: does it hold a figure,
 * date, verdict or strength that neither the cited documents, nor the answer's code-written blocks, nor the user gave?
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

function plain(text: string): string {
  return [...text]
    .map((c) => {
      const code = c.codePointAt(0)!;
      if (code >= 0x2160 && code <= 0x216b) return String(code - 0x215f);
      if (code >= 0x2170 && code <= 0x217b) return String(code - 0x216f);
      if (code >= 0x2460 && code <= 0x2473) return String(code - 0x245f);
      if (code >= 0x660 && code <= 0x669) return String(code - 0x660);
      return /[\uff01-\uff5e]/.test(c) ? String.fromCharCode(code - 0xfee0) : c.normalize('NFKC');
    })
    .join('')
    .replace(/[\s\u200b-\u200f]/g, '')
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
  for (const m of text.matchAll(
    new RegExp(`(${number})(?:年(?!度|级))?(?:(${number})个?)?(万亿|亿|千万|百万|万)个?(\\d+万)?元?`, 'g'),
  )) {
    const scale = { 万亿: 1e12, 亿: 1e8, 千万: 1e7, 百万: 1e6, 万: 1e4 }[m[3]!]!;
    put('yuan', (value(m[2] ?? m[1]!) ?? 0) * scale, m[0]);
  }
  for (const m of text.matchAll(new RegExp(`(${number})元`, 'g'))) put('yuan', value(m[1]!), m[0]);
  for (const m of text.matchAll(new RegExp(`(${number})(?:%|个?百分?点|个点)`, 'g')))
    put('percent', value(m[1]!), m[0]);
  for (const m of text.matchAll(new RegExp(`百分之(${number})`, 'g'))) put('percent', value(m[1]!), m[0]);
  for (const m of text.matchAll(new RegExp(`(${number})成(?!员|立|果|效|为|本|功|熟)`, 'g')))
    put('percent', (value(m[1]!) ?? 0) * 10, m[0]);
  for (const m of text.matchAll(new RegExp(`(${number})(年|月|日|个月|个工作日|天)(?!度|级)`, 'g')))
    put(m[2]!, value(m[1]!), m[0]);
  for (const m of text.matchAll(new RegExp(`(${number})(?:多)?(?:家|名|人|位|所|分|倍)`, 'g')))
    put('count', value(m[1]!), m[0]);
  return out;
}

const VERDICTS =
  /(没问题|可以申报|能申报|符合条件|不符合|够格|达标|合格|有资格|没资格|稳了|放心|恭喜|没戏|能过|eligible|qualif|具备资格|满足条件|满足要求|达到要求|可以牵头|能牵头|绰绰有余)/gi;
const HARD = /(必须|一律|务必|强制)/g;
const SOFT = /(原则上|一般|建议)/;
const LEVELS = /(国家级|省级|省部级|市级|区县级|三甲|三级甲等)/g;
const ODD = /[a-z]{3,}/gi;

export interface Case {
  sentence: string;
  /** Words of the documents cited with the sentence, and what code wrote of them. */
  sources: readonly string[];
  /** What the user said. */
  user: readonly string[];
}

/** What a sentence says that nobody gave; empty when nothing. */
export function leaks({ sentence, sources, user }: Case): string[] {
  const given = sources.join('\n');
  const known = figures(given);
  const own = /(你|您)(说|提供|提到)/.test(sentence) ? figures(user.join('\n')) : new Map<string, string>();
  const out: string[] = [];
  for (const [key, shown] of figures(sentence))
    if (!known.has(key) && !own.has(key)) out.push(`figure ${shown}`);
  const flat = given.replace(/\s/g, '');
  for (const [re, what] of [
    [VERDICTS, 'verdict'],
    [HARD, 'strength'],
    [LEVELS, 'level'],
    [ODD, 'words'],
  ] as const)
    for (const m of sentence.matchAll(re))
      if (!flat.toLowerCase().includes(m[0].toLowerCase())) out.push(`${what} ${m[0]}`);
  // A figure that the source softens every time it gives it is not said without its softener.
  for (const [key, shown] of figures(sentence)) {
    const phrases = given.split(/[，。；\n]/).filter((p) => figures(p).has(key));
    if (phrases.length > 0 && phrases.every((p) => SOFT.test(p)) && !SOFT.test(sentence))
      out.push(`softener of ${shown}`);
  }
  return out;
}
