import type { Language } from './language.js';

const AMOUNT =
  '(?:约|大概|大约|差不多|将近)?(?:\\d[\\d.,]*|[一二两三四五六七八九十百千零点]+)个?多?(?:亿(?:[一二三四五六七八九\\d](?:千万?)?(?!年|个))?|千万|百万|万|w)元?(?:多|左右|上下|出头)?';
const NAME = '[^，,。；;、\\d一二两三四五六七八九十]{0,10}?';
const ALIKE = '(?:也|还|大致|大概)?(?:都是|都有|都做了?|都投了?|都|各是|各有|各|均为|均是|均|每年都?是?)';
const EACH = '(?:分别|依次)?(?:都?是|为|有|投了|做了|:|：)?';
const JOINT = '(?:[、和及跟与/,，]|还有)';

/**
 * Years that are told of together, written out one by one: 前年和大前年研发都是1800万, 去年、前年分别2亿、1.8亿, and the two before the last
 * one where that is told too (前两年各2亿，去年2.4亿). A sum of the three closed years is said to be of three years (23到25年累计).
 */
export function spellYears(text: string, language: Language, thisYear: number): string {
  if (!/年/.test(text)) return text;
  const words = Object.keys(language.years).sort((a, b) => b.length - a.length);
  const label = `(?:20\\d\\d年?度?|\\d\\d年?度?|${words.join('|')})`;
  const yearOf = (t: string): number => {
    const n = /\d+/.exec(t)?.[0];
    if (n === undefined) return thisYear + language.years[t]!;
    return n.length === 2 ? 2000 + Number(n) : Number(n);
  };
  const say = (years: readonly number[], name: string, amounts: readonly string[]) =>
    years.map((y, i) => `${y}年${name}${amounts[i] ?? amounts[0]}`).join('，');
  const row = (list: string) => list.split(new RegExp(JOINT)).filter((t) => t !== '');
  const labels = `(?<![\\d.])(${label}(?:${JOINT}${label}){1,2}年?度?)(?:这?[两三]年)?(?:的)?`;
  const amounts = `(${AMOUNT}(?:${JOINT}${AMOUNT}){1,2})`;
  const three = [thisYear - 3, thisYear - 1].map((y) => `(?:${y}|${y % 100})`);
  let out = text
    .replace(
      new RegExp(
        `(?<!\\d)${three[0]}年?度?[-~到至—]${three[1]}年度?的?(?=[^，,。；;\\d]{0,12}(?:累计|合计|总共|一共|总计|加起来))`,
        'g',
      ),
      '近三年',
    )
    .replace(
      new RegExp(`${labels}(${NAME})${ALIKE}(${AMOUNT})(?:一年|每年|/年)?`, 'g'),
      (all, list: string, name: string, amount: string) => {
        const years = row(list).map(yearOf);
        return apart(years, thisYear) ? say(years, name, [amount]) : all;
      },
    )
    .replace(
      new RegExp(`${labels}(${NAME})${EACH}${amounts}`, 'g'),
      (all, list: string, name: string, told: string) => {
        const years = row(list).map(yearOf);
        const each = row(told);
        return apart(years, thisYear) && each.length === years.length ? say(years, name, each) : all;
      },
    );
  const last = new RegExp(`去年|上年|上一年|最近一年|(?:${thisYear - 1}|${(thisYear - 1) % 100})年`);
  const two = [thisYear - 3, thisYear - 2];
  const before = '(?:前|头|之前|此前|前面|前头)(?:的)?[两2二](?:个)?年(?:度)?(?:的)?';
  out = out
    .replace(
      new RegExp(`${before}(${NAME})(?:${EACH})${amounts}(?=(.*))`, 'gs'),
      (all, name: string, told: string, rest: string) =>
        last.test(rest) && row(told).length === 2 ? say(two, name, row(told)) : all,
    )
    .replace(
      new RegExp(
        `${before}(${NAME})(?:${ALIKE}(${AMOUNT})(?:一年|每年|/年)?|${EACH}(${AMOUNT})(?:一年|每年|/年))(?=(.*))`,
        'gs',
      ),
      (all, name: string, amount: string | undefined, yearly: string | undefined, rest: string) =>
        last.test(rest) ? say(two, name, [amount ?? yearly!]) : all,
    );
  return out;
}

/** Closed years of late, none told twice. */
const apart = (years: readonly number[], thisYear: number): boolean =>
  years.every((y) => y < thisYear && y > thisYear - 10) && new Set(years).size === years.length;
