import { describe, expect, it } from 'vitest';
import { factsOf, read, world } from './kit.js';
import { TABLE } from './table.js';

describe.each(Object.entries(TABLE))('%s', (_, rows) => {
  it.each(rows)('%s', (question, facts, before) => {
    expect(factsOf(read(question, before))).toEqual(facts);
  });
});

describe('the table', () => {
  it('states every fact of the vocabulary somewhere', () => {
    const seen = new Set(
      Object.values(TABLE).flatMap((rows) => rows.flatMap(([, facts]) => Object.keys(facts))),
    );
    const missing = world.vocabulary.specs
      .filter((s) => !seen.has(s.id.replace(/^lead\./, '')))
      .map((s) => s.id);
    expect(missing).toEqual([]);
  });
});
