import { describe, expect, test } from 'vitest';
import { type Draw, expected, optimum } from '../../eval/bench/interview.js';
import { exact, point } from '../../src/quantity/index.js';
import { numberTest } from '../../src/rules/figures.js';
import { groupTest } from '../../src/rules/group.js';
import {
  type Criterion,
  check,
  type FactSpec,
  type FactValue,
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
    expect(ask(criteria, known({ kind: { type: 'enum', value: 'v0' } }))).toBe('also');
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

  test('asking costs little more than the best way of asking', () => {
    const next = random(20261121);
    let ours = 0;
    let best = 0;
    for (let k = 0; k < 60; k++) {
      const criteria = draw(next);
      ours += expected((facts) => ask(criteria, facts), criteria, draws(criteria), AS_OF);
      best += optimum(criteria, draws(criteria), AS_OF);
    }
    expect(ours / best).toBeLessThanOrEqual(1.04);
    expect(ours).toBeGreaterThanOrEqual(best);
  });
});
