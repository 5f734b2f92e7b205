/**
 * What the test files of a mutation run get for `vitest` and `fast-check`: the same names, with the tests collected into
 * a list instead of run, and property tests of fewer runs (a mutant that lives in a property dies early or never).
 */
import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import * as chai from 'chai';
import * as fastCheck from 'fast-check';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);
export const expect = chai.expect;

const RUNS = 40;
process.env.QUANTITY_RUNS ??= '1000';
process.env.QUANTITY_RUN_LENGTH ??= '2000';
export default {
  ...fastCheck,
  assert: (property, options = {}) =>
    fastCheck.assert(property, {
      seed: 20261121,
      ...options,
      numRuns: Math.min(options.numRuns ?? 100, RUNS),
      endOnFailure: true,
    }),
};

/** @type {{ id: string, run: () => unknown }[]} */
let collected = [];
let path = [];

/** Forgets the tests collected so far and hands them out. */
export function takeCollected() {
  const tests = collected;
  collected = [];
  path = [];
  return tests;
}

function add(name, run) {
  const full = [...path, name].join(' > ');
  const same = collected.filter((t) => t.full === full).length;
  collected.push({ full, id: same === 0 ? full : `${full} (${same + 1})`, run });
}

const arrayOf = (row) => (Array.isArray(row) ? row : [row]);
const label = (row) =>
  arrayOf(row)
    .map((x) => (typeof x === 'object' ? '' : String(x)))
    .join(' ')
    .slice(0, 60);

export function test(name, ...rest) {
  add(name, rest.at(-1));
}
test.each = (rows) => (name, run) => {
  rows.forEach((row, i) => {
    add(`${name} #${i} ${label(row)}`, () => run(...arrayOf(row)));
  });
};
test.skipIf = (skip) => (skip ? () => {} : test);
test.skip = () => {};
export const it = test;

export function describe(name, body) {
  path.push(name);
  body();
  path.pop();
}
describe.each = (rows) => (name, body) => {
  rows.forEach((row, i) => {
    describe(`${name} #${i} ${label(row)}`, () => body(...arrayOf(row)));
  });
};
