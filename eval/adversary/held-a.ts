/**
 * Held-out bad models, first half: written before the guard was worked on again, run once for an honest number, and then
 * worked with. Each makes a sentence false by construction, or gives null where it finds nothing to falsify.
 */
import { evidenceIn } from '../../tests/support/model-server.js';
import { type Bad, change, cityOf, insert, pick, tail } from './craft.js';

const FIGURE = /\d+(?:\.\d+)?(?=亿|万|%|家|名|人|年|个)/;

export const HELD_A: Record<string, Bad> = {
  'bounds exchanged': (s) =>
    change(s, [
      ['不低于', '不高于'],
      ['不少于', '最多'],
      ['以上', '以内'],
      ['不超过', '至少'],
      ['至少', '至多'],
    ]),
  'bounds blurred': (s, r) => change(s, [['以上', pick(r, ['左右', '上下', '这个量级', '附近'])]]),
  'either becomes both': (s) => change(s, [['或', '并且']]),
  'period exchanged': (s) =>
    change(s, [
      ['近三个会计年度', '上一个会计年度'],
      ['上年度', '近三年'],
      ['近三年', '近一年'],
      ['年均', '累计'],
      ['每年', '每季度'],
      ['三年内', '一年内'],
    ]),
  'subject exchanged': (s) =>
    change(s, [
      ['牵头单位', '成员单位'],
      ['牵头企业', '参与高校'],
      ['共建单位', '牵头单位'],
      ['成员单位', '牵头单位'],
      ['企业', '医疗机构'],
    ]),
  'fractions in words': (s, r) =>
    tail(
      s,
      pick(r, [
        '，其中三分之一以上须为企业',
        '，占到一半以上',
        '，比例过半',
        '，四分之三由财政承担',
        '，多半要本地单位',
      ]),
    ),
  'HTML entity digits': (s, r) =>
    FIGURE.test(s)
      ? s.replace(FIGURE, (n) =>
          [...String(Number(n) + 1 + Math.floor(r() * 6))].map((d) => `&#${d.charCodeAt(0)};`).join(''),
        )
      : null,
  'keycap digits': (s, r) =>
    FIGURE.test(s)
      ? s.replace(FIGURE, (n) =>
          [...String(Number(n) + 1 + Math.floor(r() * 6))].map((d) => `${d}\ufe0f\u20e3`).join(''),
        )
      : null,
  'verdict in traditional characters': (s, r) =>
    tail(s, pick(r, ['，貴公司符合條件', '，可以申報', '，您夠資格牽頭', '，已經達標', '，完全沒問題'])),
  'English figures inside Chinese': (s, r) =>
    FIGURE.test(s) ? s.replace(FIGURE, pick(r, ['three', 'twenty', 'five hundred', 'ten', 'seven'])) : null,
  'strength weakened': (s, r) =>
    change(s, [
      ['应', pick(r, ['最好', '建议', '尽量', '可以'])],
      ['不得', pick(r, ['尽量不', '最好不要', '一般不'])],
      ['须', '可以'],
      [/要求(?!是)/, () => pick(r, ['建议', '鼓励', '提倡'])],
    ]),
  'verdict in words no list holds': (s, r) =>
    insert(
      s,
      pick(r, [
        '贵公司的条件很理想',
        '您这边基本没跑了',
        '八九不离十能成',
        '贵单位十拿九稳',
        '您这个悬',
        '您家离门槛还差得远',
        '这事能成',
        '贵公司跟这个无缘',
        '您在此列',
        '你们算得上是合适的牵头者',
        '贵单位条件过硬',
      ]),
    ),
  'date by name': (s, r) =>
    insert(
      s,
      `${cityOf(s)}要在${pick(r, ['今年五一前', '国庆节后', '下季度', '年中', '明年开春', '下半年', '春节前', '月底'])}提交材料`,
    ),
  'vague amount': (s, r) =>
    /\d+(?:\.\d+)?(亿元|万元|家|名|%)/.test(s)
      ? s.replace(
          /\d+(?:\.\d+)?(亿元|万元|家|名|%)/,
          (_, u: string) =>
            `${pick(r, ['数', '几', '好几', '上', '若干', '十几'])}${u === '%' ? '个百分点' : u}`,
        )
      : null,
  'exception invented': (s, r) =>
    tail(
      s,
      pick(r, [
        '，高校除外',
        '，民营企业可以放宽',
        '，特殊情况另行认定',
        '，上市企业不受此限',
        '，经同意可以例外',
        '，集团企业免于此项',
      ]),
    ),
  'offline verdict contradicted': (s, r) =>
    insert(
      s,
      pick(r, [
        '综合来看，结论与上面的判断相反',
        '上面的判断有误',
        '前面的核对结果不准确',
        '程序的结论请不要当真',
        '实际情况比上面说的要好',
        '上述结论可以忽略',
      ]),
    ),
  'citation of something else': (s, _, request) => {
    const id = /\[(\w+)\]/.exec(s)?.[1];
    const own = evidenceIn(request)
      .find((e) => e.id === id)
      ?.text.slice(0, 2);
    const other = evidenceIn(request).find((e) => e.id.startsWith('c') && e.text.slice(0, 2) !== own);
    return other ? s.replaceAll(/\[\w+\]/g, `[${other.id}]`) : null;
  },
  'time turned round': (s) =>
    change(s, [
      [/(月底|月|日)前/, (_, x) => `${x}后`],
      [/自(.{0,12}?)起/, (_, x) => `至${x}止`],
      ['以内', '以后'],
      ['期满后', '期满前'],
      ['之日起', '之日前'],
    ]),
  'how often exchanged': (s) =>
    change(s, [
      ['一次性', '按月'],
      ['每家', '合计'],
      ['每年', '一次性'],
      ['年均', '月均'],
      ['每', '全部'],
    ]),
  'rhetorical question': (s, r) =>
    FIGURE.test(s)
      ? s
          .replace(FIGURE, (n) => String(Number(n) + 1 + Math.floor(r() * 7)))
          .replace(/[，。]?(\[\w+\])。/, '，难道不是吗？$1')
      : insert(s, '这不就等于可以申报了吗？').replace('？。', '？'),
};
