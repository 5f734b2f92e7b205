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
  protected exponents = 0;
  /** The unit of the last figure said (千 in 两千, 0.1亿 in 1.8亿): how far 多 may reach. */
  protected unit = 1n;
  protected stretch: bigint | null = null;
  protected vague: 'over' | 'about' | null = null;

  /** Keeps at least so many decimal places. */
  protected rescale(places: number): void {
    if (places <= this.places) return;
    const factor = pow10(places - this.places);
    this.total *= factor;
    this.section *= factor;
    this.unit *= factor;
    if (this.pending !== null) this.pending *= factor;
    if (this.stretch !== null) this.stretch *= factor;
    this.places = places;
    this.one = pow10(places);
  }

  /** 十, 百 or 千 takes the figure before it into the section. */
  protected multiply(exponent: number, figure: bigint): void {
    const factor = pow10(exponent);
    this.section += figure * factor;
    this.unit *= factor;
    if (this.stretch !== null) this.stretch *= factor;
    this.lastSmall = exponent;
    this.closed(exponent);
  }

  /** 万 or 亿 closes the section, whose value it multiplies; 亿 multiplies the 万 before it too (一万亿). */
  protected closeSection(exponent: number, value: bigint): void {
    const factor = pow10(exponent);
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
    this.exponents += exponent;
    this.zero = false;
    this.tokens++;
  }

  /** A figure after the last multiplier: 一百零五 and 十五 as they stand, 1亿2 and 两千五 in the next lower unit. */
  protected tail(atEnd: boolean): bigint {
    if (this.pending === null) return 0n;
    const exponent = this.lastExponent;
    if (exponent === null || exponent === 1 || this.zero || this.pending >= 10n * this.one)
      return this.pending;
    if (this.section === 0n && exponent >= 4 && !atEnd) return this.pending;
    const factor = pow10(exponent - 1);
    this.unit *= factor;
    if (this.stretch !== null) this.stretch *= factor;
    return this.pending * factor;
  }

  /** The whole number. 1亿2000 and 一亿两千, with no 零 between, are said of 万, unless 元 follows (`inWan` false). */
  protected sum(inWan: boolean): bigint {
    let rest = this.section + this.tail(true);
    if (inWan && this.lastBig === 8 && !this.zero && rest >= 1000n * this.one && rest < 10000n * this.one) {
      rest *= 10000n;
      if (this.stretch !== null) this.stretch *= 10000n;
    }
    return this.total + rest;
  }
}
