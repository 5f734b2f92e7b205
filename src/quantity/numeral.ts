import { BIG, DIGIT, lowestPower, readArabic, SMALL } from './digits.js';
import { pow10 } from './exact.js';
import { isDigit, isLatin, skipGap } from './fold.js';
import { Tally } from './tally.js';

/** A number read from a text, without its unit; `n / 10^places` is the value. */
export interface Numeral {
  end: number;
  n: bigint;
  places: number;
  /** Exclusive end of 两千多 (`over`), inclusive end of 三四 (`about`), in the same scale; null where there is none. */
  upper: bigint | null;
  vague: 'over' | 'about' | null;
  /** Whether 万, 亿 or a letter for them was said: then a missing unit is money. */
  magnitude: boolean;
  /** Begins with an Arabic digit. */
  arabic: boolean;
  /** One Chinese digit or 十 alone (一, 两, 十), or a plain pair (三四): a number only together with a unit. */
  plain: boolean;
  /** k where the number is one coefficient times 10^k (3000万: 4, 两千: 3); null for 1亿8千万, 一百零五. */
  exponent: number | null;
}

/** After a trailing figure these show that it belongs to what follows (营收1亿2家), not to the number (1亿2). */
const BELONGS_AHEAD =
  /[家个人名项件台套次场份条所位种类年月日天%‰成点分级层期.．\d〇零一二两三四五六七八九十百千万亿]/;

/**
 * Reads the number at i: 2000, 1.8亿, 1亿8千万, 一千八百万, 两个亿, 1亿2, 两千多万, 500来万, 十几, 三四, 2000w.
 * Null where no number stands, or where the run of numerals is none (十五五, 唯一一个).
 * `bareUnit` allows a number without a coefficient (过亿, 上千万).
 */
export function readNumeral(s: string, i: number, bareUnit = false): Numeral | null {
  return i < s.length ? new NumeralParser(s, i).read(bareUnit) : null;
}

/** Takes token after token into the tally, as long as they make one number. */
class NumeralParser extends Tally {
  private pos: number;
  constructor(
    private readonly s: string,
    private readonly start: number,
  ) {
    super();
    this.pos = start;
  }

  read(bareUnit: boolean): Numeral | null {
    const first = this.s[this.start]!;
    if (first in SMALL && first !== '十' && !bareUnit && !this.impliesOne()) return null;
    if ((first in BIG && !bareUnit) || first === '零' || first === '〇') return null;
    if ((first === '几' || first === '数') && !this.takeSeveral()) return null;
    if (first === '半' && !this.takeHalf()) return null;
    while (this.step(bareUnit));
    return this.finish(isDigit(first.charCodeAt(0)));
  }

  /** 百八十万, 千把人 */
  private impliesOne(): boolean {
    return /^[百千](?:[一二三四五六七八九][百十]|[来把])/.test(this.s.slice(this.start, this.start + 3));
  }

  /** 几千万, 数十, 几个亿: from one of that unit to below ten of it. */
  private takeSeveral(): boolean {
    if (!/^.(?:[十百千万亿]|个[亿])/.test(this.s.slice(this.start, this.start + 3))) return false;
    this.pos++;
    this.pending = 1n;
    this.stretch = 9n;
    this.vague = 'over';
    return true;
  }

  /** 半个亿 */
  private takeHalf(): boolean {
    if (!/^半个?亿/.test(this.s.slice(this.start, this.start + 3))) return false;
    this.pos++;
    this.rescale(1);
    this.pending = 5n;
    this.tokens++;
    return true;
  }

  /** Takes one token; false where the number ends. */
  private step(bareUnit: boolean): boolean {
    const { s } = this;
    if (this.pos >= s.length) return false;
    const c = s[this.pos]!;
    const code = s.charCodeAt(this.pos);
    if (isDigit(code)) return this.arabic();
    if (c in DIGIT) return this.digit(c);
    if (c in SMALL) return this.small(SMALL[c]!, bareUnit);
    if (c in BIG) return this.big(BIG[c]!, bareUnit);
    switch (c) {
      case '个':
        // 两个亿, 一个多亿
        if (this.pending === null && this.section === 0n) return false;
        if (!/^个(?:[多来]?亿|半亿)/.test(s.slice(this.pos, this.pos + 3))) return false;
        this.pos++;
        return true;
      case '半':
        if (this.pending === null || s[this.pos + 1] !== '亿') return false;
        this.rescale(this.places + 1);
        this.pending += 5n * pow10(this.places - 1);
        this.pos++;
        return true;
      case '点':
        return this.chineseDecimals();
      case '多':
      case '余':
      case '来':
      case '几':
      case '把':
        return this.vagueness(c);
      case 'w':
      case 'W':
        if (!this.pendingArabic) return false;
        if (isLatin(s.charCodeAt(this.pos + 1)) || isDigit(s.charCodeAt(this.pos + 1))) return false;
        return this.big(4, bareUnit);
    }
    if (!this.pendingArabic) return false;
    // 2000 万 and 520 多项, as a converted page sets them.
    const next = skipGap(s, this.pos);
    if (next === this.pos || !/[千万亿多余wW]/.test(s[next] ?? '')) return false;
    const save = this.pos;
    this.pos = next;
    if (this.step(bareUnit)) return true;
    this.pos = save;
    return false;
  }

