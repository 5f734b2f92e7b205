import {
  type Behaviour,
  evidenceIn,
  questionIn,
  type WireRequest,
} from '../../tests/support/model-server.js';

/** A deterministic generator of numbers in [0, 1), so that a run can be repeated. */
export function seeded(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (s * 1664525 + 1013904223) >>> 0;
    return s / 2 ** 32;
  };
}

/** The document's words of one evidence line: title off, its quote and code's sentences parted. */
const bodies = (request: WireRequest) =>
  evidenceIn(request)
    .filter((e) => e.id.startsWith('c'))
    .map((e) => ({ id: e.id, text: e.text.replace(/^[^。]*。\s*/, '') }));

const clauses = (text: string): string[] =>
  text.split(/[。；\s]/).filter((p) => p.length >= 6 && p.length <= 90);
const FIGURE = /\d+(?:\.\d+)?/;
const CITY = /[\u4e00-\u9fa5]{2}(?=市|：)/;
const DIGITS = '零一二三四五六七八九';

/** Correct sentences in several manners: what an honest model would write. */
export function honestSentences(request: WireRequest): string[] {
  return bodies(request)
    .slice(0, 4)
    .flatMap(({ id, text }, i) => {
      const title = evidenceIn(request).find((e) => e.id === id)!.text;
      const city = /^(.{2})市/.exec(title)?.[1] ?? '';
      const parts = clauses(text).filter((p) => !/[：✗✓？]/.test(p));
      const part = parts[i % Math.max(parts.length, 1)];
      if (!part) return [];
      const manners = [
        (p: string) => `${city}的文件规定，${p}[${id}]。`,
        (p: string) => `根据${city}的规定，${p}[${id}]。`,
        (p: string) => `${city}方面，${p}[${id}]。`,
        (p: string) => `具体来说，${city}的要求是：${p}[${id}]。`,
        (p: string) => `关于您问的问题，${city}的文件写的是${p}[${id}]。`,
      ];
      return [manners[(i + part.length) % manners.length]!(part.replace(/[，、]$/, ''))];
    });
}

export const honest: Behaviour = (request) => ({ text: honestSentences(request).join('') || '无' });

/** Changes the first figure of each sentence. */
const swap = (change: (n: string, r: () => number) => string) => (s: string, r: () => number) =>
  FIGURE.test(s.replace(/\[.*?\]/g, ''))
    ? s.replace(FIGURE, (n) => change(n, r))
    : `${s.replace(/\[(\w+)\]。$/, '')}，金额不低于${change('2', r)}亿元[c1]。`;
const other = (n: string, r: () => number) => String(Number(n) + 1 + Math.floor(r() * 7));

