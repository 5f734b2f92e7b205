import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ambiguousLoops, runsOfAnything } from '../support/ambiguity.js';
import { tempFolder } from '../support/folders.js';
import { type Pattern, patternsMade, patternsWritten } from '../support/patterns.js';

/** Loads everything that compiles patterns of the data: the world, the interview and what the guard knows. */
async function loadAll(): Promise<void> {
  const { createApp, PROMPTS } = await import('../../src/app.js');
  const app = createApp({ dataDir: tempFolder('patterns') });
  app.interviewer.begins('');
  await app.assistant.ask({ question: '我们在泉州，去年营收2亿元，能牵头吗？', asOf: '2026-11-21' });
  const { Guard, loadGuardWords } = await import('../../src/assistant/guard/index.js');
  new Guard(loadGuardWords(join(PROMPTS, 'guard.yaml')), new Map());
}

const named = ({ where, source }: Pattern, what: string) => `${where} ${what} in ${source.slice(0, 60)}…`;

it('no pattern of the data and of the code reads the same words in two ways, or looks through the text three times over', {
  timeout: 120_000,
}, async () => {
  const patterns = [...(await patternsMade(loadAll)), ...(await patternsWritten())];
  // Far fewer would mean that they are no longer seen.
  expect(patterns.length).toBeGreaterThan(1500);
  const faults = patterns.flatMap((p) => [
    ...ambiguousLoops(p.source, p.flags).map((f) => named(p, `reads “${f.text}” in two ways: ${f.loop}`)),
    ...(runsOfAnything(p.source, p.flags) > 2 ? [named(p, 'has several .* behind one another')] : []),
  ]);
  expect(faults).toEqual([]);
});

it.each([
  ['(是|在|是在)*$', '是在'],
  ['(省级?|级别?| )*$', '级'],
  ['(民营|[^，]{1,4}的)+$', '的'],
  ['(a|b+)*$', 'b'],
  ['((省?|市?)级)*个', '级'],
  ['(\\d{1,3}(,\\d{3})*)+元', ''],
])('%s is told to read a text in two ways', (source, text) => {
  expect(ambiguousLoops(source, 'u')[0]?.text).toContain(text);
});

it.each(['(是|在|位于)*$', '(省|级| )*$', '([^，的]{1,4}的)+$', '[^，]*年', '(、\\d{1,3}(,\\d{3})*)+元'])(
  '%s is harmless',
  (source) => {
    expect(ambiguousLoops(source, 'u')).toEqual([]);
  },
);

it('runs of anything are counted along one way through the pattern', () => {
  expect(runsOfAnything('^.*年', 'u')).toBe(1);
  expect(runsOfAnything('今年[^。]*年报', 'u')).toBe(2);
  expect(runsOfAnything('今年[^。]*年报[^。]*几号', 'u')).toBe(3);
  expect(runsOfAnything('今年[^。]{0,80}年报[^。]{0,80}几号', 'u')).toBe(1);
});
