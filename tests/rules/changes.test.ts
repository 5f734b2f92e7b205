import { describe, expect, test } from 'vitest';
import { exact } from '../../src/quantity/index.js';
import { numberTest } from '../../src/rules/figures.js';
import { groupTest } from '../../src/rules/group.js';
import {
  type Criterion,
  type FactSpec,
  otherPolicies,
  readFacts,
  smallestChange,
  type Test,
  type Vocabulary,
} from '../../src/rules/index.js';
import { isTest } from '../../src/rules/kinds.js';
import { AS_OF } from './support.js';

const spec = (id: string, type: FactSpec['type'], more: Partial<FactSpec> = {}): FactSpec => ({
  id,
  type,
  label: id,
  question: '',
  example: '',
  synonyms: [],
  values: [],
  orWord: null,
  measures: ['家'],
  falseWords: [],
  neverWords: [],
  noneWords: [],
  derive: null,
  ...more,
});
const CITY = spec('city', 'enum', {
  values: [
    { id: 'here', label: '本市', words: [] },
    { id: 'there', label: '外市', words: [] },
  ],
});
const SPECS = [
  CITY,
  spec('a', 'count'),
  spec('b', 'count'),
  spec('c', 'count'),
  spec('years', 'money-by-year'),
  spec('sold', 'money-by-year'),
  spec('founded', 'date'),
  spec('mean', 'money', { derive: { mean: 'years', founded: 'founded' } }),
  spec('ratio', 'percent', { derive: { ratio: 'years', of: 'sold', founded: 'founded' } }),
  spec('last', 'money', { derive: { latest: 'sold' } }),
];
const own: Vocabulary = { specs: SPECS, get: (id) => SPECS.find((s) => s.id === id) };
const least = (id: string, n: number): Test => numberTest(own.get(id)!, 'at-least', exact(n), '家');
const here = isTest(CITY, ['here'], '本市注册');

let ids = 0;
const criterion = (test: Test | null, more: Partial<Criterion> = {}): Criterion => ({
  policy: 'p',
  id: `c${ids++}`,
  subject: 'lead',
  title: '题',
  when: null,
  strength: 'must',
  clause: '一',
  quote: '文',
  note: null,
  alternatives: test?.mode === 'any',
  test,
  facts: test?.facts ?? [],
  required: '',
  words: [],
  ...more,
});
const change = (criteria: Criterion[], facts: Record<string, unknown>) =>
  smallestChange(criteria, own, {
    policy: 'p',
    subject: 'lead',
    asOf: AS_OF,
    status: '',
    facts: readFacts(facts, own),
  });
const texts = (criteria: Criterion[], facts: Record<string, unknown>) =>
  change(criteria, facts).needed.map((s) => s.text);

