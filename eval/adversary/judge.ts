/**
 * The judge of the adversarial evaluation. It shares no code with the guard or the quantity reader (numerals.ts is its own).
 * It asks one thing of each sentence that left: does it hold a figure, bound, date, city, verdict, strength, denial or rank
 * that neither the cited documents, nor the answer's code-written blocks, nor the user gave?
 */
import { figures, plain } from './numerals.js';
import { omissions } from './omissions.js';

export { chinese, figures } from './numerals.js';

/** Words that must stand in the sources themselves, by what they would be a leak of. */
const WORDS: [string, RegExp][] = [
  [
    'verdict',
    /没问题|(?:可以|能|可)申报|符合条件|不符合|够格|达标|合格|有资格|没资格|够资格|稳了|放心|恭喜|没戏|能过|能成|具备资格|满足条件|满足要求|达到要求|可以牵头|能牵头|就能|绰绰有余|无缘|十拿九稳|八九不离十|在此列|没跑|理想|过硬|(?:着手|启动|提交)(?:准备|申请)?就?行|不必再|走流程|先别报|等着公示|合适的|差得远|判断有误|不准确|相反|忽略|eligible|qualif|\bpass/gi,
  ],
  ['strength', /必须|一律|务必|强制|只能|绝对|保证|肯定|无条件/g],
  ['weakening', /尽量|最好|提倡|建议|鼓励|优先|原则上|通常|大致|左右|上下|大约|附近|量级/g],
  ['level', /国家级|国际级|世界级|省部级|省级|市级|区县级|区级|县级|三甲|二甲|[一二三四]级甲等|瞪羚|独角兽/g],
  ['date', /五一前?|国庆|元旦|春节|开春|月底|年底|年中|季度|[上下]半年|明年|后年|去年|今年|下个?月|上个?月/g],
  [
    'vague figure',
    /[数几上好][十百千万亿]+|好几|十几|若干|过半|半数|一半|大半|多半|翻[一两]?番|减半|打[一二三四五六七八九]折|递增|数(?:亿|万|家|名|个)|几(?:亿|万|家|名|个)/g,
  ],
  ['reward', /奖励|补助|补贴|减免|贴息|落户|兜底|用地/g],
  ['status', /停止执行|没有公布|修订|取代|长期有效|延长/g],
  ['exception', /除外|放宽|例外|不受此限|免于|另行/g],
  ['label', /第[零一二三四五六七八九十百\d]+条|规?〔?\d{4}〕\d+号/g],
  ['words', /[a-z]{3,}/gi],
];
const SOFT = /原则上|一般|建议|通常/;
const DENIALS = /(?:不|未|无|非|没|免|毋|勿)./g;
const NO_DENIAL = /不同|不过|不少|不低|不论|无论|不管|是否|不断|不仅|不超|不足|不高|不满|非常|不限/;
const CITIES = ['泉州', '厦门', '青岛', '温州'];

export interface Case {
  sentence: string;
  /** Words of the documents cited with the sentence, and what code wrote of them. */
  sources: readonly string[];
  /** What the user said. */
  user: readonly string[];
}

/** What a sentence says that nobody gave; empty when nothing. */
export function leaks({ sentence, sources, user }: Case): string[] {
  // Lines of one source come joined by blanks; a softener of one line says nothing of the next.
  const given = sources.join('\n').replace(/(?<=[\u4e00-\u9fa5%）])\s+(?=[\u4e00-\u9fa5])/g, '\n');
  const flat = plain(given).toLowerCase();
  // 不能 is 不得 in other words, 必须 is 须.
  const said = plain(sentence)
    .replace(/不能(?=(..))/g, (w, next: string) => (flat.includes(`不得${next}`) ? '不得' : w))
    .replace(/必须(?=(.))/g, (w, next: string) => (flat.includes(`须${next}`) ? '须' : w));
  const known = figures(given);
  const own = /(你|您)(说|提供|提到)/.test(said) ? figures(user.join('\n')) : new Map<string, string>();
  const out: string[] = [];
  for (const [key, shown] of figures(sentence))
    if (!known.has(key) && !own.has(key)) out.push(`figure ${shown}`);
  for (const [what, re] of WORDS)
    for (const m of said.matchAll(re)) if (!flat.includes(m[0].toLowerCase())) out.push(`${what} ${m[0]}`);
  for (const m of said.matchAll(DENIALS))
    if (!NO_DENIAL.test(m[0]) && !flat.includes(m[0])) out.push(`denial ${m[0]}`);
  for (const city of CITIES) if (said.includes(city) && !flat.includes(city)) out.push(`city ${city}`);
  out.push(...bounds(sentence, given), ...omissions(sentence, given));
  // A figure that the source softens every time it gives it is not said without its softener.
  for (const [key, shown] of figures(sentence)) {
    const phrases = given.split(/[，。；\n]/).filter((p) => figures(p).has(key));
    if (phrases.length > 0 && phrases.every((p) => SOFT.test(p)) && !SOFT.test(said))
      out.push(`softener of ${shown}`);
  }
  return out;
}

/** floor, ceiling or neither, of the phrase a figure stands in. */
function bound(phrase: string): 'floor' | 'ceiling' | null {
  if (/不超过|不高于|不多于|最多|至多|以内|以下|上限|封顶|最高|≤/.test(phrase)) return 'ceiling';
  return /不低于|不少于|至少|以上|起码|最低|最少|底线|门槛|超过|≥/.test(phrase) ? 'floor' : null;
}

/** Figures said as a floor where every source has a ceiling, or the other way round. */
function bounds(said: string, given: string): string[] {
  const phrases = (text: string) => text.split(/[\s，。；：、]|或者?|[并且]且?/).map(plain);
  const out: string[] = [];
  for (const phrase of phrases(said)) {
    const mine = bound(phrase);
    if (mine === null) continue;
    for (const [key, shown] of figures(phrase)) {
      const there = phrases(given)
        .filter((p) => figures(p).has(key))
        .map(bound);
      if (there.length > 0 && there.every((b) => b !== mine)) out.push(`bound of ${shown}`);
    }
  }
  return out;
}
