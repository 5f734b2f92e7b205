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

describe('a row of places', () => {
  const centres: Proof = {
    ...duties,
    text: '德化县与浙江大学共建浙江大学技术转移中心德化分中心，晋江市、安溪县分别与同济大学设立技术转移分中心。',
    also: '',
  };

  it('leaves as it stands', () => {
    expect(why('晋江市、安溪县分别与同济大学设立技术转移分中心。', [centres])).toBeNull();
  });

  it('takes nobody else in', () => {
    expect(why('泉州市、安溪县分别与同济大学设立技术转移分中心。', [centres])).not.toBeNull();
  });
});

it('an alternative is no addition', () => {
  const charter: Proof = { ...duties, text: '联合体应有科学合理的章程或规章制度。', also: '' };
  expect(why('联合体应有科学合理的章程或规章制度。', [charter])).toBeNull();
  expect(why('联合体应有科学合理的章程，同时规章制度。', [charter])).not.toBeNull();
});
