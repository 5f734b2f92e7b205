import type { WordFinder } from './lexicon.js';

/** A noun that numbers are given of: its measure word; null where its figures have units of their own. */
export type Nouns = WordFinder<string | null>;

/**
 * Figures that people write short, written out so that every figure stands with its unit and beside its name:
 * 1.2e8, “研发 1800、2000、2300万”, “企业/高校/医院 6/0/1”, “企业6 高校0 医院1”, 第一年…第二年…第三年.
 */
export function writeOut(text: string, nouns: Nouns, thisYear: number): string {
  let out = speltShares(powers(text));
  if (!/[\d一二两三四五六七八九十]/.test(out)) return out;
  out = numberedYears(out, thisYear);
  out = shareUnit(out);
  out = eachOf(out, nouns);
  out = pairUp(out, nouns);
  return measured(out, nouns);
}

/** 二十多, 不到二十, 20出头, as the answer to how many: the number with the measure word of what was asked for. */
export const bareCount = (text: string, measure: string | undefined): string =>
  measure === undefined
    ? text
    : text.replace(
        /^((?:大概|大约|差不多|有|就|才|只有|约|不到|不足|超过|至少|最多|将近|快|也就|应该有|得有){0,3})([\d一二两三四五六七八九十百]+[多几来]?)((?:出头|左右|上下|以上|以下|不到|吧|了|的样子){0,2}[。！!]?)$/,
        `$1$2${measure}$3`,
      );

/** 占比四点九: a share in words without its sign; after the name of a share alone, where 点 is no unit. */
const speltShares = (text: string): string =>
  text.replace(
    /(?<=(?:占比|强度|比例|占(?:销售|营收|收入|主营)[\u4e00-\u9fff]{0,4})(?:是|有|为|约|大概|就|才|只有|达到|到)?)([一二两三四五六七八九]?十?[一二三四五六七八九]?)点([零一二三四五六七八九]{1,3})(?=$|[，,。；;、！!？?\s]|左右|以上|多)/g,
    (all, whole: string, part: string) => {
      const digit = (c: string) => '零一二三四五六七八九'.indexOf(c === '两' ? '二' : c);
      if (whole === '') return all;
      const [tens, ones] = whole.includes('十') ? whole.split('十') : ['', whole];
      const n = (whole.includes('十') ? (tens ? digit(tens) : 1) * 10 : 0) + (ones ? digit(ones) : 0);
      return `${n}.${[...part].map(digit).join('')}%`;
    },
  );

/** 1.2e8: a number as spreadsheets show it. */
const powers = (text: string): string =>
  text.replace(
    /(?<![\w.])(\d+)(?:\.(\d+))?e\+?(\d)(?![\w.])/g,
    (_, whole: string, part: string | undefined, e: string) => {
      const digits = (part ?? '').padEnd(Number(e), '0');
      const left = `${whole}${digits.slice(0, Number(e))}`.replace(/^0+(?=\d)/, '');
      const right = digits.slice(Number(e));
      return `${left}${right ? `.${right}` : ''}元`;
    },
  );

/** 第一年…第二年…第三年: the last three closed years, where all three are told. */
function numberedYears(text: string, thisYear: number): string {
  const ranks = ['一1', '二2', '三3'];
  const label = (i: number) =>
    new RegExp(`第[${ranks[i]}]年(?=[^。；;]{0,10}\\d|[^。；;]{0,10}[一二两三四五六七八九千])`);
  if (!ranks.every((_, i) => label(i).test(text))) return text;
  return ranks.reduce((t, _, i) => t.replace(label(i), `${thisYear - 3 + i}年`), text);
}

/** 1800、2000、2300万: the unit at the end is of all. “2、3亿” is a stretch. */
const shareUnit = (text: string): string =>
  text.replace(
    /(?<![\d.a-z年月第])(\d+(?:\.\d+)?(?:[、/，,] ?\d+(?:\.\d+)?)+)(万元?|亿元?|千万|w|%)/g,
    (all, list: string, unit: string) => {
      const items = list.split(/[、/，,] ?/);
      const stretch = items.length === 2 && items.every((n) => /^\d$/.test(n));
      const prose =
        /[，,]/.test(list) && (items.length < 3 || items.slice(1).every((n) => /^\d{3}$/.test(n)));
      return stretch || prose ? all : items.map((n) => n + unit).join('、');
    },
  );

