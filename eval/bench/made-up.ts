/** Characters of which the names of made-up cities are put together. */
const SYLLABLES = [...'安宁和平永丰昌顺清源东西南北江河湖海山林川谷云霞星月石金玉松柏梅兰竹菊春秋'];

/** `n` different made-up names of cities, the same each time. */
export function cityNames(n: number): string[] {
  const random = dice(20261121);
  const names = new Set<string>();
  while (names.size < n) names.add(madeUpName(random, 3));
  return [...names];
}

/** A made-up name of so many characters. */
export const madeUpName = (random: (n: number) => number, length: number): string =>
  Array.from({ length }, () => SYLLABLES[random(SYLLABLES.length)]!).join('');

/** Whole numbers below `n`, the same row for the same seed. */
export function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}
