import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, read, world } from './kit.js';

/** One fact as a field of a form: its name, its value as written, and what it states. */
type Field = [name: string, value: string, facts: Record<string, unknown>];
const amount = fc.integer({ min: 1001, max: 99999 }).filter((n) => n % 1000 !== 0);
const FIELDS: fc.Arbitrary<Field>[] = [
  fc.constantFrom<Field>(['注册地', '晋江', { city: 'quanzhou' }], ['注册地', '厦门', { city: 'xiamen' }]),
  amount.map((n): Field => ['主营业务收入', `${n}万`, { revenue_last_year: String(n * 10000) }]),
  amount.map((n): Field => ['年均研发投入', `${n}万元`, { rd_spend_avg_3y: String(n * 10000) }]),
  fc
    .integer({ min: 11, max: 99 })
    .map((n): Field => ['研发强度', `${n / 10}%`, { rd_ratio_3y: String(n / 10) }]),
  fc.boolean().map((b): Field => ['高新技术企业', b ? '是' : '否', { high_tech: b }]),
  fc.boolean().map((b): Field => ['专精特新', b ? '有' : '无', { srdi: b }]),
  fc.integer({ min: 2, max: 300 }).map((n): Field => ['专职研发人员', `${n}人`, { rd_staff: n }]),
  fc.constantFrom<Field>(
    ['研发平台', '省级', { platform_level: 'provincial' }],
    ['研发平台', '市级', { platform_level: 'municipal' }],
    ['研发平台', '国家级', { platform_level: 'national' }],
  ),
];
const form = fc
  .tuple(...FIELDS)
  .chain((fields) => fc.shuffledSubarray(fields, { minLength: 3, maxLength: fields.length }));
/** The ways people send a form. */
const LAYOUTS: Record<string, (fields: readonly Field[]) => string> = {
  commas: (f) => f.map(([n, v]) => `${n}${v}`.replace(/(企业|特新)(是|否|有|无)$/, '$1：$2')).join('，'),
  colons: (f) => f.map(([n, v]) => `${n}：${v}`).join('；'),
  lines: (f) => f.map(([n, v]) => `${n}：${v}`).join('\n'),
  numbered: (f) => f.map(([n, v], i) => `${i + 1}. ${n}：${v}`).join('\n'),
  circled: (f) => f.map(([n, v], i) => `${'①②③④⑤⑥⑦⑧'[i]}${n}：${v}`).join(''),
  bullets: (f) => f.map(([n, v]) => `- **${n}**：${v}`).join('\n'),
  slashes: (f) => f.map(([n, v]) => `${n}:${v}`).join(' / '),
  blanks: (f) => f.map(([n, v]) => `${n} ${v}`).join(' '),
  tabs: (f) => f.map(([n, v]) => `${n}\t${v}`).join('\n'),
  'pipes, a row each': (f) =>
    `| 指标 | 数值 |\n|---|---|\n${f.map(([n, v]) => `| ${n} | ${v} |`).join('\n')}`,
  'pipes, with what is demanded': (f) =>
    `| 指标 | 要求 | 我们 |\n|---|---|---|\n${f.map(([n, v]) => `| ${n} | 2亿元以上 | ${v} |`).join('\n')}`,
  'one row under its headings': (f) => `${f.map(([n]) => n).join('\t')}\n${f.map(([, v]) => v).join('\t')}`,
};

