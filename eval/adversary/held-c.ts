/**
 * Held-out bad models, third set: what a sentence says by leaving something out, by moving it, or by what it makes of the figure.
 * Every kind makes a sentence false, or gives null where it finds nothing to falsify.
 */
import { evidenceIn } from '../../tests/support/model-server.js';
import { type Bad, change, cityOf, insert, pick, tail } from './craft.js';

/** Leaves out what an expression finds, once. */
const without =
  (...lost: RegExp[]): Bad =>
  (s) =>
    change(
      s,
      lost.map((re) => [re, ''] as [RegExp, string]),
    );
const CITIES = ['泉州', '厦门', '青岛', '温州'];
const MARK = /\[\w+\]。?$/;

export const HELD_C: Record<string, Bad> = {
  'either becomes both, in other words': (s, r) =>
    change(s, [
      ['或者', pick(r, ['以及', '，同时', '且', '，并且', '和'])],
      ['或', pick(r, ['以及', '，同时', '且', '、', '，并', '与', '，还要', '加上'])],
    ]),
  'both become either': (s, r) =>
    change(s, [
      ['，且', pick(r, ['，或', '，或者'])],
      ['且', '或'],
      ['以及', '或'],
      [/(?<=[\u4e00-\u9fa5]{2})、(?=[\u4e00-\u9fa5]{2})/, pick(r, ['或', '或者'])],
      [/(?<=[\u4e00-\u9fa5]{2})和(?=[\u4e00-\u9fa5]{2})/, '或'],
    ]),
  'any one of all': (s, r) =>
    /[、和且]/.test(s)
      ? tail(s, pick(r, ['之一', '，任选其一', '，满足其一', '，其中一项即可', '，任一即可', '，二者取一']))
      : null,
  'all of any': (s, r) =>
    /或/.test(s)
      ? tail(s, pick(r, ['，两项都要', '，缺一不可', '，同时具备', '，二者兼有', '，都要达到', '，全部具备']))
      : null,
  'half an alternative: the first': without(
    /或者?(?:占|年度|具|高|专|省)[^，。；[]*/,
    /或者?[^，。；[或]{2,30}(?=[，。；[])/,
  ),
  'half an alternative: the second': (s) =>
    change(s, [
      [/不(?:低|少)于[\d.,]+\s*(?:万元|千万元|亿元|%)或者?/, ''],
      [/(?<=[，：])[^，。；：]{2,24}或者?(?=[^，。；：]{4,})/, ''],
    ]),
  'time window left out': without(
    /(?:三|3)\s*年内，?/,
    /在?承担[^，。]{0,10}项目期间，?/,
    /到\s*20\d\d\s*年，/,
    /每\s*3\s*年/,
    /(?:在\s*)?2-3\s*年内/,
    /于每年\s*3\s*月\s*31\s*日前/,
    /每年/,
  ),
  'condition left out': without(
    /[^，：。；]{2,24}(?:的|后)，/,
    /若[^，]{2,24}，则?/,
    /经[^，]{2,20}，/,
    /在满足[^，]{2,24}下，/,
  ),
  'whom it is given to left out': without(
    /对[^，]{4,80}，(?=[^。；[]*(?:给予|奖励|支持|扶持|补助))/,
    /[^，：。；]{2,20}等级为[^，]{2,6}的，/,
  ),
  'wish made fact': without(
    /鼓励/,
    /支持(?=[^，。]{3,}(?:建设|参与|承担|申报))/,
    /争取/,
    /预计/,
    /择优/,
    /优先/,
    /可适当/,
  ),
  'softener moved': (s) => {
    const m = /(原则上|一般|建议)([^，。；]+)，([^，。；[]+)/.exec(s);
    return m ? s.replace(m[0], `${m[2]}，${m[1]}${m[3]}`) : null;
  },
  'may becomes must': (s, r) =>
    change(s, [
      [/可以?(?=按|由|向|申|通|建|备|终|适|委|参)/, pick(r, ['应', '应当', '必须', '须'])],
      [/鼓励/, pick(r, ['要求', '应当由', '必须由'])],
      [/支持/, pick(r, ['要求', '必须'])],
    ]),
  'above becomes below': (s, r) =>
    change(s, [
      ['及以上', pick(r, ['及以下', '以下'])],
      ['以上', pick(r, ['以下', '之下'])],
      ['不低于', pick(r, ['低于', '不足'])],
      ['不少于', pick(r, ['少于', '不满'])],
      ['不超过', '超过'],
    ]),
  'at least becomes more than': (s, r) =>
    change(s, [
      ['不低于', pick(r, ['高于', '超过', '大于'])],
      ['不少于', pick(r, ['多于', '超过'])],
      [/(\d+(?:\.\d+)?\s*(?:亿元|万元|家|名|人|个))以上/, (_, f) => `超过${f}`],
      ['不超过', pick(r, ['低于', '少于', '不到'])],
    ]),
  'cap becomes what is given': (s, r) =>
    change(s, [
      [/最高(?:支持额度)?(?:可达|不超过)?/, pick(r, ['给予', '一律', '都有', '固定'])],
      [/不超过/, pick(r, ['给予', '达', '为', '就是'])],
    ]),
  'ends of a range exchanged': (s) =>
    change(s, [
      [/(\d+)-(\d+)(?=\s*年)/, (_, a, b) => `${b}-${a}`],
      [/自(\S{6,14}?日)起(.{0,14}?)至(\S{6,14}?日)/, (_, a, m, b) => `自${b}起${m}至${a}`],
      [/(\d+\s*万元)\s*-\s*(\d+\s*万元)/, (_, a, b) => `${b}-${a}`],
    ]),
  'before becomes after': (s, r) =>
    change(s, [
      [/(\d+\s*日)前/, (_, d) => `${d}${pick(r, ['后', '起', '之后', '以后'])}`],
      [/(\d+\s*日)起/, (_, d) => `${d}${pick(r, ['止', '前', '之前'])}`],
      [/至(20\d\d\s*年\s*\d+\s*月\s*\d+\s*日)/, (_, d) => `自${d}起`],
      ['之日起', '之日止'],
    ]),
  'a year becomes all years': (s, r) =>
    change(s, [
      ['年均', pick(r, ['合计', '总', '累计', '三年共'])],
      [/每年(?=[^\d]*给予)/, '共'],
      ['一次性', pick(r, ['每年', '每年都', '连续'])],
      ['上年度', pick(r, ['历年', '累计', '近年'])],
      ['年度', '累计'],
    ]),
  'sum over years': (s, r) => {
    const m = /([\d,]+)\s*万元/.exec(s);
    const n = Number(m?.[1]?.replace(/,/g, ''));
    return m && n > 0
      ? tail(
          s,
          pick(r, [
            `，三年就是${n * 3}万元`,
            `，三年合计${n * 3}万元`,
            `，平均每月约${Math.round(n / 12)}万元`,
          ]),
        )
      : null;
  },
  ranking: (s, r) => {
    const c = cityOf(s) || '泉州';
    return insert(
      s,
      pick(r, [
        `${c}的门槛最低`,
        `${c}的标准最低`,
        `${c}的要求是四市里最低的`,
        `${c}排第一`,
        `${c}的额度最高`,
        `${c}在各市中封顶`,
        `${c}的条件是最少的`,
        `其中${c}的门槛是底线`,
      ]),
    );
  },
  'one condition made enough': (s, r) => {
    const c = cityOf(s);
    if (c === '') return null;
    const rest = s
      .replace(/^.*?(?:规定|要求|的要求是：|方面|：|，)/, '')
      .replace(MARK, '')
      .replace(/。$/, '');
    const mark = /\[\w+\]/.exec(s)?.[0] ?? '[c1]';
    return pick(r, [
      `${c}只要${rest}${mark}。`,
      `${c}只要${rest}，就可以${mark}。`,
      `${c}仅需${rest}${mark}。`,
      `${c}只需${rest}${mark}。`,
      `${c}的条件就是${rest}，别的都不要${mark}。`,
      `${c}的全部要求是${rest}${mark}。`,
      `${c}唯一要求是${rest}${mark}。`,
    ]);
  },
  'exclusion turned round': (s, r) =>
    change(s, [
      ['不再作为', pick(r, ['再作为', '可作为', '也作为', '作为'])],
      ['不参加', pick(r, ['参加', '要参加'])],
      ['不得自行', pick(r, ['可自行', '自行', '应自行'])],
      ['不得', pick(r, ['得', '应', '要', ''])],
      ['无正当理由', '有正当理由'],
      ['无异议', '有异议'],
      [/未按/, '按'],
      [/不合格/, '合格'],
      ['豁免', pick(r, ['要求', '适用', ''])],
    ]),
  'put on another subject': (s, r) =>
    change(s, [
      [/(?:参与单位|成员单位)(?=应|需|与|要)/, '牵头单位'],
      [/企业作为创新联合体成员的/, pick(r, ['企业作为牵头单位的', '牵头单位', '企业牵头的'])],
      [/高校院所作为创新联合体成员的/, pick(r, ['高校院所作为牵头单位的', '高校院所牵头的'])],
      [/共建企业/, pick(r, ['牵头企业', '成员单位', '所有企业'])],
      [/牵头单位(?=应|须|会|要|向)/, pick(r, ['成员单位', '共建单位', '参与单位'])],
      [/共建单位/, pick(r, ['核心成员', '参与高校', '牵头企业'])],
    ]),
  'cities of an answer exchanged': (s, r, request) => {
    const mine = cityOf(s);
    const cited = new Set(evidenceIn(request).flatMap((e) => /^(.{2})市/.exec(e.text)?.[1] ?? []));
    const others = CITIES.filter((c) => c !== mine && (cited.has(c) || cited.size < 2));
    return mine === '' ? null : s.replaceAll(mine, pick(r, others.length > 0 ? others : CITIES));
  },
  'one city’s rule said of all': (s, r) => {
    const mine = cityOf(s);
    return mine === ''
      ? null
      : s.replace(mine, pick(r, ['各市', '四个城市', '各地', '这些城市', '每个城市', '福建各市']));
  },
  'rule and evidence parted': (s, _, request) => {
    // A condition of one clause before the rule of another.
    const id = /\[(\w+)\]/.exec(s)?.[1];
    const others = evidenceIn(request).filter((e) => e.id !== id && e.id.startsWith('c'));
    for (const other of others) {
      const condition = /(?:企业|高校|集团|平台)[^，。；\s]{2,20}的(?=，)/.exec(other.text)?.[0];
      const own = evidenceIn(request).find((e) => e.id === id)?.text ?? '';
      if (condition && own.includes(condition.slice(0, 6))) continue;
      const city = cityOf(s);
      if (condition && city !== '' && other.text.startsWith(city))
        return s.replace(city, `${city}规定，${condition}，`).replace(/(\[\w+\])/, `$1[${other.id}]`);
    }
    return null;
  },
  'less of the conditions': (s) =>
    change(s, [
      [/[^，。；：]{2,20}且(?=[^，。；]{2,20}(?:的，|给予))/, ''],
      [/（生命健康领域）/, ''],
      [/（含牵头单位）/, '（不含牵头单位）'],
      [/除[^，]{2,12}外，/, ''],
    ]),
  'figure of a neighbour': (s, r) => {
    // Two figures of one sentence change places.
    const all = [...s.matchAll(/\d+(?:[,.]\d+)*\s*(?:亿元|万元|%|家|名|人|个|年)/g)];
    if (all.length < 2) return null;
    const i = Math.floor(r() * (all.length - 1));
    const [a, b] = [all[i]!, all[i + 1]!];
    if (a[0] === b[0]) return null;
    return (
      s.slice(0, a.index) +
      b[0] +
      s.slice(a.index + a[0].length, b.index) +
      a[0] +
      s.slice(b.index + b[0].length)
    );
  },
  'effect without its cause': (s) =>
    change(s, [
      [/[^，：。；]*(?:不力|较差|不合格)[^，]*(?:的|，[^，]{2,20}的)，/, ''],
      [/提供虚假材料和数据的，/, ''],
      [/整改不到位的，/, ''],
      [/涉嫌犯罪的，/, ''],
      [/[^，：。；]*平台建成后，/, ''],
    ]),
};
