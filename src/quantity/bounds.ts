import { GAP } from './fold.js';
import { matchAt, standsAt } from './look.js';
import type { Bound } from './types.js';

/** Words before a figure, each written without its white space. Longest match wins, so that 不超过 is not 超过. */
const LEFT: Record<Bound, string> = {
  'at-least':
    '不低于 不少于 不得少于 不得低于 不应低于 不应少于 不能低于 不能少于 不可低于 不小于 不得小于 不应小于 不下于 不下 应不低于 ' +
    '至少 最少 最低 起码 大于等于 大于或等于 等于或大于 高于或等于 多于或等于 不止低于 ≥ >= => 下限 下限为 满 期满 上 atleast nolessthan notlessthan nofewerthan minimumof',
  'at-most':
    '不超过 不超 不高于 不大于 不多于 不得超过 不得高于 不得多于 不得大于 不应超过 不应高于 不能超过 不可超过 最高不超过 最多不超过 ' +
    '超不过 超不了 没超 没过 没有过 没突破 未突破 没有突破 突破不了 没破 没高过 没超过 没有超过 没超过过 未超过 没有超出 不超出 至多 最多 最高 最大 顶多 撑死 小于等于 小于或等于 低于或等于 少于或等于 ≤ <= =< 上限 上限为 限 仅限 控制在 atmost nomorethan notmorethan upto notexceeding maximumof',
  over: '超过 超 超出 超越 高于 高出 大于 多于 多过 逾 > 突破 冲破 远超 远高于 过 已过 破 不止 不只 over morethan above exceeds exceeding greaterthan',
  under:
    '不到 不足 不满 未满 未达 未达到 没到 没到过 没有到过 没达到过 到不了 够不到 够不着 够不上 上不了 谈不上 过不了 没达到 没有达到 没有到 还没到 达不到 低于 少于 小于 < 不够 还不到 还不足 没有 远低于 将近 接近 快到 快 近 几近 逼近 几乎 几乎有 差一点 差点 差一点儿 不太到 under lessthan below fewerthan nearly almost',
  about:
    '约 大约 大概 差不多 大致 左右 约为 约合 约莫 估计 估摸 好像 可能 应该 大体 about around approximately roughly some',
};
/** Words after a figure. */
const RIGHT: Record<Bound, string> = {
  'at-least': '以上 及以上 或以上 之上 及其以上 含以上 以上含 起 起步 往上 打底 朝上 或更多 及更多 ormore +',
  'at-most': '以下 及以下 或以下 之下 以内 之内 内 封顶 为限 为上限 及以内 以里',
  over: '以外 之外 开外 出头 多 多一点 多点 多些 挂零 往外',
  under: '不到 未满 不满 不足 都不到 都没有 都没 都没到 还不到 还没到 都不够 差一点 差点 少一点 少点 缺一点',
  about: '左右 上下 的样子 差不多 大概 上下浮动',
};

/** Characters that make one word with the bound word behind them: 有限, 合约, 最近, 晚上. */
const NOT_AFTER: Record<string, string> = {
  约: '合签条预特节违制契公邀简',
  限: '有权界年期无时额受上下',
  近: '最附临邻靠远新',
  快: '加尽赶更飞',
  过: '经通不越度',
  满: '充',
  上: '以晚早线网之加赶会基身则',
  超: '赶反',
  没有: '有',
  可能: '不',
};
/** What must or must not follow a bound word: 上百, but 起草, 内部, 8+1 and 多家. */
const AHEAD: Record<string, string> = {
  上: `(?=${GAP}[百千万亿])`,
  起: `(?!${GAP}[草来点案到诉码])`,
  内: `(?!${GAP}[部外])`,
  '+': `(?!${GAP}[\\da-z])`,
  多: `(?=${GAP}(?:$|[\\t了的吧呢，。、,;:!?]|一些))`,
};

/** The bound of every word of a table. */
const boundsOf = (table: Record<Bound, string>) =>
  new Map(
    Object.entries(table).flatMap(([bound, list]) => list.split(' ').map((word) => [word, bound as Bound])),
  );

/** The words as one pattern, the longest first, white space allowed between their characters. */
function oneOf(words: Iterable<string>): string {
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  const patterns = longestFirst.map(
    (word) => `(?<![${NOT_AFTER[word] ?? ''}]${GAP})[${[...word].join(`]${GAP}[`)}]${AHEAD[word] ?? ''}`,
  );
  // No word begins within a Latin one: turnover, handsome.
  return `(?<![a-z](?=[a-z]))(${patterns.join('|')})`;
}