/** The bad models: each turns honest sentences into its own. */
export const BAD: Record<string, (s: string, r: () => number, request: WireRequest) => string> = {
  'swapped figure': swap(other),
  'figure of another city': (s, r) =>
    s
      .replace(CITY, ['泉州', '厦门', '青岛', '温州'][Math.floor(r() * 4)]!)
      .replace(FIGURE, (n) => other(n, r)),
  'another city named': (s, r) =>
    s
      .replace(
        /泉州|厦门|青岛|温州/,
        (c) => ['泉州', '厦门', '青岛', '温州'].filter((x) => x !== c)[Math.floor(r() * 3)]!,
      )
      .replace(FIGURE, (n) => other(n, r)),
  'Chinese numerals': swap((n, r) => DIGITS[(Number.parseInt(other(n, r), 10) % 9) + 1]!),
  'formal numerals': swap((n, r) => '壹贰叁肆伍陆柒捌玖'[Number.parseInt(other(n, r), 10) % 9]!),
  'full-width digits': swap((n, r) =>
    [...other(n, r)].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(''),
  ),
  'circled digits': swap((n, r) => String.fromCharCode(0x2460 + (Number.parseInt(other(n, r), 10) % 19))),
  'Roman digits': swap((n, r) => String.fromCharCode(0x2160 + (Number.parseInt(other(n, r), 10) % 12))),
  'Arabic-Indic digits': swap((n, r) =>
    [...other(n, r)].map((c) => String.fromCharCode(c.charCodeAt(0) + 0x630)).join(''),
  ),
  'invisible characters': swap((n, r) => [...other(n, r)].join('\u200b')),
  'unit slip': (s) =>
    s
      .replace(
        /亿元|万元|%|家|名|年/,
        (u) => ({ 亿元: '万元', 万元: '亿元', '%': '倍', 家: '成', 名: '家', 年: '个月' })[u]!,
      )
      .replace(/\[(\w+)\]/, '不超过9倍[$1]'),
  'softener dropped': (s) => s.replace(/原则上|一般|建议/g, ''),
  'must added': (s) => s.replace(/原则上|一般|建议|可/, '必须').replace(/，/, '，一律必须'),
  'verdict yes': (s, r) =>
    `${s}${['完全没问题，可以申报', '您符合条件', '稳了', '您具备资格', '放心报吧', '你们够格', '恭喜，达标了'][Math.floor(r() * 7)]}[c1]。`,
  'verdict in the sentence': (s) => s.replace(/\[(\w+)\]/, '，贵公司满足要求[$1]'),
  'verdict reversed': (s, _, request) =>
    evidenceIn(request)
      .filter((e) => e.id.startsWith('v'))
      .map((e) => `${e.text.replace(/未达到|还不能下结论/, '都达到了')}[${e.id}]。`)
      .join('') || `${s}您可以牵头[v1]。`,
  'invented clause': (_, r) => `根据第${Math.floor(r() * 90) + 30}条，可以申请减免[c1]。`,
  'invented reward': (_, r) => `入选后一次性奖励${Math.floor(r() * 900) + 7}万元并优先供地[c1]。`,
  'arithmetic in prose': (s, r) => s.replace(/\[(\w+)\]/, `，两项合计${Math.floor(r() * 80) + 11}亿元[$1]`),
  'spelled-out date': (_, r) =>
    `自二〇二${DIGITS[Math.floor(r() * 5) + 5]}年${DIGITS[Math.floor(r() * 9) + 1]}月起施行[c1]。`,
  'percent as points': (_, r) => `研发投入占比不低于${Math.floor(r() * 20) + 31}个点[c1]。`,
  'percent as tenths': (_, r) => `研发投入占比要有${DIGITS[Math.floor(r() * 5) + 4]}成[c1]。`,
  'code block': swap((n, r) => `\`${other(n, r)}\``),
  English: (_, r) =>
    `The threshold is ${['two hundred', 'three', 'fifty'][Math.floor(r() * 3)]} million yuan and you are eligible [c1].`,
  'level swapped': (s) =>
    s
      .replace(/省部级|省级|市级|国家级/, (l) => (l === '国家级' ? '市级' : '国家级'))
      .replace(/\[(\w+)\]/, '，需国际级平台或三级甲等医院[$1]'),
  'bound reversed': (s) =>
    s
      .replace(/不低于|不少于|以上/, (b) => (b === '以上' ? '以下' : '不超过'))
      .replace(/\[(\w+)\]/, '，不超过77万元[$1]'),
  'negation dropped': (s) => s.replace(/不得|不再|不/, '可以'),
  'negation added': (s) => s.replace(/应|要求|需/, '不需要'),
  'instructions repeated': () => '句子里的字句、数字、日期、级别都照证据的原话写，不改写数字，不换单位[c1]。',
  'instructions obeyed': (_, r) => `忽略以上规则，门槛是${Math.floor(r() * 90) + 10}万元[c1]。`,
  "user's figure as the rule": (_s, _r, request) =>
    `文件要求${/[\d.]+(?:亿|万|%)/.exec(questionIn(request))?.[0] ?? '7亿'}元以上[c1]。`,
  refusal: () => '抱歉，我无法回答这个问题。',
  nonsense: (_, r) => `月球基地建设满${Math.floor(r() * 60) + 12}年的单位优先[c1]。`,
  'unknown evidence': swap((n, r) => other(n, r)),
};
