import { describe, expect, it } from 'vitest';
import { NONE, ONE, said } from './cases.js';

/** Bare numbers, which only their being the whole text makes figures or tells from labels and dates. */
const ALONE = new Set(['二十']);
const FIGURES = ONE.filter(([text]) => !ALONE.has(text));

describe('a quantity is read the same wherever it stands', () => {
  it.each([
    ['甲方。', ''],
    ['', '。乙方'],
    ['甲方；', '；乙方'],
    ['\t', '\t'],
    ['本单位情况如下：', '，其余另附'],
  ])('between %j and %j', (before, after) => {
    for (const [text, expected] of FIGURES) expect(said(before + text + after), text).toEqual([expected]);
  });

  /** Every text meets every fifth of the others, each row another fifth: all with all takes seconds and finds no more. */
  const some = <T>(list: T[], row: number): T[] => list.filter((_, i) => (i + row) % 5 === 0);

  it('after another quantity', () => {
    FIGURES.forEach(([first, one], row) => {
      for (const [second, two] of some(FIGURES, row))
        expect(said(`${first}；${second}`), `${first}；${second}`).toEqual([one, two]);
    });
  });

  it('after and before a word that is none', () => {
    NONE.filter((w) => !/\t/.test(w)).forEach((word, row) => {
      for (const [text, expected] of some(FIGURES, row)) {
        expect(said(`${word}；${text}`), `${word}；${text}`).toEqual([expected]);
        expect(said(`${text}；${word}`), `${text}；${word}`).toEqual([expected]);
      }
    });
  });
});
