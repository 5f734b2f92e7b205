import { matchAt } from './look.js';

/**
 * One character for one character, so that offsets stay: full-width forms to ASCII, traditional and formal numerals to
 * the common ones. Only for reading; what is shown is always cut from the original text.
 */
const FOLDED = new Map<string, string>();

for (let code = 0xff01; code <= 0xff5e; code++) {
  FOLDED.set(String.fromCharCode(code), String.fromCharCode(code - 0xfee0));
}
const PAIRS: [string, string][] = [
  ['　', ' '],
  ['￥', '¥'],
  ['﹪', '%'],
  ['○', '〇'],
  ['◯', '〇'],
  ['萬', '万'],
  ['億', '亿'],
  ['兩', '两'],
  ['俩', '两'],
  ['個', '个'],
  ['圓', '元'],
  ['圆', '元'],
  ['塊', '块'],
  ['餘', '余'],
  ['幾', '几'],
  ['來', '来'],
  ['數', '数'],
  ['點', '点'],
  ['號', '号'],
  ['–', '-'],
  ['—', '-'],
  ['−', '-'],
  ['‐', '-'],
  ['〜', '~'],
  ['∼', '~'],
  ['≧', '≥'],
  ['⩾', '≥'],
  ['≦', '≤'],
  ['⩽', '≤'],
  ['﹥', '>'],
  ['﹤', '<'],
];
for (const [from, to] of PAIRS) FOLDED.set(from, to);
// A Chinese comma parts sentences (研发300，200人); only the Latin one groups digits.
FOLDED.delete('，');

const FOLD_TABLE = new Uint16Array(0x10000);
for (const [from, to] of FOLDED) FOLD_TABLE[from.charCodeAt(0)] = to.charCodeAt(0);

const FORMAL: Record<string, string> = {
  壹: '一',
  贰: '二',
  貳: '二',
  叁: '三',
  參: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  陸: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  零: '零',
  拾: '十',
  佰: '百',
  仟: '千',
};
/** Formal figures as an amount writes them: two and more of them, or one before 万, 亿 or 元. */
const FORMAL_RUN = /[壹贰貳叁參肆伍陆陸柒捌玖零拾佰仟]{2,}|[壹贰貳叁參肆伍陆陸柒捌玖零拾佰仟](?=[万亿元])/g;

/** The text as the reader sees it; same length as the original. */
export function fold(text: string): string {
  let out = '';
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const to = FOLD_TABLE[text.charCodeAt(i)]!;
    if (to !== 0) {
      out += text.slice(from, i) + String.fromCharCode(to);
      from = i + 1;
    }
  }
  out += text.slice(from);
  // 伍, 陆 and 参 are ordinary words as well (队伍, 陆续): they count only within a formal amount.
  return out.replace(FORMAL_RUN, (run) => [...run].map((c) => FORMAL[c]).join(''));
}

/**
 * White space that may stand inside one quantity (a wrapped line of a converted PDF), as the source of a pattern; never
 * a tab, which parts table cells.
 */
export const GAP = '[ \\n\\r\\u00a0\\u2009]{0,12}';
const GAP_HERE = new RegExp(GAP, 'y');

/** The position after the white space at i, as much as may stand inside one quantity. */
export function skipGap(s: string, i: number): number {
  return i + matchAt(GAP_HERE, s, i)![0].length;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A Latin letter or underscore. */
export function isLatin(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
}
