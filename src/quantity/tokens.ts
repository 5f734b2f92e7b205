import { BIG, DIGIT, lowestPower, readArabic, SMALL } from './digits.js';
import { pow10 } from './exact.js';
import { isDigit, isLatin, skipGap } from './fold.js';
import { matchAt, standsAt } from './look.js';
import { Tally } from './tally.js';

/** After a trailing figure these show that it belongs to what follows (营收1亿2家), not to the number (1亿2). */
const BELONGS_AHEAD =
  /[家个人名项件台套次场份条所位种类年月日天%‰成点分级层期.．\d〇零一二两三四五六七八九十百千万亿]/;

/** Hundreds or thousands of 万 or 亿, and of 亿, in figures or characters. */
const AS_MANY_WAN = /[\d.一二两三四五六七八九]{1,8}[百千][\d一二两三四五六七八九十百千]{0,6} ?[万亿]/y;
const AS_MANY_YI = /[\d.一二两三四五六七八九]{1,8}[百千][\d一二两三四五六七八九十百千]{0,6} ?亿/y;

/** Takes digits, multipliers and decimals at a position into the tally, each as long as it goes on with the number. */
export class Tokens extends Tally {
  protected pos: number;
  constructor(
    protected readonly s: string,
    protected readonly start: number,
  ) {
    super();
    this.pos = start;
  }

  /** Whether a sticky pattern matches here. */
  protected at(pattern: RegExp): boolean {
    return standsAt(pattern, this.s, this.pos);
  }

  /** 百八十万, 千把人 */
  private impliesOne(): boolean {
    return standsAt(/[百千](?:[一二三四五六七八九][百十]|[来把])/y, this.s, this.start);
  }

  protected arabic(): boolean {
    if (this.pending !== null || this.vague !== null) return false;
    // 1万2千3百
    if (this.section !== 0n && !this.zero && !this.at(/\d[百十]/y)) return false;
    const literal = readArabic(this.s, this.pos);
    if (literal === null || (this.tokens > 0 && this.section === 0n && !this.trailingArabicFits(literal)))
      return false;
    this.rescale(literal.places);
    this.pending = BigInt(literal.digits) * pow10(this.places - literal.places);
    this.unit =
      literal.places > 0 ? pow10(this.places - literal.places) : lowestPower(literal.digits) * this.one;
    this.pendingArabic = true;
    // 1万0005 is no 1万5.
    this.zero ||= literal.digits.startsWith('0');
    this.pos = literal.end;
    this.coefficients++;
    this.tokens++;
    return true;
  }

  /** After 亿 or 万: 1亿8000万, 1亿2 and 3万5000 go on, 营收2亿3家 and 1亿2023年 do not. */
  private trailingArabicFits(literal: { end: number; digits: string; places: number }): boolean {
    if (this.lastExponent === null || this.lastExponent < 4) return false;
    const next = this.s[skipGap(this.s, literal.end)] ?? '';
    if (this.beginsAnother()) return false;
    if (/[千百万wW]/.test(next)) return this.lastBig === 8 || /[千百]/.test(next);
    if (literal.places > 0) return false;
    if (next === '元' || next === '块') return true;
    if (BELONGS_AHEAD.test(next) || isLatin(next.charCodeAt(0)) || /[-~到至]/.test(next)) return false;
    return literal.digits.length === 1 || literal.digits.length === 4;
  }

  /** 8千万6千万: what is itself so many 万 does not go on with them, nor 亿 with 亿. */
  private beginsAnother(): boolean {
    return this.at(this.lastBig === 8 ? AS_MANY_YI : AS_MANY_WAN);
  }

  protected digit(c: string): boolean {
    if (this.vague !== null) return false;
    const next = this.s[this.pos + 1] ?? '';
    if (c === '零' || c === '〇') {
      if (this.tokens === 0 || this.pending !== null) return false;
      if (!(next in DIGIT) && next !== '十' && !isDigit(next.charCodeAt(0))) return false;
      this.zero = true;
      this.pos++;
      return true;
    }
    const value = BigInt(DIGIT[c]!) * this.one;
    if (this.pending !== null) {
      // 三四家, 三五家: a stretch.
      const step = value - this.pending;
      const pair = step === this.one || (step === 2n * this.one && this.pending === 3n * this.one);
      if (this.pendingArabic || !pair) return false;
      this.stretch = step;
      this.vague = 'about';
      this.pos++;
      return true;
    }
    if (this.lastBig < 99 && this.section === 0n && !this.zero) {
      const after = next in DIGIT ? (this.s[this.pos + 2] ?? '') : next;
      if (!(after in SMALL || after in BIG) && BELONGS_AHEAD.test(after)) return false;
      if (this.beginsAnother()) return false;
    }
    this.pending = value;
    this.unit = this.one;
    this.pendingArabic = false;
    this.coefficients++;
    this.pos++;
    this.tokens++;
    return true;
  }

  protected small(exponent: number, bareUnit: boolean): boolean {
    if (exponent >= this.lastSmall || (this.pendingArabic && exponent < 2 && this.section === 0n))
      return false;
    if (this.pending === null) {
      if (this.vague !== null) return false;
      if (exponent !== 1 && !(this.tokens === 0 && (bareUnit || this.impliesOne()))) return false;
      this.pending = this.one;
      this.unit = this.one;
    }
    this.multiply(exponent, this.pending);
    this.pos++;
    return true;
  }

  protected big(exponent: number, bareUnit: boolean): boolean {
    if (exponent === 4 ? this.lastBig <= 4 : this.sawYi) return false;
    let value = this.section + (this.pending ?? 0n);
    if (exponent === 8) value += this.total;
    if (value === 0n) {
      if (this.tokens > 0 || !bareUnit) return false;
      value = this.one;
      this.unit = this.one;
    }
    this.closeSection(exponent, value);
    this.pos++;
    return true;
  }

  /** 三点五; in figures 5点5, as speech input writes 5.5: 3点30 is a time. */
  protected decimals(): boolean {
    const digits = this.pendingArabic ? /点(\d)(?![\d点分])/y : /点([〇零一二三四五六七八九]{1,12})(?!十)/y;
    const match = matchAt(digits, this.s, this.pos);
    if (match === null || this.vague !== null || (this.pendingArabic && this.places > 0)) return false;
    const figures = match[1]!.replace(/\D/g, (c) => String(DIGIT[c]));
    this.rescale(this.places + figures.length);
    this.unit = pow10(this.places - figures.length);
    this.pending = (this.pending ?? 0n) + BigInt(figures) * this.unit;
    this.zero = true;
    this.pos += match[0].length;
    return true;
  }
}
