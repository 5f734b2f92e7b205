import { describe, expect, it } from 'vitest';
import { emptyState, withExchange } from '../../src/channels/telegram/state.js';

const exchange = (question: string, answer: string) => ({ question, answer });

describe('what a chat keeps of a long talk', () => {
  it('the first thing told is still there after a hundred exchanges, with the question it answered', () => {
    let state = emptyState();
    state = withExchange(
      state,
      exchange('晋江企业，能牵头吗', '还不能下结论。\n请告诉我：营收是多少？（例如：2亿）\n依据…') as never,
    );
    for (let i = 0; i < 100; i++) state = withExchange(state, exchange(`问题${i}`, `答复${i}`) as never);
    expect(state.exchanges[0]!.question).toBe('晋江企业，能牵头吗');
    expect(state.exchanges[0]!.answer).toContain('请告诉我：营收是多少？');
    // Its last sentence was no question, and is none now.
    expect(state.exchanges[0]!.answer).not.toMatch(/[?？]\s*$/);
    expect(state.exchanges.at(-1)!.answer).toBe('答复99');
  });
});
