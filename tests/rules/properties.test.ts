import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareExact, exact, point } from '../../src/quantity/index.js';
import {
  type Criterion,
  type FactSpec,
  type Facts,
  type FactValue,
  type Outcome,
  readFact,
  type Test,
} from '../../src/rules/index.js';
import { packs, SUBJECTS, verdictOf, vocabulary } from './support.js';

const number = (n: number | string): FactValue => ({ type: 'number', range: point(exact(n)) });

/** Values a person may state of a fact, thresholds and their neighbours among them. */
function values(spec: FactSpec): fc.Arbitrary<FactValue> {
  switch (spec.type) {
    case 'boolean':
      return fc.boolean().map((value) => ({ type: 'boolean', value }));
    case 'enum':
    case 'level':
      return fc.constantFrom(...spec.values.map((v): FactValue => ({ type: 'enum', value: v.id })));
    case 'money':
      return fc.oneof(
        fc
          .constantFrom('19999999', '20000000', '100000000', '199999999', '200000000', '500000000')
          .map(number),
        fc.bigInt(0n, 10n ** 9n).map((n) => number(String(n))),
        fc
          .constantFrom('<200000000', '>=20000000', '>100000000 <500000000')
          .map((text) => readFact(spec, text)!),
      );
    case 'percent':
      return fc.oneof(
        fc.constantFrom('2.99', '3', '3.5', '4.999', '5').map(number),
        fc.constantFrom('<3', '>=5', '>4').map((t) => readFact(spec, t)!),
      );
    case 'count':
      return fc.oneof(
        fc.integer({ min: 0, max: 25 }).map(number),
        fc.constantFrom('>=5', '<3', '>4').map((t) => readFact(spec, t)!),
      );
    case 'date':
      return fc
        .constantFrom(
          ...(spec.orWord ? [spec.orWord] : []),
          '2026-01-01',
          '2023-11-21',
          '2023-11-20',
          '2015-05-05',
        )
        .map((value) => ({ type: 'date', value }));
    case 'text':
      return fc
        .constantFrom('泉州市鞋业创新联合体', '温州市眼镜产业链镜片创新联合体', '创新联合体')
        .map((value) => ({ type: 'text', value }));
    case 'money-by-year':
      return fc
        .array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 3 })
        .map((ns) => readFact(spec, Object.fromEntries(ns.map((n, i) => [2023 + i, n * 1_000_000])))!);
  }
}

const read = (subject: { policy: string; subject: string }): FactSpec[] => {
  const criteria = packs.criteria.get(subject.policy)!.filter((c) => c.subject === subject.subject && c.test);
  const ids = new Set(criteria.flatMap((c) => [...Object.keys(c.when ?? {}), ...c.facts]));
  return [...ids].map((id) => vocabulary.get(id)!);
};

/** A random part of a random profile. */
const profiles = (specs: FactSpec[]): fc.Arbitrary<Map<string, FactValue>> =>
  fc
    .tuple(...specs.map((spec) => fc.option(values(spec), { nil: undefined })))
    .map(
      (drawn) =>
        new Map(specs.flatMap((spec, i) => (drawn[i] === undefined ? [] : [[spec.id, drawn[i]!] as const]))),
    );

const RANK: Record<Outcome, number> = { ineligible: 0, undetermined: 1, discretionary: 2, eligible: 3 };
const leaves = (test: Test): Test[] => (test.mode === 'leaf' ? [test] : test.parts.flatMap(leaves));

