import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareRange, exact, formatRangeCanonical, parseRangeCanonical } from '../../src/quantity/index.js';
import { deriveFacts, type FactSpec, readFacts, type Vocabulary, writeFacts } from '../../src/rules/index.js';

const spec = (id: string, type: FactSpec['type'], derive: FactSpec['derive'] = null): FactSpec => ({
  id,
  type,
  label: id,
  question: '',
  example: '',
  synonyms: [],
  values: [],
  orWord: null,
  measures: [],
  falseWords: [],
  neverWords: [],
  noneWords: [],
  derive,
});
const SPECS = [
  spec('rd', 'money-by-year'),
  spec('sales', 'money-by-year'),
  spec('founded', 'date'),
  spec('mean', 'money', { mean: 'rd', founded: 'founded' }),
  spec('last', 'money', { latest: 'sales' }),
  spec('ratio', 'percent', { ratio: 'rd', of: 'sales', founded: 'founded' }),
];
const own: Vocabulary = { specs: SPECS, get: (id) => SPECS.find((s) => s.id === id) };
const derive = (given: Record<string, unknown>, asOf = '2026-11-21') =>
  deriveFacts(readFacts(given, own), own, asOf);
const of = (given: Record<string, unknown>, asOf?: string) => writeFacts(derive(given, asOf).facts, own);
const years = (...values: unknown[]) => Object.fromEntries(values.map((v, i) => [2023 + i, v]));

