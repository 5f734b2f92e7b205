/**
 * Honest models that write as people do: other connecting words, synonyms, two clauses in one sentence, the city named or
 * understood. Every sentence is true by construction: a clause of the evidence with words exchanged for their equals.
 */
import { evidenceIn, type WireRequest } from '../../tests/support/model-server.js';
import { pick } from './craft.js';

interface Part {
  id: string;
  city: string;
  text: string;
}
type Manner = (part: Part, random: () => number) => string;

/** Clauses of the evidence, whole between full stops. */
function parts(request: WireRequest): Part[] {
  return evidenceIn(request)
    .filter((e) => e.id.startsWith('c'))
    .slice(0, 4)
    .flatMap(({ id, text }) => {
      const city = /^(.{2})市/.exec(text)?.[1] ?? '';
      return text
        .replace(/^[^。]*。\s*/, '')
        .split(/[。；\s]/)
        .filter((p) => p.length >= 6 && p.length <= 90 && !/[：✗✓？]/.test(p))
        .map((p) => ({ id, city, text: p.replace(/[，、]$/, '') }));
    });
}

/** Whether a clause asks for something: only of such a one “要求” is said. */
const asks = (text: string): boolean => /应|须|需|不低于|不少于|不得|至少|以上|要/.test(text);

const EQUALS_A: [RegExp, string][] = [
  [/不低于/g, '不少于'],
  [/应(?=是|由|在|有|具|建|达|包|于|按)/g, '应当'],
  [/近三(?=年|个)/g, '最近三'],
  [/建有/g, '设有'],
  [/可(?=按|由|向|申)/g, '可以'],
];
const EQUALS_B: [RegExp, string][] = [
  [/(\d+(?:\.\d+)?(?:亿元|万元|家|名))以上/g, '至少$1'],
  [/不低于/g, '至少'],
  [/应当/g, '应'],
  [/以及/g, '和'],
  [/具有/g, '拥有'],
  [/(\d+(?:\.\d+)?)%/g, '百分之$1'],
  [/2000万元/g, '2千万元'],
  [/不超过/g, '最多'],
];
const MANNERS_A: Manner[] = [
  (p) => `先看${p.city}：${p.text}[${p.id}]。`,
  (p) => `从${p.city}的文件看，${p.text}[${p.id}]。`,
  (p) => `需要留意的是，${p.city}规定${p.text}[${p.id}]。`,
  (p) => `简单讲，${p.city}的规则是：${p.text}[${p.id}]。`,
  (p) => `就您关心的这一点，${p.city}的办法里写着：${p.text}[${p.id}]。`,
  (p) => `“${p.text}”，这是${p.city}文件的原话[${p.id}]。`,
  (p) => `在${p.city}，${p.text}[${p.id}]。`,
  (p) => `${p.city}这边的说法是${p.text}[${p.id}]。`,
];
const MANNERS_B: Manner[] = [
  (p) => `${p.city}在这方面的规定可以概括为：${p.text}[${p.id}]。`,
  (p) => `按${p.city}现在的文件，${p.text}[${p.id}]。`,
  (p) => `如果是在${p.city}，${p.text}[${p.id}]。`,
  (p) => `${p.city}的管理办法里有这样一条：${p.text}[${p.id}]。`,
  (p) => `您问到的这个问题，${p.city}是这样规定的：${p.text}[${p.id}]。`,
  (p) => `${p.text}，这是${p.city}的${asks(p.text) ? '要求' : '规定'}[${p.id}]。`,
  (p) => `换句话说，${p.city}那里${p.text}[${p.id}]。`,
  (p) => `一句话，${p.city}写得很清楚：${p.text}[${p.id}]。`,
];