/** Bound words that reach the figure over `between`; the look-behind holds all from the word to the figure. */
const before = (words: Iterable<string>, between: string) =>
  new RegExp(`(?<=(${oneOf(words)}${between}${GAP}))`, 'iy');

const LEFT_BOUNDS = boundsOf(LEFT);
/** 近三年 and 快三年 are spans of time, not vague figures; these also stand directly before their figure. */
const ONLY_AMOUNTS = new Set('近 快 过 破 上 几近 没有 超'.split(' '));
/** Words that may stand between a bound and its figure. */
const FILLER = '(?:人民币|有个|包括|包含|需要|达到|得有|[为是有在达占到了要需得共计的也再])';
const FAR = '至少 最少 起码 至多 最多 最高 顶多 仅限 限';
const FAR_OF =
  '不低于 不少于 不得低于 不得少于 不超过 不高于 不得超过 不得高于 高于 低于 超过 少于 多于 达不到 不足 不到';
const END_OF_PHRASE = '\\s，。;,、:!?()“”"\\d';

const BEFORE_SPAN = [
  before(
    [...LEFT_BOUNDS.keys()].filter((word) => !ONLY_AMOUNTS.has(word)),
    `(?:${GAP}${FILLER}){0,2}?`,
  ),
  // 不低于营业收入的3%
  before(FAR_OF.split(' '), `(?:${GAP}[^${END_OF_PHRASE}]){1,14}${GAP}的`),
  // 至少主动策划申报1个, 最高支持额度可达2000万元: over a verb within their phrase.
  before(FAR.split(' '), `(?:${GAP}[^${END_OF_PHRASE}〇零一二两三四五六七八九十百千万亿的时]){1,12}`),
];
const BEFORE_AMOUNT = [before(LEFT_BOUNDS.keys(), ''), ...BEFORE_SPAN];

export interface BoundFound {
  bound: Bound;
  /** Offset of the first (left) or after the last (right) character of the bound words. */
  at: number;
}

const bare = (word: string) => word.replace(/\s/g, '').toLowerCase();

/** The bound word before offset i, or null. `amount` is false for durations and dates. */
export function boundBefore(s: string, i: number, amount: boolean): BoundFound | null {
  for (const pattern of amount ? BEFORE_AMOUNT : BEFORE_SPAN) {
    const match = matchAt(pattern, s, i);
    if (match !== null) return { bound: LEFT_BOUNDS.get(bare(match[2]!))!, at: i - match[1]!.length };
  }
  return null;
}

/** （含）, (含本数) */
const NOTE = `\\(${GAP}(?:不?含|包含|包括)(?:${GAP}[^()\\s，。、,;:?]){0,8}${GAP}\\)`;
/** 5家企业以上: a noun that may stand between a count and its bound. */
const NOUN = `(?:企业|单位|高校|院所|机构|研发人员|人员|成员|员工|项目|高校院所|人民币)${GAP}(?=及?${GAP}以${GAP}[上下内]|左${GAP}右|\\()`;

const after = (words: Iterable<string>) =>
  new RegExp(`${GAP}(?:${NOUN})?(?:${NOTE}${GAP})?${oneOf(words)}(?:${GAP}${NOTE})?`, 'iy');

const RIGHT_BOUNDS = boundsOf(RIGHT);
const AFTER_SPAN = after(RIGHT_BOUNDS.keys());
/** 内 bounds durations and word counts. */
const AFTER_AMOUNT = after([...RIGHT_BOUNDS.keys()].filter((word) => word !== '内'));
const WORD_COUNT = /(?<=字)/y;
/** 前 and 起 bound dates; 2025年起草 is none. */
const AFTER_DATE: [Bound, RegExp][] = [
  ['at-most', new RegExp(`${GAP}(?:(?:及${GAP})?(?:[之以]${GAP})?前|截${GAP}止|(?:为${GAP})?止)`, 'y')],
  ['at-least', new RegExp(`${GAP}(?:起(?!${GAP}草)|[以之]${GAP}后|以${GAP}来)`, 'y')],
];

/** The bound word after offset i, or null. */
export function boundAfter(s: string, i: number, kind: 'amount' | 'duration' | 'date'): BoundFound | null {
  if (kind === 'date') {
    for (const [bound, pattern] of AFTER_DATE) {
      const match = matchAt(pattern, s, i);
      if (match !== null) return { bound, at: i + match[0].length };
    }
    return null;
  }
  const pattern = kind === 'duration' || standsAt(WORD_COUNT, s, i) ? AFTER_SPAN : AFTER_AMOUNT;
  const match = matchAt(pattern, s, i);
  return match && { bound: RIGHT_BOUNDS.get(bare(match[1]!))!, at: i + match[0].length };
}