const VALUE = String.raw`\d+(?:\.\d+)?(?:[万亿]元?|千万|元|%|家|所|个|人|名|w)?`;
const VALUES = new RegExp(
  String.raw`^ ?(分别|依次|各)?(?:是|为|有|:|：|=| )*(${VALUE}(?: ?[/／、,，:：] ?${VALUE})+)(?![\d年月])`,
);

/** “企业/高校/医院 = 6/0/1”, “企业、高校、医院分别是6家、0家、1家”: as many values as names, each to its own. */
function pairUp(text: string, nouns: Nouns): string {
  const found = nouns.find(text);
  for (let i = 0; i < found.length; i++) {
    let j = i;
    const joint = (k: number) => text.slice(found[k]!.end, found[k + 1]!.start);
    while (j + 1 < found.length && /^ ?(数|数量)?[/／、,，和] ?$/.test(joint(j))) j++;
    if (j === i) continue;
    const m = VALUES.exec(text.slice(found[j]!.end).replace(/^数量?/, ''));
    const cut = text.slice(found[j]!.end).length - text.slice(found[j]!.end).replace(/^数量?/, '').length;
    const values = m?.[2]?.split(/ ?[/／、,，:：] ?/) ?? [];
    const slashed = m !== null && /[/／]/.test(joint(i)) === /[/／:：]/.test(m[2]!);
    if (m && values.length === j - i + 1 && (m[1] !== undefined || (slashed && /[/／]/.test(m[2]!)))) {
      const pairs = values.map((v, k) => found[i + k]!.word + v).join('，');
      return `${text.slice(0, found[i]!.start)}${pairs}${pairUp(`，${text.slice(found[j]!.end + cut + m[0].length)}`, nouns)}`;
    }
    i = j;
  }
  return text;
}

const NUMBER =
  /(?<![\d.a-z])\d{1,3}(?![\d.])|[一二两三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九]/y;
/** What stands before a number that numbers something and counts nothing. */
const LABELLED = /(第|附件|表|图|前|类|条|款|章|批|期|版|注|问题?|步骤|top|no\.?|[a-z.\-—~至到/])$/;
const AFTER =
  /^(整|没|无|能|可以|够|行|(多|来|几)(?=$|[，,。；;、？?！!])|左右|以上|以下|出头|$|[，,。；;、？?！!）)/／+&\n ])/;
const LINK =
  /^(数量|数)?(\([^()]{1,8}\))?(一共|总共|共|有|是|为|各|应该是|改成|不到|不足|超过|至少|大概|差不多|最多|只有|仅有|才|就|:|：|=|×|x|\*| )*$/;

interface Token {
  start: number;
  end: number;
  measure: string | null;
  noun: boolean;
}

const EACH =
  /^(都|也)?各(有|自|拉|找|请)?(了|有)?(\d{1,2}|[一二两三四五六七八九十]{1,2})([家个所]?)(?=[，,。；;、！!？?\s]|$|[\u4e00-\u9fff])/;

