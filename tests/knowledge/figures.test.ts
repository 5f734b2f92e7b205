import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Entry, loadEntries, loadLibrary, loadTopics } from '../../src/knowledge/index.js';
import { readQuantities } from '../../src/quantity/index.js';
import { KNOWLEDGE, library, packsWith, refusal } from './support.js';

const entriesIn = (dir: string): ReadonlyMap<string, Entry[]> => {
  const topics = loadTopics(join(dir, 'topics.yaml'));
  return new Map(
    loadLibrary(dir).policies.map((p) => [
      p.meta.id,
      loadEntries(join(dir, p.meta.id, 'entries.yaml'), p, topics),
    ]),
  );
};
const entriesOf = entriesIn(KNOWLEDGE);
const figures = library.policies.flatMap((p) =>
  (entriesOf.get(p.meta.id) ?? []).flatMap((entry) => entry.figures.map((figure) => ({ p, entry, figure }))),
);
const named = (policy: string, entry: string, name: string) =>
  figures.find((f) => f.p.meta.id === policy && f.entry.id === entry && f.figure.name === name)?.figure;

describe('figures that can be asked for', () => {
  it('each has its own name inside its entry, everyday words to ask for it, and a quote it stands in', () => {
    expect(figures.length).toBeGreaterThan(150);
    for (const { p, entry, figure } of figures) {
      const where = `${p.meta.id} ${entry.id} ${figure.name}`;
      expect(
        entry.figures.filter((f) => f.name === figure.name),
        where,
      ).toHaveLength(1);
      expect(entry.asks.length, where).toBeGreaterThan(0);
      const quotes = [...entry.at, ...entry.steps].map((a) => a.quote.replace(/\s/g, '')).join('\n');
      expect(quotes, where).toContain(figure.text.replace(/\s/g, ''));
    }
  });

  it('an amount of money says what it is given for', () => {
    const money = figures.filter(
      ({ entry, figure }) =>
        /^support\.|reward$/.test(entry.topic) && readQuantities(figure.text).some((q) => q.unit === 'CNY'),
    );
    expect(money.length).toBeGreaterThan(8);
    for (const { p, entry, figure } of money)
      expect(figure.condition, `${p.meta.id} ${entry.id} ${figure.name}`).not.toBeNull();
  });

  it('the condition is the document’s own words', () => {
    expect(named('xiamen-2025', 'evaluation-reward', '评估优秀奖励')).toEqual({
      name: '评估优秀奖励',
      text: '100万元',
      condition: '等级为“优秀”的',
    });
    const dir = packsWith('xiamen-2025/entries.yaml', (text) =>
      text.replace('condition: 等级为“优秀”的', 'condition: 等级为“良好”的'),
    );
    expect(refusal(() => entriesIn(dir))).toMatch(
      /evaluation-reward：“评估优秀奖励”的条件“等级为“良好”的”不在所引的原文里/,
    );
  });
});

describe('a document that speaks of a matter is not told to be silent on it', () => {
  // Topic, the words that show that a document deals with it. A topic without an entry is told as a silence.
  const WORDS: [string, RegExp][] = [
    ['role.districts', /县（市|区（市|各县|市科技局负责/],
    ['scope.lead-figures', /主营业务收入|研发强度/],
    ['member.foreign', /国内外|市内外|港澳台/],
    ['member.subsidiary', /子公司/],
    ['role.chief', /首席/],
    ['support.platform', /创新平台/],
    ['support.finance', /基金/],
    ['background.brokers', /技术经纪/],
    ['task.platform', /共同建设|共建共享|平台建设/],
    ['duty.dissolve', /解散/],
    ['sanction.ban', /三年\s*内/],
    ['sanction.fraud', /虚假|失信/],
    ['evaluation.grades', /等级/],
    ['status.expiry', /有效期/],
    ['consortium.charter', /章程/],
    ['procedure.publicity', /公示/],
    ['material.limits', /限\d+字|\d+字以内/],
  ];
  const consortia = library.policies.filter((p) => p.meta.id !== 'quanzhou-reply-108');
  it.each(WORDS)('%s', (topic, words) => {
    for (const p of consortia) {
      if (!words.test(p.source.replace(/\s/g, ''))) continue;
      const entries = (entriesOf.get(p.meta.id) ?? []).filter((e) => e.topic === topic);
      expect(entries.length, `${p.meta.id} writes ${words} and has no entry on ${topic}`).toBeGreaterThan(0);
    }
  });
});
