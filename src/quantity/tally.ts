import { pow10 } from './exact.js';

/** The sums behind a number that is read from left to right: what 亿, 万, 千, 百 and 十 have made of the figures so far. */
export class Tally {
  /** All figures below are scaled by 10^places. */
  protected places = 0;
  protected one = 1n;
  /** What 万 and 亿 have closed, what 十百千 have closed since, and the figure not yet multiplied. */
  protected total = 0n;
  protected section = 0n;
  protected pending: bigint | null = null;
  /** Whether that figure was written in Arabic digits. */
  protected pendingArabic = false;
  /** Exponents of the last multiplier taken: of any kind, below 万, and from 万 up. */
  protected lastExponent: number | null = null;
  protected lastSmall = 4;
  protected lastBig = 99;
  protected sawYi = false;
  protected zero = false;
  protected tokens = 0;
  protected coefficients = 0;
  /** The powers of ten that the first coefficient has been given. */
  protected exponents = 0;
  protected scale = 0;
  /** The unit of the last figure said (千 in 两千, 0.1亿 in 1.8亿): how far 多 may reach. */
  protected unit = 1n;
  protected stretch: bigint | null = null;
  protected vague: 'over' | 'about' | null = null;

  /** Keeps at least so many decimal places. */
  protected rescale(places: number): void {
    const factor = pow10(Math.max(0, places - this.places));
    this.total *= factor;
    this.section *= factor;
    this.unit *= factor;
    this.one *= factor;
    if (this.pending !== null) this.pending *= factor;
    this.places = Math.max(this.places, places);
  }

  /** 十, 百 or 千 takes the figure before it into the section. */
  protected multiply(exponent: number, figure: bigint): void {
    const factor = pow10(exponent);
    this.section += figure * factor;
    this.unit *= factor;
    if (this.stretch !== null) this.stretch *= factor;
    this.lastSmall = exponent;
    // 一到二十万: 十 is no unit that two figures share.
    if (this.coefficients <= 1 && exponent > 1) this.exponents += exponent;
    this.closed(exponent);
  }

  /** 万 or 亿 closes the section, whose value it multiplies; 亿 multiplies the 万 before it too (一万亿). */
  protected closeSection(exponent: number, value: bigint): void {
    const factor = pow10(exponent);
    if (exponent === 8 || this.total === 0n) {
      this.exponents += exponent;
      this.scale += exponent;
    }
    this.total = exponent === 8 ? value * factor : this.total + value * factor;
    this.section = 0n;
    this.unit *= factor;
    if (this.stretch !== null) this.stretch *= factor;
    this.sawYi ||= exponent === 8;
    this.lastBig = exponent;
    this.lastSmall = 4;
    this.closed(exponent);
  }

  private closed(exponent: number): void {
    this.pending = null;
    this.pendingArabic = false;
    this.lastExponent = exponent;
    this.zero = false;
    this.tokens++;
  }

  /** A figure after the last multiplier: 一百零五 and 十五 as they stand, 1亿2 and 两千五 in the next lower unit. */
  private tail(): bigint {
    if (this.pending === null) return 0n;
    if (this.lastExponent === null || this.zero || this.pending >= 10n * this.one) return this.pending;
    const factor = pow10(this.lastExponent - 1);
    if (this.stretch !== null) this.stretch *= factor;
    return this.pending * factor;
  }

  /** The whole number. 1亿2000 and 一亿两千, with no 零 between, are said of 万, unless 元 follows (`inWan` false). */
  protected sum(inWan: boolean): bigint {
    let rest = this.section + this.tail();
    if (inWan && this.lastBig === 8 && !this.zero && rest >= 1000n * this.one && rest < 10000n * this.one) {
      rest *= 10000n;
      if (this.stretch !== null) this.stretch *= 10000n;
    }
    return this.total + rest;
  }
}