const EQUALS_C: [RegExp, string][] = [
  [/应(?=建|具|由|在)/g, '需'],
  [/(\d+(?:\.\d+)?)(万元|亿元|家|名|个)以上/g, '不少于$1$2'],
  [/2000万元/g, '2,000万元'],
  [/不超过/g, '至多'],
  [/近三年/g, '过去三年'],
  [/或(?!者)/g, '或者'],
  [/不得/g, '不能'],
];
const MANNERS_C: Manner[] = [
  (p) => `${p.city}那边明确，${p.text}[${p.id}]。`,
  (p) => `回到您的问题，${p.city}${asks(p.text) ? '要求' : '规定'}的是：${p.text}[${p.id}]。`,
  (p) => `翻看${p.city}的文件可以知道，${p.text}[${p.id}]。`,
  (p) => `就${p.city}来说，文件里的原句是“${p.text}”[${p.id}]。`,
  (p) => `${p.city}：${p.text}[${p.id}]。`,
  (p) => `先说结论，${p.city}的规定是${p.text}[${p.id}]。`,
  (p) => `这个在${p.city}的办法里讲得很明白，即${p.text}[${p.id}]。`,
  (p) => `${p.city}对此的规定如下：${p.text}[${p.id}]。`,
];

const EQUALS_D: [RegExp, string][] = [
  [/不少于/g, '不低于'],
  [/(\d+(?:\.\d+)?)(万元|亿元|家|名|个)以上/g, '$1$2及以上'],
  [/须(?=为|签|建)/g, '必须'],
  [/原则上(?!应)/g, '一般'],
  [/拥有/g, '具有'],
  [/上年度/g, '上一年度'],
  [/以及/g, '及'],
];
const MANNERS_D: Manner[] = [
  (p) => `${p.city}给出的说法是，${p.text}[${p.id}]。`,
  (p) => `查了${p.city}的文件，上面写着${p.text}[${p.id}]。`,
  (p) => `简单来说，在${p.city}是这样：${p.text}[${p.id}]。`,
  (p) => `对应到${p.city}，${p.text}[${p.id}]。`,
  (p) => `${p.city}的政策原文：“${p.text}”[${p.id}]。`,
  (p) => `先把${p.city}的规定列出来：${p.text}[${p.id}]。`,
  (p) => `${p.text}（${p.city}）[${p.id}]。`,
  (p) => `至于${p.city}，文件明确${p.text}[${p.id}]。`,
];

function write(equals: [RegExp, string][], manners: Manner[], joins: string[]) {
  return (request: WireRequest, random: () => number): string[] => {
    const all = parts(request);
    if (all.length === 0) return [];
    const lone = new Set(all.map((p) => p.city)).size === 1;
    const reworded = (p: Part): Part =>
      random() < 0.5 ? p : { ...p, text: equals.reduce((t, [from, to]) => t.replace(from, to), p.text) };
    const chosen = [...new Map(all.map((p) => [p.text, p])).values()].sort(() => random() - 0.5).slice(0, 3);
    const out: string[] = [];
    const [a, b] = chosen;
    // Two clauses of one city in one sentence.
    if (a && b && a.city === b.city && random() < 0.4) {
      const [x, y] = [reworded(a), reworded(b)];
      out.push(
        `${a.city}规定${x.text}${pick(random, joins)}${y.text}${x.id === y.id ? `[${x.id}]` : `[${x.id}][${y.id}]`}。`,
      );
      chosen.splice(0, 2);
    }
    for (const p of chosen.map(reworded))
      out.push(lone && random() < 0.15 ? `${p.text}[${p.id}]。` : pick(random, manners)(p, random));
    return out;
  };
}

export const freerA = write(EQUALS_A, MANNERS_A, ['；同时，', '，另外', '；']);
export const freerB = write(EQUALS_B, MANNERS_B, ['，此外，', '；并且', '；还有一条，']);
export const freerC = write(EQUALS_C, MANNERS_C, ['；另一方面，', '；此外还要看到，', '；']);
/** Written after the guard was finished, and not worked with. */
export const freerD = write(EQUALS_D, MANNERS_D, ['；再者，', '；其次，', '。此外，']);
