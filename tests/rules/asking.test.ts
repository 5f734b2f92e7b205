import { describe, expect, test } from 'vitest';
import { type Draw, expected, optimum } from '../../eval/bench/interview.js';
import { exact, point } from '../../src/quantity/index.js';
import { numberTest, shareTest } from '../../src/rules/figures.js';
import { groupTest } from '../../src/rules/group.js';
import {
  type Criterion,
  check,
  type FactSpec,
  type FactValue,
  nextFact,
  type Test,
  type Vocabulary,
} from '../../src/rules/index.js';
import { isTest } from '../../src/rules/kinds.js';
import { AS_OF } from './support.js';

/** Seven facts of different chances: yes or no, lists of 3 and 5, counts. */
const spec = (id: string, type: FactSpec['type'], values = 0): FactSpec => ({
  id,
  type,
  label: id,
  question: '',
  example: '',
  synonyms: [],
  values: Array.from({ length: values }, (_, i) => ({ id: `v${i}`, label: `v${i}`, words: [] })),
  orWord: null,
  measures: [],
  falseWords: [],
  neverWords: [],
  noneWords: [],
  derive: null,
});
const SPECS = [
  spec('kind', 'enum', 3),
  spec('five', 'enum', 5),
  spec('yes', 'boolean'),
  spec('sure', 'boolean'),
  spec('also', 'boolean'),
  spec('n', 'count'),
  spec('m', 'count'),
];
const own: Vocabulary = { specs: SPECS, get: (id) => SPECS.find((s) => s.id === id) };
const of = (id: string): FactSpec => own.get(id)!;
const yes = (id: string): Test => isTest(of(id), [true], id);
const among = (id: string, ...values: string[]): Test => isTest(of(id), values, id);
const least = (id: string, n: number): Test => numberTest(of(id), 'at-least', exact(n), '');
const any = (...parts: Test[]): Test => groupTest('any', parts);
const all = (...parts: Test[]): Test => groupTest('all', parts);

let ids = 0;
const must = (
  t: Test,
  when: Criterion['when'] = null,
  strength: Criterion['strength'] = 'must',
): Criterion => ({
  policy: 'p',
  id: `c${ids++}`,
  subject: 'lead',
  title: '',
  when,
  strength,
  clause: '',
  quote: '',
  note: null,
  alternatives: false,
  test: t,
  facts: t.facts,
  required: '',
  words: [],
});
const should = (t: Test, when: Criterion['when'] = null) => must(t, when, 'principle');

const ask = (criteria: Criterion[], facts: ReadonlyMap<string, FactValue> = new Map()) =>
  check(criteria, own, { policy: 'p', subject: 'lead', asOf: AS_OF, status: '', facts }).next;

const VALUES: Record<string, FactValue[]> = Object.fromEntries(
  SPECS.map((s) => [
    s.id,
    s.type === 'boolean'
      ? [true, false].map((value) => ({ type: 'boolean', value }))
      : s.type === 'enum'
        ? s.values.map((v) => ({ type: 'enum', value: v.id }))
        : Array.from({ length: 9 }, (_, n) => ({ type: 'number', range: point(exact(n)) })),
  ]),
);
const draws = (criteria: Criterion[]): Map<string, Draw[]> =>
  new Map(
    [...new Set(criteria.flatMap((c) => [...Object.keys(c.when ?? {}), ...c.facts]))].map((id) => [
      id,
      VALUES[id]!.map((value) => ({ value, chance: 1 / VALUES[id]!.length })),
    ]),
  );

describe('what is assumed of a count that nobody has told', () => {
  test.each(['at-least', 'over', 'at-most', 'under'] as const)(
    'of the numbers from nought to twice the threshold each is as likely (%s)',
    (bound) => {
      for (const n of [1, 2, 5, 20]) {
        const numbers = Array.from({ length: 2 * n + 1 }, (_, k) => k);
        const meets = {
          'at-least': (k: number) => k >= n,
          over: (k: number) => k > n,
          'at-most': (k: number) => k <= n,
          under: (k: number) => k < n,
        };
        const share = numbers.filter(meets[bound]).length / numbers.length;
        expect(numberTest(of('n'), bound, exact(n), '').chance).toBeCloseTo(share, 12);
      }
    },
  );

  test('a threshold of nought, of part of a unit, or below nought still has a chance', () => {
    const chance = (bound: 'at-least' | 'over' | 'at-most' | 'under', n: string) =>
      numberTest(of('n'), bound, exact(n), '').chance;
    expect([
      chance('at-least', '0'),
      chance('over', '0'),
      chance('at-most', '0'),
      chance('under', '0'),
    ]).toEqual([1, 0.5, 0.5, 0]);
    expect(chance('at-least', '2.5')).toBe(0.5);
    expect(chance('at-most', '2.5')).toBe(0.5);
    expect(chance('at-least', '-3')).toBe(1);
  });
});

