import { expect, it } from 'vitest';
import type { Turn } from '../../src/assistant/types.js';
import { recent } from '../../src/channels/web/history.js';

const talk = (n: number, length: number): Turn[] =>
  Array.from({ length: n }, (_, i): Turn[] => [
    { role: 'user', text: `${i} ${'问'.repeat(length)}` },
    { role: 'assistant', text: `${'答'.repeat(3000)} ${i}？` },
  ]).flat();

it('what was said first is still there in a talk of many long questions, answers whole', () => {
  const history = talk(40, 450);
  expect(recent(history)).toEqual(history);
});

it('a talk without end is cut to its latest turns, each kind in its own way', () => {
  const cut = recent(talk(500, 5000));
  expect(cut.length).toBeLessThanOrEqual(200);
  expect(cut.at(-1)!.text).toMatch(/499？$/);
  expect(cut.at(-2)!.text).toMatch(/^499 问{1900}/);
  const total = cut.filter(({ role }) => role === 'user').reduce((sum, { text }) => sum + text.length, 0);
  expect(total).toBeLessThanOrEqual(20_000);
});