  private arabic(): boolean {
    if (this.pending !== null || this.vague !== null) return false;
    // 1万2千3百
    if (this.section !== 0n && !/^\d[百十]/.test(this.s.slice(this.pos, this.pos + 2))) return false;
    const literal = readArabic(this.s, this.pos);
    if (literal === null || (this.tokens > 0 && this.section === 0n && !this.trailingArabicFits(literal)))
      return false;
    this.rescale(literal.places);
    this.pending = BigInt(literal.digits) * pow10(this.places - literal.places);
    this.unit =
      literal.places > 0 ? pow10(this.places - literal.places) : lowestPower(literal.digits) * this.one;
    this.pendingArabic = true;
    this.pos = literal.end;
    this.coefficients++;
    this.tokens++;
    return true;
  }

  /** After 亿 or 万: 1亿8000万, 1亿2 and 3万5000 go on, 营收2亿3家 and 1亿2023年 do not. */
  private trailingArabicFits(literal: { end: number; digits: string; places: number }): boolean {
    if (this.lastExponent === null || this.lastExponent < 4) return false;
    const next = this.s[skipGap(this.s, literal.end)] ?? '';
    if (/[千百万wW]/.test(next)) return this.lastBig === 8 || /[千百]/.test(next);
    if (literal.places > 0) return false;
    if (next === '元' || next === '块') return true;
    if (BELONGS_AHEAD.test(next) || isLatin(next.charCodeAt(0)) || /[-~到至]/.test(next)) return false;
    return literal.digits.length === 1 || literal.digits.length === 4;
  }

  private digit(c: string): boolean {
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
      if (!(next in SMALL || next in BIG) && BELONGS_AHEAD.test(next)) return false;
    }
    this.pending = value;
    this.unit = this.one;
    this.pendingArabic = false;
    this.coefficients++;
    this.pos++;
    this.tokens++;
    return true;
  }

  private small(exponent: number, bareUnit: boolean): boolean {
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

  private big(exponent: number, bareUnit: boolean): boolean {
    if (exponent === 4 ? this.lastBig <= 4 : this.sawYi) return false;
    let value = this.section + this.tail(false);
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

  private chineseDecimals(): boolean {
    if (this.vague !== null) return false;
    if (this.pendingArabic) return this.spokenDecimal();
    if (this.pending === null && this.lastExponent !== 1) return false;
    let j = this.pos + 1;
    let digits = '';
    while ((this.s[j] ?? '') in DIGIT && digits.length < 12) digits += DIGIT[this.s[j++]!];
    if (digits === '') return false;
    this.rescale(this.places + digits.length);
    this.unit = pow10(this.places - digits.length);
    this.pending = (this.pending ?? 0n) + BigInt(digits) * this.unit;
    this.zero = true;
    this.pos = j;
    return true;
  }

  /** 5点5, as speech input writes 5.5; 3点30 is a time. */
  private spokenDecimal(): boolean {
    const match = /^点(\d)(?![\d点分])/.exec(this.s.slice(this.pos, this.pos + 3));
    if (match === null || this.places > 0 || this.lastExponent !== null || this.pending === null)
      return false;
    this.rescale(1);
    this.pending += BigInt(match[1]!);
    this.unit = 1n;
    this.pos += 2;
    return true;
  }

  private vagueness(c: string): boolean {
    if (this.vague !== null || this.tokens === 0) return false;
    const next = skipGap(this.s, this.pos + 1);
    const ahead = this.s.slice(next, next + 2);
    if (c === '几') {
      // 十几, 20几
      const tens = this.pendingArabic ? this.unit >= 10n * this.one : this.pending === null;
      if (!tens || (!this.pendingArabic && (this.lastExponent ?? 9) > 3)) return false;
      this.stretch = this.unit;
      this.vague = 'over';
    } else if (c === '来' || c === '把') {
      if (!/^[万亿千家个人名项件台套份所位年天%元块]/.test(ahead)) return false;
      this.vague = 'about';
    } else {
      if (/^(?:元[化素]|个部|家子)/.test(ahead)) return false;
      const unitFollows = /^[万亿家个人名项件台套份条所位篇场次天年月吨元块%平公字倍]/.test(ahead);
      if (!unitFollows && !(c === '多' && this.lastBig < 99 && !/^[种方边层样少部]/.test(ahead)))
        return false;
      this.stretch = this.unit;
      this.vague = 'over';
    }
    this.pos++;
    return true;
  }

  private finish(arabic: boolean): Numeral | null {
    if (this.tokens === 0) return null;
    const n = this.sum(this.s[this.pos] !== '元');
    return {
      end: this.pos,
      n,
      places: this.places,
      upper: this.stretch === null ? null : n + this.stretch,
      vague: this.vague,
      magnitude: this.lastBig < 99,
      arabic,
      plain: !arabic && this.lastBig === 99 && n < 100n * this.one,
      exponent: this.coefficients <= 1 ? this.exponents : null,
    };
  }
}