describe('the first question', () => {
  test.each<[string, Criterion[], string]>([
    ['is the must most likely to fail', [must(yes('yes')), must(among('five', 'v0'))], 'five'],
    ['whatever the order in the document', [must(among('five', 'v0')), must(yes('yes'))], 'five'],
    ['of equal ones the first in the document', [must(yes('sure')), must(yes('yes'))], 'sure'],
    [
      'is a must before any principle',
      [should(among('five', 'v0')), must(among('five', 'v0', 'v1', 'v2', 'v3'))],
      'five',
    ],
    ['is of a principle once no must is open', [should(yes('yes'))], 'yes'],
    [
      'is a single answer before two of the same chance',
      [must(all(least('n', 4), least('m', 4))), must(among('kind', 'v0'))],
      'kind',
    ],
    ['of an or is the part most likely to pass', [must(any(among('five', 'v0'), yes('yes')))], 'yes'],
    ['of an and is the part most likely to fail', [must(all(yes('yes'), among('five', 'v0')))], 'five'],
    [
      'is the or that is likely to fail before a likely yes',
      [must(any(yes('yes'), yes('sure'))), must(among('five', 'v0'))],
      'five',
    ],
    [
      'is the gate where the musts behind it are likely to fail',
      [
        must(yes('yes')),
        must(among('five', 'v0'), { kind: ['v0', 'v1', 'v2'] }),
        must(least('n', 8), { kind: ['v0', 'v1', 'v2'] }),
      ],
      'yes',
    ],
    [
      'is a condition before what it opens, where that is likely to fail',
      [must(among('five', 'v0'), { yes: [true] })],
      'yes',
    ],
    [
      'is what a condition opens, where that is likely to pass',
      [must(among('five', 'v0', 'v1', 'v2', 'v3'), { yes: [true] })],
      'five',
    ],
    [
      'is a condition that opens several',
      [
        must(among('five', 'v0', 'v1', 'v2'), { yes: [true] }),
        must(among('kind', 'v0', 'v1'), { yes: [true] }),
      ],
      'yes',
    ],
    [
      'is the gate that itself may fail',
      [must(among('kind', 'v0')), must(yes('yes'), { kind: ['v0'] })],
      'kind',
    ],
    ['is no question where nothing is asked', [], null as never],
  ])('%s', (_name, criteria, expected) => {
    expect(ask(criteria)).toBe(expected);
  });

  test('is none once a must has failed, nor for a case that is settled', () => {
    const criteria = [must(yes('yes')), must(yes('sure')), should(yes('also'))];
    const facts = (given: Record<string, boolean>) =>
      new Map(Object.entries(given).map(([id, value]) => [id, { type: 'boolean', value } as FactValue]));
    expect(ask(criteria, facts({ sure: false }))).toBeNull();
    expect(ask(criteria, facts({ yes: true, sure: true }))).toBe('also');
    expect(ask(criteria, facts({ yes: true, sure: true, also: false }))).toBeNull();
    expect(ask(criteria, facts({ yes: true, also: false }))).toBe('sure');
  });

  test('asks what is behind a gate only while it can be opened', () => {
    const criteria = [must(yes('yes'), { kind: ['v0'], also: [true] })];
    const known = (given: Record<string, FactValue>) => new Map(Object.entries(given));
    const no: FactValue = { type: 'boolean', value: false };
    expect(ask(criteria, known({ also: no }))).toBeNull();
    expect(ask(criteria, known({ kind: { type: 'enum', value: 'v1' } }))).toBeNull();
    expect(ask(criteria, known({ kind: { type: 'enum', value: 'v0' } }))).toMatch(/^(?:also|yes)$/);
    expect(ask(criteria, known({ kind: { type: 'enum', value: 'v0' }, yes: no }))).toBe('also');
    expect(ask(criteria, known({ also: { type: 'boolean', value: true }, yes: no }))).toBe('kind');
  });

  test('of facts known as a range is the exact figure', () => {
    const vague: FactValue = { type: 'number', range: { ...point(exact(2n)), hi: exact(9n) } };
    expect(ask([must(least('n', 4))], new Map([['n', vague]]))).toBe('n');
    expect(
      ask(
        [must(all(least('n', 4), least('m', 4)))],
        new Map([
          ['n', vague],
          ['m', vague],
        ]),
      ),
    ).toBe('n');
  });
});

