import { isGap } from './fold.js';
import type { Bound } from './types.js';

/** Words before a figure. Longest match wins, so that 不超过 is not 超过. */
const LEFT: Record<Bound, string> = {
  'at-least':
    '不低于 不少于 不得少于 不得低于 不应低于 不应少于 不能低于 不能少于 不可低于 不小于 不得小于 不应小于 不下于 不下 应不低于 ' +
    '至少 最少 最低 起码 大于等于 大于或等于 等于或大于 高于或等于 多于或等于 不止低于 ≥ >= => 下限 下限为 满 期满 上 atleast nolessthan notlessthan nofewerthan minimumof',
  'at-most':
    '不超过 不超 不高于 不大于 不多于 不得超过 不得高于 不得多于 不得大于 不应超过 不应高于 不能超过 不可超过 最高不超过 最多不超过 ' +
    '没超过 没有超过 未超过 没有超出 不超出 至多 最多 最高 最大 顶多 撑死 小于等于 小于或等于 低于或等于 少于或等于 ≤ <= =< 上限 上限为 限 仅限 控制在 atmost nomorethan notmorethan upto notexceeding maximumof',
  over: '超过 超 超出 超越 高于 高出 大于 多于 多过 逾 > 突破 冲破 远超 远高于 过 已过 破 不止 不只 over morethan above exceeds exceeding greaterthan',
  under:
    '不到 不足 不满 未满 未达 未达到 没到 没达到 没有达到 没有到 还没到 达不到 低于 少于 小于 < 不够 还不到 还不足 没有 远低于 将近 接近 快到 快 近 几近 逼近 几乎 几乎有 差一点 差点 差一点儿 不太到 under lessthan below fewerthan nearly almost',
  about:
    '约 大约 大概 差不多 大致 左右 约为 约合 约莫 估计 估摸 好像 可能 应该 也就 大体 about around approximately roughly some',
};
/** Words after a figure. */
const RIGHT: Record<Bound, string> = {
  'at-least': '以上 及以上 或以上 之上 及其以上 含以上 以上含 起 起步 往上 打底 朝上 或更多 及更多 ormore +',
  'at-most': '以下 及以下 或以下 之下 以内 之内 内 封顶 为限 为上限 及以内 以里',
  over: '以外 之外 开外 出头 多一点 多点 多些 挂零 往外',
  under: '不到 未满 不满 不足 都不到 都没有 都没 都没到 还不到 还没到 都不够 差一点 差点 少一点 少点 缺一点',
  about: '左右 上下 的样子 差不多 大概 吧 上下浮动',
};

const LEFT_WORDS = index(LEFT);
const RIGHT_WORDS = index(RIGHT);
const LONGEST = 13;

function index(words: Record<Bound, string>): Map<string, Bound> {
  const map = new Map<string, Bound>();
  for (const [bound, list] of Object.entries(words) as [Bound, string][]) {
    for (const word of list.split(' ')) map.set(word, bound);
  }
  return map;
}

/** A word that ends like a bound word and is none: 有限, 合约, 最近, 晚上. Tested on the text up to the figure. */
const NOT_LEFT: Record<string, RegExp> = {
  约: /[合签条预特节违制契公邀简]约$/,
  限: /[有权界年期无时额受]限$/,
  近: /[最附临邻靠远新]近$/,
  快: /[加尽赶更飞]快$/,
  过: /[经通不越度]过$/,
  满: /[圆充]满$|满意$/,
  上: /[以晚早线网之加赶会基身则]上$/,
  超: /[赶反]超$/,
  over: /turnover$/,
  some: /[a-z]some$/,
  没有: /有没有$/,
  可能: /不可能$/,
};
/** 近三年 and 快三年 are spans of time, not vague figures. */
const ONLY_AMOUNTS = new Set(['近', '快', '过', '破', '上', '几近', '没有', '满', '超']);
/** Words that may stand between a bound and its figure. */
const FILLER =
  /(?:人民币|有个|包括|包含|需要|达到|为|是|有|在|达|占|到|了|要|需|得|得有|共|计|约有|的|也|再)$/;
