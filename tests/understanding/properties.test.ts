import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, read, world } from './kit.js';
import { TABLE } from './table.js';

/** One amount of 万 yuan as people write it. */
const notations = (wan: number): string[] => {
  const yi = wan / 10000;
  const out = [
    `${wan}万`,
    `${wan}万元`,
    `${(wan * 10000).toLocaleString('en-US')}元`,
    `${yi}亿`,
    `${yi}亿元`,
    `${yi}个亿`,
  ];
  out.push(
    `${wan}w`,
    String(`${yi}亿`).replace(/\d/g, (d) => String.fromCharCode(0xff10 + Number(d))),
  );
  return out;
};
const plain = fc.integer({ min: 101, max: 99999 }).filter((n) => n % 10000 !== 0);
const money = fc.constantFrom(...world.vocabulary.specs.filter((s) => s.type === 'money'));
const prefixes = ['', '你好，', '您好，请问一下，', '老师好，', '麻烦问下，', '请问，'];
const suffixes = ['', '，谢谢', '，能牵头吗？', '，麻烦看看', '，可以吗', '。'];
/** Statements that stand on their own, one fact or two each. */
const STATEMENTS: [string, Record<string, unknown>][] = [
  ['营收2.3亿', { revenue_last_year: '230000000' }],
  ['年均研发投入2100万', { rd_spend_avg_3y: '21000000' }],
  ['研发强度4.5%', { rd_ratio_3y: '4.5' }],
  ['不是专精特新', { srdi: false }],
  ['是国家高新', { high_tech: true }],
  ['有省级重点实验室', { platform_level: 'provincial' }],
  ['专职研发人员26人', { rd_staff: 26 }],
  ['没被取消过资格', { title_revoked_on: 'never' }],
  ['首席科学家聘好了', { 'consortium.chief_scientist': true }],
  ['成员单位9家', { 'consortium.units_total': 9 }],
  ['注册在泉州', { city: 'quanzhou' }],
  ['组建协议还没签', { 'consortium.agreement_signed': false }],
  ['2019年5月8日成立', { founded_on: '2019-05-08' }],
];

describe('reading facts', () => {
  it('reads an amount back in any notation under any of its names', () => {
    fc.assert(
      fc.property(money, fc.nat(), plain, fc.nat(), (spec, name, wan, notation) => {
        const names = spec.synonyms.filter((w) => /^[\u4e00-\u9fff]{2,}$/.test(w));
        const word = names[name % names.length]!;
        const written = notations(wan)[notation % 8]!;
        const facts = factsOf(read(`我们${word}${written}`));
        const id = spec.id.replace(/^lead\./, '');
        expect({ [id]: facts[id] }).toEqual({ [id]: String(wan * 10000) });
      }),
      { numRuns: 400 },
    );
  });

  it('reads a count back before and after its noun', () => {
    const cases: [string, string][] = [
      ['研发人员', 'rd_staff'],
      ['博士', 'doctorate_or_senior_staff'],
      ['核心团队成员', 'talent.core_members'],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.integer({ min: 2, max: 999 }),
        fc.constantFrom('人', '名', '个'),
        fc.boolean(),
        ([word, id], n, measure, after) => {
          const text = after ? `我们有${n}${measure}${word}` : `我们${word}${n}${measure}`;
          expect(factsOf(read(text))).toEqual({ [id]: n });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('does not change with a greeting before or a request after', () => {
    for (const rows of [TABLE['several facts at once']!, TABLE.correction!, TABLE.years!]) {
      for (const [question, , before] of rows) {
        if (before) continue;
        const bare = factsOf(read(question));
        for (const p of prefixes) expect(factsOf(read(p + question)), p + question).toEqual(bare);
        if (!/[吗不呢]$/.test(question)) {
          for (const s of suffixes) expect(factsOf(read(question + s)), question + s).toEqual(bare);
        }
      }
    }
  });

  it('does not depend on the order of statements', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(STATEMENTS, { minLength: 2, maxLength: 6 }), (list) => {
        const wanted = Object.assign({}, ...list.map(([, facts]) => facts));
        expect(factsOf(read(`我们${list.map(([text]) => text).join('，')}`))).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });

  it('survives anything that is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(() => read(text)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