describe('the next question, of what is half known', () => {
  const known = (given: Record<string, number | [number, number] | boolean>) =>
    new Map<string, FactValue>(
      Object.entries(given).map(([id, value]) => [
        id,
        typeof value === 'boolean'
          ? { type: 'boolean', value }
          : typeof value === 'number'
            ? { type: 'number', range: point(exact(value)) }
            : { type: 'number', range: { ...point(exact(value[0])), hi: exact(value[1]) } },
      ]),
    );
  const share = () => must(shareTest(of('n'), of('m'), 'at-least', exact(50)));

  test('of a share whose one part is exact is the other', () => {
    expect(ask([share()], known({ n: 4, m: [6, 10] }))).toBe('m');
    expect(ask([share()], known({ n: [2, 6], m: 8 }))).toBe('n');
    expect(ask([share()], known({ n: [2, 6], m: [6, 10] }))).toBe('n');
    expect(ask([share()], known({ n: [2, 6] }))).toBe('m');
  });

  test('two answers for a share cost more than one for a yes', () => {
    expect(ask([share(), must(yes('yes'))])).toBe('yes');
    expect(ask([share(), must(yes('yes'))], known({ n: 3 }))).toBe('m');
  });

  test('is the part that is missing of a derived fact, but the fact itself where it is known as a range', () => {
    const criteria = [must(least('n', 4))];
    const asked = (facts: Record<string, [number, number]>) =>
      nextFact(
        criteria,
        { facts: known(facts), conflicts: [], lacking: new Map([['n', 'part']]) },
        AS_OF,
        own,
      );
    expect(asked({})).toBe('part');
    expect(asked({ n: [2, 9] })).toBe('n');
  });

  test('is what was told in two ways, as long as it matters', () => {
    const conflict = (fact: string) => ({
      fact,
      stated: { type: 'number' as const, range: point(exact(1)) },
      derived: { type: 'number' as const, range: point(exact(2)) },
    });
    const asked = (
      criteria: Criterion[],
      conflicts: string[],
      facts: Record<string, number | boolean> = {},
    ) =>
      nextFact(
        criteria,
        { facts: known(facts), conflicts: conflicts.map(conflict), lacking: new Map() },
        AS_OF,
        own,
      );
    const both = [must(among('five', 'v0')), must(any(least('n', 4), yes('yes')))];
    expect(asked(both, [])).toBe('five');
    expect(asked(both, ['n'])).toBe('n');
    expect(asked(both, ['m', 'n'])).toBe('n');
    expect(asked(both, ['n'], { yes: true })).toBe('five');
    expect(asked(both, ['m'])).toBe('five');
    // A principle does not matter while a must is open.
    expect(asked([must(yes('yes')), should(least('n', 4))], ['n'])).toBe('yes');
    expect(asked([should(yes('yes')), should(least('n', 4))], ['n'])).toBe('n');
    // What is settled inside an alternative no longer asks for it.
    expect(asked([must(any(all(least('n', 4), yes('yes')), yes('sure')))], ['n'], { yes: false })).toBe(
      'sure',
    );
  });
});

describe('over many sets of conditions', () => {
  /** A small deterministic generator. */
  const random = (seed: number) => {
    let x = seed;
    return (below: number) => {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      return (x >>> 0) % below;
    };
  };
  const LEAVES: (() => Test)[] = [
    () => yes('yes'),
    () => yes('sure'),
    () => yes('also'),
    () => among('kind', 'v0'),
    () => among('five', 'v0', 'v1', 'v2', 'v3'),
    () => among('five', 'v1'),
    () => least('n', 4),
    () => least('m', 2),
  ];
  const GATES: Criterion['when'][] = [null, null, { kind: ['v0'] }, { kind: ['v0', 'v1'] }, { yes: [true] }];
  const draw = (next: (below: number) => number): Criterion[] =>
    Array.from({ length: 2 + next(3) }, () => {
      const leaf = () => LEAVES[next(LEAVES.length)]!();
      const shape = next(4);
      const when = GATES[next(GATES.length)]!;
      const test_ = shape === 0 ? any(leaf(), leaf()) : shape === 1 ? all(leaf(), leaf()) : leaf();
      return must(test_, when, next(6) === 0 ? 'principle' : 'must');
    });

  test('most are asked about in the best way there is, and all of them in a way that costs little more', () => {
    const next = random(20261121);
    let ours = 0;
    let best = 0;
    let same = 0;
    for (let k = 0; k < 200; k++) {
      const criteria = draw(next);
      const mine = expected((facts) => ask(criteria, facts), criteria, draws(criteria), AS_OF);
      const least = optimum(criteria, draws(criteria), AS_OF);
      expect(mine).toBeGreaterThan(least - 1e-9);
      ours += mine;
      best += least;
      if (mine < least + 1e-9) same++;
    }
    expect(same).toBeGreaterThanOrEqual(149);
    expect(ours / best).toBeLessThanOrEqual(1.0291);
  });
});
