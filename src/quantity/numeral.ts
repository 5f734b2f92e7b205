import { BIG, DIGIT, SMALL } from './digits.js';
import { pow10 } from './exact.js';
import { isDigit, skipGap } from './fold.js';
import { standsAt } from './look.js';
import { Tokens } from './tokens.js';

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
  /** k where the number begins with a coefficient times 10^k (3000万: 4, 两千: 3, 1亿8千万: 8); null for 一百零五. */
  exponent: number | null;
  /** The power of ten of 万 and 亿 alone that the same coefficient has: 4 in 3千万, 0 in 两千. */
  scale: number;
}

/**
 * Reads the number at i: 2000, 1.8亿, 1亿8千万, 一千八百万, 两个亿, 1亿2, 两千多万, 500来万, 十几, 三四, 2000w.
 * Null where no number stands, or where the run of numerals is none (十五五, 唯一一个).
 * `bareUnit` allows a number without a coefficient (过亿, 上千万).
 */
export function readNumeral(s: string, i: number, bareUnit = false): Numeral | null {
  return i < s.length ? new NumeralParser(s, i).read(bareUnit) : null;
}

/** Takes token after token, as long as they make one number. */
class NumeralParser extends Tokens {
  read(bareUnit: boolean): Numeral | null {
    const first = this.s[this.start]!;
    if (first === '几' || first === '数') this.takeSeveral();
    if (first === '半' && !this.takeHalf()) return null;
    if (this.at(/[零〇]点[〇零一二三四五六七八九]/y)) this.takeNought();
    while (this.step(bareUnit));
    return this.finish(isDigit(first.charCodeAt(0)));
  }

  /** 几千万, 数十, 几个亿: from one of that unit to below ten of it; 几家 alone takes no token and is no number. */
  private takeSeveral(): void {
    this.pos++;
    this.pending = 1n;
    this.stretch = 9n;
    this.vague = 'over';
  }

  /** 零点五 */
  private takeNought(): void {
    this.pos++;
    this.pending = 0n;
    this.tokens++;
  }

  /** 半个亿 */
  private takeHalf(): boolean {
    if (!this.at(/半个?亿/y)) return false;
    this.pos++;
    this.rescale(1);
    this.pending = 5n;
    this.tokens++;
    return true;
  }

  /** Takes one token; false where the number ends. */
  private step(bareUnit: boolean): boolean {
    const { s } = this;
    const c = s[this.pos] ?? '';
    const code = s.charCodeAt(this.pos);
    if (isDigit(code)) return this.arabic();
    if (c in DIGIT) return this.digit(c);
    if (c in SMALL) return this.small(SMALL[c]!, bareUnit);
    if (c in BIG) return this.big(BIG[c]!, bareUnit);
    switch (c) {
      case '个':
        // 两个亿, 一个多亿
        if (this.pending === null && this.section === 0n) return false;
        if (!this.at(/个[多来半]?亿/y)) return false;
        this.pos++;
        return true;
      case '半':
        // 两个半亿
        if (this.pending === null || !this.at(/半亿/y)) return false;
        this.rescale(this.places + 1);
        this.pending += 5n * pow10(this.places - 1);
        this.pos++;
        return true;
      case '点':
        return this.decimals();
      case '多':
      case '余':
      case '来':
      case '几':
      case '把':
        return this.vagueness(c);
      case 'w':
      case 'W':
        return this.pendingArabic && this.at(/w(?![a-z_\d])/iy) && this.big(4, bareUnit);
    }
    if (!this.pendingArabic) return false;
    // 2000 万 and 520 多项, as a converted page sets them.
    const next = skipGap(s, this.pos);
    if (next === this.pos || !standsAt(/[千万亿多余来w]/iy, s, next)) return false;
    const save = this.pos;
    this.pos = next;
    if (this.step(bareUnit)) return true;
    this.pos = save;
    return false;
  }

  private vagueness(c: string): boolean {
    if (this.vague !== null) return false;
    const next = skipGap(this.s, this.pos + 1);
    const ahead = (pattern: RegExp) => standsAt(pattern, this.s, next);
    if (c === '几') {
      // 十几, 20几
      const tens = this.pendingArabic ? this.unit >= 10n * this.one : this.pending === null;
      if (!tens || (!this.pendingArabic && (this.lastExponent ?? 9) > 3)) return false;
      this.stretch = this.unit;
      this.vague = 'over';
    } else if (c === '来' || c === '把') {
      if (!ahead(/[万亿千家个人名项件台套份所位年天%元块]/y)) return false;
      this.vague = 'about';
    } else {
      if (ahead(/元[化素]|个部|家子/y)) return false;
      const unitFollows = ahead(/[万亿家个人名项件台套份条所位篇场次天年月吨元块%平公字倍]/y);
      if (!unitFollows && !(c === '多' && this.lastBig < 99 && !ahead(/[种方边层样少部]/y))) return false;
      this.stretch = this.unit;
      this.vague = 'over';
    }
    this.pos++;
    return true;
  }

  private finish(arabic: boolean): Numeral | null {
    if (this.tokens === 0) return null;
    const n = this.sum(!this.at(/[元块]/y));
    return {
      end: this.pos,
      n,
      places: this.places,
      upper: this.stretch === null ? null : n + this.stretch,
      vague: this.vague,
      magnitude: this.lastBig < 99,
      arabic,
      plain: !arabic && this.lastBig === 99 && n < 100n * this.one,
      exponent: this.coefficients <= 1 || this.lastBig < 99 ? this.exponents : null,
      scale: this.scale,
    };
  }
}