describe.each(SUBJECTS)('$policy $subject', ({ policy, subject }) => {
  const specs = read({ policy, subject });
  const outcome = (facts: Facts) => verdictOf(policy, subject, facts).outcome;
  const criteria = packs.criteria.get(policy)!.filter((c) => c.subject === subject);

  test('adding facts never leads from a settled outcome to another', () => {
    fc.assert(
      fc.property(profiles(specs), profiles(specs), (first, more) => {
        const before = outcome(first);
        fc.pre(before !== 'undetermined');
        expect(outcome(new Map([...more, ...first]))).toBe(before);
      }),
      { numRuns: 300 },
    );
  });

  test.skipIf(specs.length === 0)(
    'forgetting a fact never turns a fail into a pass, nor a pass into a fail',
    () => {
      fc.assert(
        fc.property(profiles(specs), fc.nat(), (facts, n) => {
          const ids = [...facts.keys()];
          fc.pre(ids.length > 0);
          const fewer = new Map(facts);
          fewer.delete(ids[n % ids.length]!);
          const now = new Map(verdictOf(policy, subject, facts).criteria.map((c) => [c.id, c.outcome]));
          for (const c of verdictOf(policy, subject, fewer).criteria) {
            const was = now.get(c.id);
            if (was === 'fail') expect(c.outcome).not.toBe('pass');
            if (was === 'pass') expect(c.outcome).not.toBe('fail');
          }
        }),
        { numRuns: 300 },
      );
    },
  );

  // The whole of a share is left out: more units in all, with no more local ones, may well hurt.
  const tested = criteria.flatMap((c) => (c.test ? leaves(c.test) : []));
  const wholes = new Set(tested.flatMap((t) => t.facts.slice(1)));
  const growing = [...new Set(tested.filter((t) => t.required.startsWith('≥')).map((t) => t.facts[0]!))]
    .filter((id) => !wholes.has(id))
    .map((id) => vocabulary.get(id)!)
    .filter((spec) => spec.type !== 'level');
  test.skipIf(growing.length === 0)('more never hurts', () => {
    fc.assert(
      fc.property(
        profiles(specs),
        fc.constantFrom(...growing),
        fc.nat({ max: 10 ** 9 }),
        fc.nat({ max: 10 ** 9 }),
        (facts, spec, a, b) => {
          const scale = spec.type === 'count' ? 30 : spec.type === 'percent' ? 10 : 10 ** 9 + 1;
          const [low, high] = [a % scale, b % scale].sort((x, y) => x - y) as [number, number];
          const less = outcome(new Map(facts).set(spec.id, number(low)));
          const more = outcome(new Map(facts).set(spec.id, number(high)));
          expect(RANK[more]).toBeGreaterThanOrEqual(RANK[less]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a higher platform never hurts', () => {
    const level = specs.find((spec) => spec.type === 'level');
    if (level === undefined) return;
    fc.assert(
      fc.property(profiles(specs), (facts) => {
        const ranks = level.values.map(
          (v) => RANK[outcome(new Map(facts).set(level.id, { type: 'enum', value: v.id }))],
        );
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
      }),
      { numRuns: 100 },
    );
  });

  test('next asks only what is open and can matter, and is null exactly when the outcome is settled', () => {
    fc.assert(
      fc.property(profiles(specs), (facts) => {
        const v = verdictOf(policy, subject, facts);
        expect(v.next === null).toBe(v.outcome !== 'undetermined');
        if (v.next === null) return;
        const value = facts.get(v.next);
        expect(value === undefined || (value.type === 'number' && value.range.lo !== value.range.hi)).toBe(
          true,
        );
        const open = v.criteria
          .filter((c) => c.outcome === 'unknown' && c.strength !== 'judgement')
          .map((c) => criteria.find((x) => x.id === c.id)!);
        expect(open.some((c) => c.facts.includes(v.next!) || (c.when !== null && v.next! in c.when))).toBe(
          true,
        );
      }),
      { numRuns: 300 },
    );
  });

  test('answering what is asked settles every profile without asking twice', () => {
    fc.assert(
      fc.property(
        fc.tuple(
          ...specs.map((s) => values(s).filter((v) => v.type !== 'number' || v.range.lo === v.range.hi)),
        ),
        (drawn) => {
          const facts = new Map<string, FactValue>();
          for (
            let next = verdictOf(policy, subject, facts).next;
            next !== null;
            next = verdictOf(policy, subject, facts).next
          ) {
            expect(facts.has(next)).toBe(false);
            facts.set(next, drawn[specs.findIndex((s) => s.id === next)]!);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('another local enterprise never hurts a consortium', () => {
  const specs = read({ policy: 'wenzhou-draft', subject: 'consortium' });
  const grown = ['consortium.units_total', 'consortium.local_units', 'consortium.enterprises'];
  const counts = fc.tuple(fc.integer({ min: 1, max: 15 }), fc.nat(15), fc.nat(15));
  fc.assert(
    fc.property(profiles(specs), counts, (facts, [total, local, enterprises]) => {
      const of = (more: number) => {
        const then = new Map(facts);
        for (const [i, n] of [total, Math.min(local, total), Math.min(enterprises, total)].entries())
          then.set(grown[i]!, number(n + more));
        return RANK[verdictOf('wenzhou-draft', 'consortium', then).outcome];
      };
      expect(of(1)).toBeGreaterThanOrEqual(of(0));
    }),
    { numRuns: 500 },
  );
});

describe('every threshold, from both sides', () => {
  const cases = [...packs.criteria].flatMap(([policy, criteria]) =>
    criteria.flatMap((c: Criterion) =>
      (c.test ? leaves(c.test) : []).flatMap((leaf) => {
        const sign = /^([≥≤<>]) /.exec(leaf.required)?.[1];
        const spec = vocabulary.get(leaf.facts[0]!)!;
        return sign === undefined || leaf.facts.length > 1 || spec.type === 'level'
          ? []
          : [{ policy, id: c.id, leaf, spec, sign }];
      }),
    ),
  );
  test('there are thresholds to test', () => expect(cases.length).toBeGreaterThan(20));
  test.each(cases)('$policy $id $leaf.required', ({ leaf, spec, sign }) => {
    const limit = readFact(spec, leaf.required.slice(2).replace('（含本次）', ''))!;
    if (limit.type !== 'number') throw new Error('no figure');
    const at = leaf.required.includes('含本次') ? limit.range.lo!.sub(1) : limit.range.lo!;
    const step = exact(spec.type === 'count' ? '1' : '0.0000000001');
    const result = (n: typeof at) =>
      leaf.outcome(new Map([[spec.id, { type: 'number', range: point(n) }]]), '2026-11-21');
    const upward = sign === '≥' || sign === '>';
    const beyond = upward ? at.add(step) : at.sub(step);
    const short = upward ? at.sub(step) : at.add(step);
    if (compareExact(beyond, exact(0n)) >= 0) expect(result(beyond)).toBe('pass');
    expect(result(at)).toBe(sign === '≥' || sign === '≤' ? 'pass' : 'fail');
    expect(result(short)).toBe('fail');
  });

  test('a share is compared as a fraction, not as a rounded percentage', () => {
    const local = packs.criteria.get('wenzhou-draft')!.find((c) => c.id === 'consortium-local-share')!.test!;
    const share = (a: string, b: string) =>
      local.outcome(
        new Map([
          ['consortium.local_units', number(a)],
          ['consortium.units_total', number(b)],
        ]),
        '2026-11-21',
      );
    expect(share('49999999999999999', '99999999999999999')).toBe('fail');
    expect(share('50000000000000000', '99999999999999999')).toBe('pass');
  });
});
