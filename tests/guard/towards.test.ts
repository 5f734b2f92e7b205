import { describe, expect, it } from 'vitest';
import type { Proof } from '../../src/assistant/guard/index.js';
import { why } from './support.js';

/** 四（一）: who answers to whom. */
const duties: Proof = {
  id: 'c1',
  text: '（一）建立运行机制。建立牵头单位向市科技局负责、共建单位向牵头单位负责的责任体系，实行牵头单位负责制。',
  also: '牵头单位',
  city: 'quanzhou',
  strength: null,
  verdict: null,
};

describe('towards whom something is done', () => {
  it.each(['牵头单位向市科技局负责。', '共建单位向牵头单位负责。'])('%s leaves', (sentence) => {
    expect(why(sentence, [duties])).toBeNull();
  });

  it.each(['牵头单位向共建单位负责。', '共建单位向市科技局负责。'])('%s stays', (sentence) => {
    expect(why(sentence, [duties])).not.toBeNull();
  });
});
