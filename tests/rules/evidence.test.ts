import { describe, expect, it } from 'vitest';
import { readEvidence } from '../../src/rules/index.js';
import { calculations, run } from './calculation-support.js';

const table = calculations.get('quanzhou-2026/evaluation-score')!;
const told = (sentence: string) => readEvidence(table, sentence);
const result = (sentence: string): string => run('quanzhou-2026/evaluation-score', told(sentence)).result;

describe('evidence for annex 3 told in a sentence', () => {
  it.each([
    [
      '发明专利2项，成果落地1项，带动投资3000万，能得几分',
      { patents: '2', 'local-transfer': '1', investment: '30000000' },
    ],
    ['签了3份技术合作协议，办了1场论坛', { 'cooperation-agreements': '3', events: '1' }],
    ['提供服务6次、建成科技服务平台1个', { services: '6', 'service-platforms': '1' }],
    ['例会每月都开，责任体系已经明确', { communication: true, responsibility: true }],
    ['发明专利方面，2项', { patents: '2' }],
    ['专利还没有，论坛没办过', { patents: false, events: false }],
  ])('%s', (sentence, inputs) => {
    expect(told(sentence)).toEqual(inputs);
  });

  it('adds up what was told by different words, and takes the later of the same word', () => {
    expect(told('论坛1场、路演2场')).toEqual({ events: '3' });
    expect(told('专利1项，不对，专利2项')).toEqual({ patents: '2' });
  });

  it('adds plain counts only', () => {
    expect(told('论坛12场、路演10场')).toEqual({ events: '22' });
    expect(told('论坛不到2场，路演1场')).toEqual({ events: '1' });
    expect(told('论坛1场，路演不到2场')).toEqual({ events: '<2' });
    expect(told('中试收入1500万，销售收入2000多万')).toEqual({ 'pilot-sales': '2000多万' });
    expect(told('中试1500万，销售收入600万')).toEqual({ 'pilot-sales': '6000000' });
    expect(told('论坛没办过，路演1场')).toEqual({ events: '1' });
  });

  it('takes a figure for the item named with it, of the right kind, and for no other', () => {
    expect(told('专利2项，带动就业300人')).toEqual({ patents: '2' });
    expect(told('中试带动产业投资3000万')).toEqual({ investment: '30000000' });
    expect(told('专利投入3000万')).toEqual({});
    expect(told('带动投资3项')).toEqual({});
    expect(told('发明专利2')).toEqual({ patents: '2' });
    expect(told('例会开了3次')).toEqual({ communication: true });
    expect(told('2025年办了论坛3场')).toEqual({ events: '3' });
  });

  it('keeps the bound of a figure, so that an unclear one earns nothing', () => {
    expect(told('带动产业投资超过2000万，论坛不到2场')).toEqual({ investment: '>20000000', events: '<2' });
    expect(result('带动投资约2000万')).toContain('已得0分');
  });

  it('reads nothing out of a question about the table', () => {
    for (const question of ['附件3里发明专利多少分', '产业化成效满分20分怎么算', '评价得了85分算优秀吗'])
      expect(told(question)).toEqual({});
  });

  it('leaves open what cannot be told from the words', () => {
    expect(told('论坛和路演各1场')).toEqual({});
    expect(told('投资没有超过2000万')).toEqual({});
  });

  it('scores what was told and leaves the rest open', () => {
    expect(result('签了3份技术合作协议，办了1场论坛，申请发明专利2项')).toBe(
      '已得11分，最多可到97分（满分100分）',
    );
  });

  it('has nothing to read for a calculation without a table', () => {
    expect(readEvidence(calculations.get('xiamen-2025/annual-report')!, '发明专利2项')).toEqual({});
  });
});
