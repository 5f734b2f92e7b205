import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import { STATE_VERSION } from '../../src/interview/index.js';
import { AS_OF, interview } from './support.js';

describe('a state from before', () => {
  const old = {
    version: 1,
    subject: 'lead',
    policies: ['quanzhou-2026', 'xiamen-2025'],
    facts: { 'lead.city': 'quanzhou', 'lead.revenue_last_year': '1.8亿元', 'lead.high_tech': null },
    pending: 'lead.kind',
    trail: ['lead.city'],
  };

  test('of an older version goes on with the same question and every answer', () => {
    const step = interview.show(old, AS_OF);
    expect(step.state).toMatchObject({
      version: STATE_VERSION,
      facts: { 'lead.city': 'quanzhou', 'lead.revenue_last_year': '180000000' },
      unsure: ['lead.high_tech'],
    });
    expect(step.view).toMatchObject({ kind: 'question', fact: 'lead.kind' });
    expect(interview.reply(old, '企业', AS_OF).state!.facts).toHaveProperty(['lead.kind'], 'enterprise');
    expect(interview.reply(old, '上一题', AS_OF).view).toMatchObject({
      fact: 'lead.city',
      known: 'quanzhou',
    });
  });

  test('whose facts, values or policies are gone loses these alone', () => {
    const state = {
      ...interview.start({ subject: 'lead', policies: ['quanzhou-2026'], asOf: AS_OF }).state!,
      policies: ['quanzhou-2026', 'fuzhou-2020'],
      facts: { 'lead.city': 'quanzhou', 'lead.kind': 'guild', 'lead.gone': 3 },
      asking: 'lead.gone',
      trail: ['lead.city', 'lead.gone'],
    };
    const step = interview.reply(state, '我们是企业');
    expect(step.state).toMatchObject({
      policies: ['quanzhou-2026'],
      facts: { 'lead.city': 'quanzhou', 'lead.kind': 'enterprise' },
      trail: ['lead.city'],
    });
    expect(step.view?.kind).toBe('question');
  });

  test.each([null, 'x', {}, { version: 99 }, { version: STATE_VERSION, facts: 3 }, []])(
    'that is none is refused: %j',
    (state) => {
      expect(() => interview.show(state)).toThrow(InputError);
      expect(() => interview.reply(state, '你好')).toThrow(InputError);
    },
  );
});

describe('beginning', () => {
  test.each([
    [{ subject: 'boss' as never }, 'lead'],
    [{ policies: ['fuzhou'] }, 'quanzhou-2026'],
    [{ facts: { 'lead.age': 3 } }, 'lead.kind'],
    [{ facts: { 'lead.city': 'fuzhou' } }, 'quanzhou'],
    [{ asOf: '2026-02-30' }, 'YYYY-MM-DD'],
  ])('with %j is refused with what would be accepted', (request, accepted) => {
    try {
      interview.start(request);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).accepted).toContain(accepted);
    }
  });

  test('what is given is not asked, and a subject of one document needs no city', () => {
    const step = interview.start({
      subject: 'talent-consortium',
      facts: { 'talent.national': 2 },
      asOf: AS_OF,
    });
    expect(step.state!.policies).toEqual(['xiamen-2025']);
    expect(step.view).toMatchObject({ kind: 'question', progress: { answered: 1, canMatter: 2 } });
  });

  test('the day of the check is the state’s own, or the reply’s', () => {
    const facts = {
      'lead.city': 'qingdao',
      'lead.kind': 'enterprise',
      'lead.legal_person': true,
      'lead.title_revoked_on': '2023-06-01',
    };
    const early = interview.start({ subject: 'lead', policies: ['qingdao-2025'], facts, asOf: '2026-01-01' });
    expect(early.view).toMatchObject({ verdicts: [{ outcome: 'ineligible', asOf: '2026-01-01' }] });
    expect(interview.show(early.state).view).toEqual(early.view);
    expect(interview.show(early.state, '2026-11-21').view).toMatchObject({
      verdicts: [{ outcome: 'eligible' }],
    });
  });
});