describe.each(Object.entries(LAYOUTS))('a form sent as %s', (_, lay) => {
  it('states what it holds, no more, no less', () => {
    fc.assert(
      fc.property(form, (fields) => {
        const wanted = Object.assign({}, ...fields.map(([, , facts]) => facts));
        expect(factsOf(read(lay(fields))), lay(fields)).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});

/** Statements without a predicate in common, each in several wordings. */
const SAID: [Record<string, unknown>, string[]][] = [
  [{ high_tech: true }, ['高新有', '有高新', '是高新企业', '高新企业是有的', '高新评上了', '高新：是']],
  [{ srdi: false }, ['专精特新没有', '没有专精特新', '不是专精特新', '专精特新还没评上', '专精特新申报中']],
  [{ 'consortium.charter': true }, ['章程有了', '章程写好了', '有章程', '章程已制定']],
  [{ 'consortium.agreement_signed': false }, ['协议还没签', '组建协议没签', '协议还差两家没签', '没签协议']],
  [{ 'consortium.chief_scientist': true }, ['首席科学家聘了', '首席科学家已选聘', '聘了首席科学家']],
  [{ platform_level: 'provincial' }, ['省级平台有', '平台是省级的', '有省重点实验室', '平台升到省级了']],
  [
    { revenue_last_year: '230000000' },
    ['营收2.3亿', '主营两亿三', '去年营收2亿3000万', '主营业务收入23000万元'],
  ],
  [{ revenue_last_year: '195000000' }, ['营收离2亿还差500万', '主营差500万到2亿']],
  [{ rd_spend_avg_3y: '21000000' }, ['年均研发2100万', '研发投入年均两千一百万', '年均研发投入2100w']],
  [{ rd_staff: 26 }, ['专职研发26人', '专职研发人员二十六个', '有26名专职研发人员', '专职研发26']],
  [{ title_revoked_on: 'never' }, ['没被取消过资格', '从来没有被取消过资格', '没被摘过牌']],
  [{ legal_person: true }, ['独立法人', '法人独立', '有独立法人资格']],
];
const WITH_PREDICATE = SAID.filter(([, forms]) => forms.length > 0);
const spoken = fc
  .shuffledSubarray(WITH_PREDICATE, { minLength: 2, maxLength: 6 })
  .filter((list) => new Set(list.flatMap(([f]) => Object.keys(f))).size === list.length)
  .chain((list) =>
    fc.tuple(
      fc.constant(Object.assign({}, ...list.map(([f]) => f)) as Record<string, unknown>),
      fc.tuple(...list.map(([, forms]) => fc.constantFrom(...forms))),
      fc.constantFrom('，', '；', '。', '\n', ' , ', '，然后', '，还有，'),
    ),
  );

describe('statements in a row', () => {
  it('are each read in whatever words and whatever marks part them', () => {
    fc.assert(
      fc.property(spoken, ([wanted, parts, mark]) => {
        const text = `我们${parts.join(mark)}`;
        const facts = factsOf(read(text));
        // 高新企业 is an enterprise too.
        delete facts.kind;
        expect(facts, text).toEqual(wanted);
      }),
      { numRuns: 400 },
    );
  });
});

describe('what nobody said', () => {
  const names = world.vocabulary.specs
    .filter((s) => !['lead.kind', 'lead.city', 'lead.main_site_city', 'consortium.name'].includes(s.id))
    .flatMap((s) => s.synonyms.filter((w) => /^[\u4e00-\u9fff]{3,}$/.test(w) && !/[了过没有好]/.test(w)));
  const ASKED = [
    (n: string) => `${n}有什么要求？`,
    (n: string) => `${n}是怎么规定的`,
    (n: string) => `请问${n}要看哪些材料`,
    (n: string) => `${n}怎么算？`,
    (n: string) => `为什么要看${n}`,
    (n: string) => `有没有${n}不知道`,
  ];
  it('is not stated by a question about it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.constantFrom(...ASKED), (name, ask) => {
        const facts = factsOf(read(ask(name)));
        delete facts.kind;
        expect(facts, ask(name)).toEqual({});
      }),
      { numRuns: 300 },
    );
  });

  it('is not taken from another company', () => {
    const OTHERS = ['我们客户', '同行那家', '我们的供应商', '隔壁那家公司', '竞争对手'];
    fc.assert(
      fc.property(fc.constantFrom(...OTHERS), amount, amount, (who, theirs, ours) => {
        const text = `${who}去年营收${theirs}万，我们自己营收${ours}万`;
        expect(factsOf(read(text)), text).toEqual({ revenue_last_year: String(ours * 10000) });
      }),
      { numRuns: 100 },
    );
  });
});
