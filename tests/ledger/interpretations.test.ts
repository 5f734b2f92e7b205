import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { INTERPRETATIONS, interpretations } from '../../scripts/interpretations.js';

it('docs/interpretations.md is what the packs say; if not: npx tsx scripts/interpretations.ts', () => {
  expect(readFileSync(INTERPRETATIONS, 'utf8')).toBe(interpretations());
});

it('tells the readings that were chosen, with clause, quote and reading', () => {
  expect(interpretations()).toMatch(
    /\| 三（三） \| [^|]*5家[^|]* \| [^|]*牵头单位[^|]* \| `consortium-local-members` \|/,
  );
});