/** “高校、医院各一家”: as many of each. */
function eachOf(text: string, nouns: Nouns): string {
  if (!text.includes('各')) return text;
  const found = nouns.find(text);
  for (let j = found.length - 1; j >= 0; j--) {
    const m = EACH.exec(text.slice(found[j]!.end));
    if (!m) continue;
    let i = j;
    while (i > 0 && /^[、和与及跟]$/.test(text.slice(found[i - 1]!.end, found[i]!.start))) i--;
    // 高校和院所各1家: one noun for both.
    const two = /[和与]|上下游/.test(found[j]!.word);
    if (i === j && !two) continue;
    const n = /^\d+$/.test(m[4]!)
      ? Number(m[4])
      : '零一二三四五六七八九十'.indexOf(m[4]!.replace('两', '二'));
    if (i === j && n > 0) {
      const both = `${found[j]!.word}${n * 2}${m[5] || found[j]!.value || '家'}`;
      return `${text.slice(0, found[j]!.start)}${both}${text.slice(found[j]!.end + m[0].length)}`;
    }
    const each = found.slice(i, j + 1).map((f) => `${f.word}${m[4]}${m[5] || f.value || '家'}`);
    return `${text.slice(0, found[i]!.start)}${each.join('，')}${text.slice(found[j]!.end + m[0].length)}`;
  }
  return text;
}

/** “企业6 高校0 医院1”, “5企业2高校”, “研发人员三十五”: a number without its measure word beside a noun that is counted gets one. */
function measured(text: string, nouns: Nouns): string {
  // 14个人: 个人 is no noun there.
  const found = nouns.find(text).filter((f) => !/^[家个所人名位]/.test(f.word));
  if (!found.some((f) => f.value !== null)) return text;
  const starts = new Set(found.map((f) => f.start));
  const measures = new Map<number, string>();
  const cuts = new Set<number>();
  let paired = -1;
  for (const [i, f] of found.entries()) {
    if (f.value === null) continue;
    const before = numberBefore(text, f.start);
    const afterNumber = numberAfter(text, f.end, starts);
    // 5企业2高校: each number stands before its noun, from the first of the run on.
    if (before && before.start >= paired && !LABELLED.test(text.slice(0, before.start))) {
      measures.set(before.end, f.value);
      if (paired > 0 && before.start - paired <= 1) cuts.add(before.start);
      paired = f.end;
      continue;
    }
    const again = found.some(
      (o, k) => k !== i && o.word === f.word && numberAfter(text, o.end, starts) !== null,
    );
    if (afterNumber && !again && (paired < f.start || numberAfter(text, f.end, new Set()) !== null)) {
      measures.set(afterNumber.end, f.value);
      if (/[\d家个所人名]$/.test(text.slice(0, f.start))) cuts.add(f.start);
      paired = afterNumber.end;
    }
  }
  return [...new Set([...measures.keys(), ...cuts])]
    .sort((a, b) => b - a)
    .reduce((t, i) => t.slice(0, i) + (measures.get(i) ?? '') + (cuts.has(i) ? '，' : '') + t.slice(i), text);
}

/** A bare Arabic number right before a noun (2高校); Chinese numerals there belong to words (三医院, 一企业). */
function numberBefore(text: string, at: number): Pick<Token, 'start' | 'end'> | null {
  const m = /(?<![\d.,a-z%])(\d{1,2}) ?$/.exec(text.slice(0, at));
  return m ? { start: m.index, end: m.index + m[1]!.length } : null;
}

/** A bare number right after a noun, with nothing after it that would be its unit. */
function numberAfter(
  text: string,
  at: number,
  starts: ReadonlySet<number>,
): Pick<Token, 'start' | 'end'> | null {
  const rest = text.slice(at);
  for (let gap = 0; gap <= 12 && gap < rest.length; gap++) {
    NUMBER.lastIndex = at + gap;
    const m = NUMBER.exec(text);
    if (!m) continue;
    if (!LINK.test(rest.slice(0, gap))) return null;
    const end = at + gap + m[0].length;
    const bare = AFTER.test(text.slice(end)) || starts.has(end) || (text[end] === ' ' && starts.has(end + 1));
    const spelt = !/\d/.test(m[0]);
    // 企业一，: a spelt number ends its statement or stands before another noun.
    // 二十几: the measure word follows 几.
    const vague = /[多来几]/.test(text[end] ?? '') ? 1 : 0;
    return bare &&
      !(spelt && m[0].length === 1 && !starts.has(end) && !/[:：是有共为]$/.test(text.slice(0, at + gap)))
      ? { start: at + gap, end: end + vague }
      : null;
  }
  return null;
}
