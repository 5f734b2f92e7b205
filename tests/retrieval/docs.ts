import type { IndexDoc } from '../../src/retrieval/index.js';

/** A small invented set of regulations: no text of a real document. */
export const DOCS: IndexDoc[] = [
  {
    id: 'a1',
    group: 'a',
    title: '目的',
    text: '第一条 为了规范公共自行车的停放，保护行人通行，制定本办法。',
  },
  {
    id: 'a2',
    group: 'a',
    title: '',
    text: '第二条 本办法所称公共自行车，是指由运营企业投放、供公众租用的自行车。',
  },
  { id: 'a3', group: 'a', title: '', text: '第三条 市交通局负责公共自行车的监督管理工作，区城管局协助。' },
  { id: 'a4', group: 'a', title: '', text: '第四条 运营企业应当在每年3月31日前提交上一年度的运营报告。' },
  {
    id: 'a5',
    group: 'a',
    title: '',
    text: '第五条 公共自行车占用盲道的，责令改正；逾期不改的，处2000元以上1万元以下罚款。',
  },
  {
    id: 'b1',
    group: 'b',
    title: '申请条件',
    text: '申请补贴的图书馆应当具备下列条件：（一）藏书不少于10万册；（二）每周开放56小时以上。',
  },
  {
    id: 'b2',
    group: 'b',
    title: '补贴标准',
    text: '对符合条件的图书馆，一次性给予最高50万元的补贴。',
    asks: ['能拿多少钱'],
  },
  {
    id: 'b3',
    group: 'b',
    title: '申请材料',
    text: '图书馆申请补贴提交下列材料：申请表、营业执照复印件、藏书清单。',
  },
  { id: 'b4', group: 'b', title: '附则', text: '本细则自2030年1月1日起施行，有效期五年。' },
  { id: 'b5', group: 'b', title: '附则', text: '本细则由市文化局负责解释。', context: '图书馆补贴实施细则' },
];

/** So many clauses, no two alike. */
export const manyDocs = (n: number): IndexDoc[] =>
  Array.from({ length: n }, (_, i) => ({
    id: `m${i}`,
    group: `g${i % 5}`,
    title: `第${i}条`,
    text: `停放点${i}由第${i % 97}区管理，补贴${i % 13}万元。`,
  }));