/** 至少主动策划申报1个, 最高支持额度可达2000万元: these reach over a verb within their phrase. */
const FAR =
  /(至少|最少|起码|至多|最多|最高|顶多|仅限|限)([^，。；;,、：:！？!?（）()“”"\d〇零一二两三四五六七八九十百千万亿的时]{1,12})$/;
/** 不低于营业收入的3% */
const FAR_OF =
  /(不低于|不少于|不得低于|不得少于|不超过|不高于|不得超过|不得高于|高于|低于|超过|少于|多于|达不到|不足|不到)([^，。；;,、：:！？!?（）()“”"\d]{1,14}的)$/;
const NOT_FAR_LIMIT = /[有权界年期无时额受上下]限$/;

export interface BoundFound {
  bound: Bound;
  /** Offset of the first (left) or after the last (right) character of the bound words. */
  at: number;
}

/** The bound word before offset i, or null. `amount` is false for durations and dates. */
export function boundBefore(s: string, i: number, amount: boolean): BoundFound | null {
  // The text before, without white space, and where each character stood.
  let compact = '';
  const offsets: number[] = [];
  for (let j = i - 1, gaps = 0; j >= 0 && compact.length < 22 && gaps < 40; j--) {
    if (isGap(s.charCodeAt(j))) {
      gaps++;
      continue;
    }
    const c = s[j]!;
    if (c === '\t' || '，。；、,;：:！？?'.includes(c)) break;
    compact = c.toLowerCase() + compact;
    offsets.push(j);
  }
  if (compact === '') return null;
  const offsetOf = (position: number) => offsets[compact.length - 1 - position]!;
  let text = compact;
  for (let round = 0; round < 3; round++) {
    for (let length = Math.min(LONGEST, text.length); length > 0; length--) {
      const word = text.slice(-length);
      const bound = LEFT_WORDS.get(word);
      if (bound === undefined || NOT_LEFT[word]?.test(text)) continue;
      if (word === '上' && !'百千万亿'.includes(s[i]!)) continue;
      if (ONLY_AMOUNTS.has(word) && (!amount || round > 0) && word !== '满') continue;
      return { bound, at: offsetOf(text.length - length) };
    }
    const filler = FILLER.exec(text);
    if (filler === null) break;
    text = text.slice(0, filler.index);
  }
  const far = FAR_OF.exec(compact) ?? FAR.exec(compact);
  if (far === null) return null;
  const word = far[1]!;
  if (word === '限' && NOT_FAR_LIMIT.test(compact.slice(0, far.index + 1))) return null;
  return { bound: LEFT_WORDS.get(word)!, at: offsetOf(far.index) };
}

const INCLUSIVE_NOTE = /^[(（]\s*(?:含|不含|包含|包括)[^()（）]{0,8}[)）]/;
/** 5家企业以上: a noun that may stand between a count and its bound. */
const NOUN =
  /^(?:企业|单位|高校|院所|机构|研发人员|人员|成员|员工|项目|高校院所|人民币)(?=以上|以下|以内|左右|及以上|[(（]含)/;
const MANY = /^多(?=$|[了的吧呢，。；、,;！？!?\s]|一点|一些)/;

/** The bound word after offset i, or null. 内 bounds durations and word counts, 前 and 起 dates. */
export function boundAfter(s: string, i: number, kind: 'amount' | 'duration' | 'date'): BoundFound | null {
  let compact = '';
  const offsets: number[] = [];
  for (let j = i, gaps = 0; j < s.length && compact.length < 20 && gaps < 40; j++) {
    if (isGap(s.charCodeAt(j))) {
      gaps++;
      continue;
    }
    const c = s[j]!;
    if (c === '\t' || '，。；、,;：:！？?'.includes(c)) break;
    compact += c;
    offsets.push(j + 1);
  }
  if (compact === '') return null;
  if (kind === 'date') {
    const date = /^(?:(及?之?以?前|截止|为止|止)|(起|以后|之后|以来))/.exec(compact);
    return date === null
      ? null
      : { bound: date[1] ? 'at-most' : 'at-least', at: offsets[date[0].length - 1]! };
  }
  let from = 0;
  const noun = NOUN.exec(compact);
  if (noun) from = noun[0].length;
  const note = INCLUSIVE_NOTE.exec(compact.slice(from));
  if (note) from += note[0].length;
  for (let length = Math.min(LONGEST, compact.length - from); length > 0; length--) {
    const word = compact.slice(from, from + length);
    const bound = RIGHT_WORDS.get(word);
    if (bound === undefined) continue;
    const rest = compact.slice(from + length);
    if (word === '内' && (kind !== 'duration' || /^[部外]/.test(rest)) && s[i - 1] !== '字') continue;
    if (word === '起' && /^[草来点案到]/.test(rest)) continue;
    if (word === '吧' || (word === '+' && /^[\da-z]/i.test(rest))) continue;
    const trailing = INCLUSIVE_NOTE.exec(rest);
    return { bound, at: offsets[from + length + (trailing?.[0].length ?? 0) - 1]! };
  }
  if (from === 0 && MANY.test(compact)) return { bound: 'over', at: offsets[0]! };
  return null;
}