describe('the smallest change', () => {
  test('of one figure is its gap', () => {
    const out = change([criterion(least('a', 5))], { a: 3 });
    expect(out.needed).toMatchObject([
      { text: 'a补2家', clause: '一', quote: '文', title: '题', strength: 'must' },
    ]);
    expect(out.needed[0]!.ways).toHaveLength(1);
    expect(out).toMatchObject({ outcome: 'ineligible', after: 'eligible', fixed: [], advisable: [] });
  });

  test('of an or is any of its parts, the fewest changes first', () => {
    const either = groupTest('any', [groupTest('all', [least('a', 5), least('b', 5)]), least('c', 5)]);
    const out = change([criterion(either)], { a: 3, b: 4, c: 1 });
    expect(out.needed[0]!.ways.map((way) => way.map((c) => c.fact))).toEqual([['c'], ['a', 'b']]);
    expect(out.needed[0]!.text).toBe('c补4家；或a补2家，且b补1家（满足其一即可）');
    expect(out.after).toBe('eligible');
  });

  test('of an and is what fails of it', () => {
    const both = groupTest('all', [least('a', 5), least('b', 5), least('c', 5)]);
    expect(texts([criterion(both)], { a: 3, b: 9, c: 4 })).toEqual(['a补2家，且c补1家']);
    const nested = groupTest('all', [groupTest('any', [least('a', 5), least('b', 5)]), least('c', 5)]);
    expect(texts([criterion(nested)], { a: 3, b: 4, c: 1 })).toEqual([
      'a补2家，且c补4家；或b补1家，且c补4家（满足其一即可）',
    ]);
  });

  test('of an and with something unknown mends what is known to fail', () => {
    const both = groupTest('all', [least('a', 5), least('b', 5)]);
    const out = change([criterion(both)], { a: 3 });
    expect(out.needed[0]!.text).toBe('a补2家');
    expect(out.after).toBe('undetermined');
  });

  test('leaves out a way that nobody can bring about, but says it where there is no other', () => {
    const either = groupTest('any', [here, least('a', 5)]);
    expect(texts([criterion(either)], { city: 'there', a: 3 })).toEqual(['a补2家']);
    const both = groupTest('all', [here, least('a', 5)]);
    const out = change([criterion(both)], { city: 'there', a: 3 });
    expect(out.needed[0]!.ways).toEqual([]);
    expect(out.needed[0]!.text).toBe('city须为本市，且a补2家');
    expect(out.fixed).toHaveLength(1);
    expect(out.after).toBe('ineligible');
    const alone = change([criterion(here), criterion(least('a', 5))], { city: 'there', a: 3 });
    expect(alone.needed.map((s) => s.text)).toEqual(['city须为本市', 'a补2家']);
    expect(alone.fixed.map((s) => s.text)).toEqual(['city须为本市']);
    expect(alone.after).toBe('ineligible');
  });

  test('principles are advisable, judgements, other subjects and what is met are left out', () => {
    const out = change(
      [
        criterion(least('a', 5), { strength: 'principle' }),
        criterion(null, { strength: 'judgement' }),
        criterion(least('a', 9), { subject: 'member' }),
        criterion(least('b', 1)),
        criterion(least('c', 5)),
      ],
      { a: 3, b: 1, c: 1 },
    );
    expect(out.needed.map((s) => s.text)).toEqual(['c补4家']);
    expect(out.advisable.map((s) => s.text)).toEqual(['a补2家']);
    expect(out).toMatchObject({ outcome: 'ineligible', after: 'discretionary' });
    expect(out.fixed).toEqual([]);
  });

  test('nothing is needed where nothing fails', () => {
    const out = change([criterion(least('a', 5))], {});
    expect(out).toEqual({
      outcome: 'undetermined',
      after: 'undetermined',
      needed: [],
      advisable: [],
      fixed: [],
    });
  });

  test('a derived figure is mended as a stated one, not contradicted by its parts', () => {
    const given = { years: { 2023: 1, 2024: 1, 2025: 1 }, sold: { 2023: 100, 2024: 100, 2025: 100 } };
    const money = (id: string, n: number) => numberTest(own.get(id)!, 'at-least', exact(n), '');
    for (const [id, n] of [
      ['mean', 5],
      ['ratio', 5],
      ['last', 500],
    ] as const) {
      const out = change([criterion(money(id, n))], given);
      expect(out.needed).toHaveLength(1);
      expect(out.after, id).toBe('eligible');
    }
  });
});

describe('other cities', () => {
  const candidate = (policy: string, test: Test, subject: Criterion['subject'] = 'lead') => ({
    policy,
    status: `status of ${policy}`,
    criteria: [criterion(test, { policy, subject })],
  });
  const others = (facts: Record<string, unknown>) =>
    otherPolicies(
      [
        candidate('open', least('c', 5)),
        candidate('asked', least('a', 1)),
        candidate('passes', least('a', 2)),
        candidate('fails', least('a', 9)),
        candidate('member-only', least('a', 1), 'member'),
        {
          policy: 'soft',
          status: '',
          criteria: [
            criterion(least('b', 9), { strength: 'principle' }),
            criterion(null, { subject: 'member' }),
          ],
        },
      ],
      own,
      { policy: 'asked', subject: 'lead', asOf: AS_OF, facts: readFacts(facts, own) },
    );
  test('those that would pass first, then those that may, never those that fail, nor the one that was asked about', () => {
    expect(others({ a: 3, b: 3 }).map((v) => [v.policy, v.outcome])).toEqual([
      ['passes', 'eligible'],
      ['soft', 'discretionary'],
      ['open', 'undetermined'],
    ]);
  });
  test('each with its own status and criteria', () => {
    const [first] = others({ a: 3, b: 3 });
    expect(first).toMatchObject({ status: 'status of passes', subject: 'lead', asOf: AS_OF });
    expect(first!.criteria).toHaveLength(1);
  });
});
