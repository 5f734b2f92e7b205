import { describe, expect, it } from 'vitest';
import type { Proof } from '../../src/assistant/guard/index.js';
import { guard, said, why } from './support.js';

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

describe('read as claims', () => {
  const told = (sentence: string, text: string): boolean => {
    const proof: Proof = { ...duties, text, also: '' };
    return guard.check(sentence, [proof], said, [proof]).ok;
  };
  const loans = '支持创新联合体成员单位申报技术创新基金、科技贷、科技保险等多种政策性融资支持政策。';

  it('a wish is said as often as the clause says it', () => {
    expect(told(loans, loans)).toBe(true);
    expect(told(loans.replace('支持', ''), loans)).toBe(false);
  });

  it('what softens a figure stands before it', () => {
    const revenue = '年主营业务收入原则上应达到5亿元以上（含）。';
    expect(told('原则上年主营业务收入应达到5亿元以上（含）。', revenue)).toBe(true);
    expect(told('“年主营业务收入应达到5亿元以上（含）”，原则上这是文件的原话。', revenue)).toBe(false);
  });
});

it('a quotation without what softens it is none', () => {
  const revenue: Proof = {
    ...duties,
    text: '年主营业务收入原则上应达到5亿元以上（含）。',
    also: '年主营业务收入应达到5亿元以上（含）',
  };
  expect(why('“年主营业务收入原则上应达到5亿元以上（含）”。', [revenue])).toBeNull();
  expect(why('“年主营业务收入应达到5亿元以上（含）”，原则上这是文件的原话。', [revenue])).not.toBeNull();
});