describe('what follows from the years', () => {
  test.each<[unknown[], string | undefined]>([
    [[1, 2, 3], '2'],
    [[1, 1, 2], '4/3'],
    [['>=1', 2, 3], '>=2'],
    [['>1', 2, 3], '>2'],
    [[2, '>1', 3], '>2'],
    [['<=1', 2, 3], '>=5/3 <=2'],
    [['<1', 2, 3], '>=5/3 <2'],
    [['>=1', '<=2', 3], '>=4/3'],
    [['>1 <2', '>1 <2', '>1 <2'], '>1 <2'],
    [['>=1 <2', 1, 1], '>=1 <4/3'],
  ])('the mean of %j is %s', (values, mean) => {
    expect(of({ rd: years(...values) }).mean).toBe(mean);
  });

  test.each<[unknown[], unknown[], string | undefined]>([
    [[1, 1, 1], [10, 10, 10], '10'],
    [[1, 1, 1], [10, 10, 12], '9.375'],
    [['>=1', 1, 1], [10, 10, 10], '>=10'],
    [['>1', 1, 1], [10, 10, 10], '>10'],
    [[1, 1, 1], ['>=10', 10, 10], '>=0 <=10'],
    [[1, 1, 1], ['>10', 10, 10], '>=0 <10'],
    [[1, 1, 1], ['>=10 <=20', 10, 10], '>=7.5 <=10'],
    [[1, 1, 1], ['>10 <20', 10, 10], '>7.5 <10'],
    [['>1 <4', 1, 1], [10, 10, 10], '>10 <20'],
    [['>=1 <=4', 1, 1], [10, 10, 10], '>=10 <=20'],
    [['>=1', 1, 1], ['>=10', 10, 10], undefined],
    [[1, 1, 1], [0, 0, 0], undefined],
    [[1, 1, 1], [10, 10], undefined],
    [[1, 1], [10, 10, 10], undefined],
    [['>=1', 1, 1], [0, 0, 0], undefined],
  ])('the share of %j in %j is %s', (rd, sales, ratio) => {
    expect(of({ rd: years(...rd), sales: years(...sales) }).ratio).toBe(ratio);
  });

  test('every case that the years allow lies in what is derived, and the ends are reached', () => {
    const amount = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat({ max: 3 }), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(fc.array(amount, { minLength: 6, maxLength: 6 }), (list) => {
        const text = list.map(([lo, width, li, hi]) =>
          width === 0 ? String(lo) : `${li ? '>=' : '>'}${lo} ${hi ? '<=' : '<'}${lo + width}`,
        );
        const out = of({ rd: years(...text.slice(0, 3)), sales: years(...text.slice(3)) });
        const low = list.map(([lo]) => lo);
        const high = list.map(([lo, width]) => lo + width);
        const sum = (ns: number[]) => ns.reduce((a, b) => a + b, 0);
        const [l, h] = [sum(low.slice(0, 3)), sum(high.slice(0, 3))];
        const [sl, sh] = [sum(low.slice(3)), sum(high.slice(3))];
        const mean = parseRangeCanonical(out.mean as string)!;
        expect(mean.lo!.equals(exact(l).div(3)) && mean.hi!.equals(exact(h).div(3))).toBe(true);
        const ratio = parseRangeCanonical(out.ratio as string)!;
        expect(ratio.lo!.equals(exact(l).div(sh).mul(100))).toBe(true);
        expect(ratio.hi!.equals(exact(h).div(sl).mul(100))).toBe(true);
        const closed = (from: number, to: number, end: 'lo' | 'hi') =>
          list.slice(from, to).every(([, width, li, hi]) => width === 0 || (end === 'lo' ? li : hi));
        if (l !== h) {
          expect(mean.loIncluded).toBe(closed(0, 3, 'lo'));
          expect(mean.hiIncluded).toBe(closed(0, 3, 'hi'));
          if (sl !== sh) {
            expect(ratio.loIncluded).toBe(closed(0, 3, 'lo') && closed(3, 6, 'hi'));
            expect(ratio.hiIncluded).toBe(closed(0, 3, 'hi') && closed(3, 6, 'lo'));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('the latest year', () => {
  test.each([
    ['2026-11-21', 2025, '5'],
    ['2026-01-01', 2025, '5'],
    ['2025-12-31', 2025, undefined],
    ['2027-01-01', 2025, undefined],
    ['2025-12-31', 2024, '5'],
  ])('on %s is the one before: %i gives %s', (asOf, year, last) => {
    expect(of({ sales: { [year]: 5 } }, asOf).last).toBe(last);
  });
});

describe('how many years count', () => {
  test.each<[Record<number, number>, string | null, string | undefined]>([
    [{ 2022: 9, 2023: 1, 2024: 2, 2025: 3 }, null, '2'],
    [{ 2023: 1, 2025: 3 }, null, undefined],
    [{ 2024: 1, 2025: 3 }, null, undefined],
    [{ 2024: 1, 2025: 3 }, '2024-05-01', '2'],
    [{ 2025: 3 }, '2024-05-01', undefined],
    [{ 2025: 3 }, '2025-05-01', '3'],
    [{ 2024: 9, 2025: 3 }, '2025-05-01', '3'],
    [{ 2024: 9 }, '2025-05-01', undefined],
    [{ 2024: 1, 2025: 3 }, '2023-11-21', undefined],
    [{ 2024: 1, 2025: 3 }, '2023-11-22', undefined],
    [{ 2024: 1, 2025: 3, 2026: 5 }, '2024-01-01', '3'],
    [{ 2025: 3, 2026: 5 }, '2024-11-22', undefined],
    [{ 2024: 1, 2025: 3 }, '2020-01-01', undefined],
  ])('%j, founded %s: %s', (rd, founded, mean) => {
    expect(of({ rd, founded }).mean).toBe(mean);
  });

  test('a founding day known only to lie in a year explains no missing year', () => {
    const rd = { 2024: 1, 2025: 3 };
    expect(of({ rd, founded: '>=2024-01-01 <=2024-12-31' }).mean).toBeUndefined();
  });

  test('three years from the founding are over on the corresponding day', () => {
    const rd = { 2024: 2, 2025: 4 };
    expect(of({ rd, founded: '2024-03-01' }, '2027-02-28').mean).toBe('3');
    expect(of({ rd, founded: '2024-03-01' }, '2027-03-01').mean).toBeUndefined();
  });
});

describe('what is lacking', () => {
  const lacks = (given: Record<string, unknown>) => Object.fromEntries(derive(given).lacking);
  test.each<[Record<string, unknown>, Record<string, string>]>([
    [{}, {}],
    [{ rd: years(1, 1, 1) }, { ratio: 'sales' }],
    [{ sales: years(1, 1, 1) }, { ratio: 'rd' }],
    [{ rd: years(1, 1) }, { mean: 'rd', ratio: 'rd' }],
    [{ rd: years(1, 1, 1), sales: years(1, 1) }, { ratio: 'sales' }],
    [{ rd: years(1, 1, 1), sales: years(1, 1, 1) }, {}],
    [{ rd: years(1, 1, 1), sales: years(0, 0, 0) }, { ratio: 'sales' }],
    [{ founded: '2024-01-01' }, {}],
  ])('of %j: %j', (given, lacking) => {
    expect(lacks(given)).toEqual(lacking);
  });
});

describe('stated and derived values', () => {
  test.each<[unknown, string | undefined, boolean]>([
    [2, '2', false],
    ['>1', '2', false],
    ['>=2 <5', '2', false],
    [3, undefined, true],
    ['>2', undefined, true],
    ['<2', undefined, true],
  ])('a stated mean of %j beside years that make 2 leaves %s', (mean, left, conflict) => {
    const found = derive({ mean, rd: years(1, 2, 3) });
    expect(writeFacts(found.facts, own).mean).toBe(left);
    expect(found.conflicts.map((c) => c.fact)).toEqual(conflict ? ['mean'] : []);
    if (conflict) {
      const [{ stated, derived }] = found.conflicts as [(typeof found.conflicts)[0]];
      expect(derived.type === 'number' && formatRangeCanonical(derived.range)).toBe('2');
      expect(stated).toEqual(readFacts({ mean }, own).get('mean'));
    }
  });

  test('a range that is narrowed by both', () => {
    expect(of({ mean: '<3', rd: years('>=1', 2, 3) }).mean).toBe('>=2 <3');
  });

  test('without years what was stated stays', () => {
    expect(of({ mean: 7, ratio: '4.2%' })).toEqual({ mean: '7', ratio: '4.2' });
    expect(compareRange(parseRangeCanonical('7')!, 'at-least', exact(7n))).toBe('pass');
  });
});
