import Fraction from 'fraction.js';
import { numeralRunEnd } from './digits.js';
import { type Read, read, skip } from './draft.js';
import { canonical, pow10 } from './exact.js';
import { GAP, isLatin } from './fold.js';
import { isLabel } from './labels.js';
import { matchAt, standsAt } from './look.js';
import { type Numeral, readNumeral } from './numeral.js';
import { type Figure, readShare } from './share.js';
import { ordinal } from './special.js';
import { readUnit, type UnitFound } from './units.js';

/** A number with its unit at i; null where no number stands. */
export function readFigure(s: string, i: number): Read | null {
  return readShare(s, i) ?? readNumber(s, i);
}

function readNumber(s: string, i: number): Read | null {
  const first = readNumeral(s, i, standsAt(BARE_UNIT, s, i));
  if (first === null) return null;
  if (!first.arabic && standsAt(first.magnitude ? MULTIPLIED : LEFT_OVER, s, first.end))
    return skip(numeralRunEnd(s, i));
  const stretch = readStretch(s, i, first);
  if (stretch !== null) return stretch;
  const numeral = readEnglishMultiplier(s, first) ?? first;
  const unit = readUnit(s, numeral.end, s.slice(i, numeral.end));
  return unit === null ? withoutUnit(s, i, numeral) : admit(s, i, numeral, unit);
}

/** 十五五, 一二三产 and 两万三万 are no number; 一亿 of 一亿二家 is. */
const LEFT_OVER = /[〇零一二两三四五六七八九十百千万亿]/y;
const MULTIPLIED = /[十百千万亿]/y;

/** 过亿, 上千万, 不到百万, 千万元以上: a unit that stands for one of itself. */
const BARE_UNIT = new RegExp(
  [
    '(?<=(?<![经通])过|超|(?<!最)近|逾|破|满|(?<![以晚早])上)[百千万亿]+(?:[元家人项个名件\\s，。、,;:!?()的了吗呢]|$)',
    '(?:[百千]?万|[百千]?亿)元?(?:级?以上|以下)',
    '(?<=不到|不足|将近|接近|超过|突破|至少|低于|高于|约)[百千万亿]',
  ].join('|'),
  'y',
);

/** 十分重要, 最后一公里; but 满分十分, （十分）. */
const IDIOM = /(?<![(得分为])十分(?!钟)|(?<=最后)[一1]公里/y;
/** 十七届, and 五次会议: which, not how many. Tested after the measure word. */
const MEETING = /(?<=届)|(?<=次)(?:会议|全会|代表)/y;

function admit(s: string, i: number, numeral: Numeral, unit: UnitFound): Read {
  if (standsAt(IDIOM, s, i)) return skip(unit.end);
  // 2023成立 and 100成 are none; 三成 and 3.5成 are.
  if (unit.measure === '成' && numeral.n > 10n * pow10(numeral.places)) return skip(unit.end);
  if (standsAt(MEETING, s, unit.end)) return ordinal(i, unit.end, numeral.n, unit.measure);
  // 4个多点: from four to below five.
  if (unit.measure === '个多点') {
    const upper = numeral.n + pow10(numeral.places);
    return measured(i, numeral.n, { ...numeral, upper, vague: 'over' }, { ...unit, measure: '个点' });
  }
  if (unit.measure === '个来点') {
    return measured(i, numeral.n, { ...numeral, vague: 'about' }, { ...unit, measure: '个点' });
  }
  return measured(i, numeral.n, numeral, unit);
}

/** A figure of n, with what else is known of it, in a unit. */
function measured(start: number, n: bigint, figure: Figure, found: UnitFound): Read {
  const { end, unit, measure, half } = found;
  const [up, down] = found.factor ?? [1n, 1n];
  const scale = pow10(figure.places);
  const exact = new Fraction((2n * n + (half ? scale : 0n)) * up, 2n * scale * down);
  const upper = figure.upper === null ? null : new Fraction(figure.upper * up, scale * down);
  return read({ start, end, unit, measure, value: canonical(exact), exact, upper, bound: figure.vague });
}

const MULTIPLIER = /\s{0,3}(million|billion|thousand|mn|bn|k)(?![a-z\d])/iy;
const POWER: Record<string, number> = { million: 6, mn: 6, billion: 9, bn: 9, thousand: 3, k: 3 };

function readEnglishMultiplier(s: string, numeral: Numeral): Numeral | null {
  const match = matchAt(MULTIPLIER, s, numeral.end);
  if (match === null) return null;
  const power = POWER[match[1]!.toLowerCase()]!;
  return {
    ...numeral,
    n: numeral.n * pow10(power),
    end: numeral.end + match[0].length,
    magnitude: power > 3,
  };
}

/** What the whole text is: 二十 as an answer. */
const WHOLE_TEXT = /(?<=^\s*)[零一二两三四五六七八九十点]+(?=[\s。.!吧的了]*$)/y;

/** 万 and 亿 without a unit are money. */
function withoutUnit(s: string, i: number, numeral: Numeral): Read {
  const { end, magnitude, plain, vague } = numeral;
  if (!magnitude) {
    if (isLatin(s.charCodeAt(end)) || (numeral.arabic && isLabel(s, i))) return skip(end);
    if (plain && (vague !== null || !standsAt(WHOLE_TEXT, s, i))) return skip(end);
  }
  return measured(i, numeral.n, numeral, bare(magnitude ? 'CNY' : 'number', end));
}

const bare = (unit: 'CNY' | 'number', end: number): UnitFound => ({
  end,
  unit,
  measure: null,
  factor: null,
  half: false,
});

const JOINT = new RegExp(`${GAP}(?:--|[-~至到])${GAP}(?=[\\d一二两三四五六七八九十])`, 'y');

/** 2-3年, 三到五家, 1-2亿: one unit for both ends. */
function readStretch(s: string, i: number, first: Numeral): Read | null {
  const joint = matchAt(JOINT, s, first.end);
  if (joint === null || first.vague !== null) return null;
  const second = readNumeral(s, first.end + joint[0].length);
  if (second === null || second.vague !== null || (first.magnitude && second.magnitude)) return null;
  const unit = readUnit(s, second.end) ?? (second.magnitude ? bare('CNY', second.end) : null);
  if (unit === null) return null;
  const high = second.n * pow10(first.places);
  let low = first.n * pow10(second.places);
  // 五到六千万: the first is said in thousands of 万 too; 三到五十家 is three.
  const shared = [second.exponent ?? 0, second.scale].map(pow10);
  low *= shared.find((power) => low * power < high) ?? 1n;
  if (low >= high) return null;
  const places = first.places + second.places;
  return measured(i, low, { n: low, places, upper: high, vague: 'about' }, unit);
}
