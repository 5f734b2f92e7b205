import Fraction from 'fraction.js';

const PLAIN = /^([+-]?)(\d+)(?:\.(\d+))?$/;
const RATIO = /^([+-]?\d+)\/(\d+)$/;

/** Thrown by {@link exact} for a text that is no plain decimal, integer or `n/d`. */
export class NotANumberError extends Error {
  constructor(text: string) {
    super(`Not an exact number: ${JSON.stringify(text.slice(0, 40))}. Accepted: 180000000, 4.2, 1/3.`);
    this.name = 'NotANumberError';
  }
}

/**
 * An exact rational from canonical notation (`180000000`, `4.2`, `1/3`) or a bigint.
 * A JS number is accepted only through its decimal notation (4.2 is 42/10, never the binary double).
 * Throws {@link NotANumberError}.
 */
export function exact(value: string | bigint | number): Fraction {
  const text = String(value).trim();
  const plain = PLAIN.exec(text);
  if (plain) {
    const decimals = plain[3] ?? '';
    const digits = BigInt(plain[2]! + decimals);
    return new Fraction(plain[1] === '-' ? -digits : digits, pow10(decimals.length));
  }
  const ratio = RATIO.exec(text);
  if (ratio && BigInt(ratio[2]!) !== 0n) return new Fraction(BigInt(ratio[1]!), BigInt(ratio[2]!));
  throw new NotANumberError(text);
}

const POWERS: bigint[] = [1n];

/** 10 to the power of n, n a non-negative integer. */
export function pow10(n: number): bigint {
  for (let i = POWERS.length; i <= n; i++) POWERS.push(POWERS[i - 1]! * 10n);
  return POWERS[n]!;
}

/** -1, 0 or 1, by integer arithmetic only; much cheaper than Fraction.compare, which parses its argument. */
export function compareExact(a: Fraction, b: Fraction): -1 | 0 | 1 {
  // Stryker disable next-line all: a shorter way to the same answer for one and the same number.
  if (a === b) return 0;
  const an = a.s < 0n ? -a.n : a.n;
  const bn = b.s < 0n ? -b.n : b.n;
  // Stryker disable next-line all: a shorter way to the same answer for whole numbers, which nearly all figures are.
  if (a.d === b.d) return an < bn ? -1 : an > bn ? 1 : 0;
  const left = an * b.d;
  const right = bn * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Whether two exact numbers are the same. */
export function equalExact(a: Fraction, b: Fraction): boolean {
  return compareExact(a, b) === 0;
}

/** The number as a decimal without rounding, or null where it has no finite decimal notation. */
export function finiteDecimal(f: Fraction): string | null {
  const sign = f.s < 0n ? '-' : '';
  if (f.d === 1n) return sign + f.n.toString();
  let twos = 0;
  let fives = 0;
  let rest = f.d;
  for (; rest % 2n === 0n; rest /= 2n) twos++;
  for (; rest % 5n === 0n; rest /= 5n) fives++;
  if (rest !== 1n) return null;
  const places = Math.max(twos, fives);
  const digits = ((f.n * pow10(places)) / f.d).toString().padStart(places + 1, '0');
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Canonical notation: a decimal string where finite, `n/d` where not. {@link exact} reads it back. */
export function canonical(f: Fraction): string {
  return finiteDecimal(f) ?? `${f.s < 0n ? '-' : ''}${f.n}/${f.d}`;
}

/** The number rounded half up to some decimal places, for display only: never compare the result. */
export function roundedDecimal(f: Fraction, places: number): string {
  const scaled = (f.n * pow10(places) * 2n + f.d) / (f.d * 2n);
  const digits = scaled.toString().padStart(places + 1, '0');
  const cut = digits.length - places;
  const sign = f.s < 0n && scaled !== 0n ? '-' : '';
  const text = places === 0 ? digits : `${digits.slice(0, cut)}.${digits.slice(cut)}`.replace(/\.?0+$/, '');
  return sign + text;
}

/** Whether the number is a whole one. */
export function isInteger(f: Fraction): boolean {
  return f.d === 1n;
}
