import type { Found } from './lexicon.js';
import { WordFinder } from './lexicon.js';
import type { Reading } from './reader.js';
import type { FactMention } from './types.js';

const KIND = 'lead.kind';
const PARENT = 'lead.kind';

/** What kind of unit would lead, when the words say so: “我们是医院”, “高校能牵头吗”, “我司”. Partners named are not it. */
export function readKind(reading: Reading): { mention: FactMention | null; mentions: FactMention[]; used: Set<number> } {
  const spec = reading.vocabulary.get(PARENT);
  const used = new Set<number>();
  if (!spec) return { mention: null, mentions: [], used };
  const finder = new WordFinder(spec.values.flatMap((v) => v.words.map((w) => [w, v.id] as const)));
  const selfKind = new WordFinder(Object.entries(reading.language.selfKind));
  const best = pick(reading, finder.find(reading.text)) ?? selfKind.find(reading.text)[0] ?? null;
  if (best === null) return { mention: null, mentions: [], used };
  for (const n of reading.names) if (n.start < best.end && best.start < n.end) used.add(n.start);
  const mention: FactMention = { fact: KIND, value: { type: 'enum', value: best.value }, start: best.start, end: best.end };
  return { mention, mentions: [mention], used };
}

/** The strongest claim wins: a later and more specific kind of the asker's own unit over a general one. */
function pick(reading: Reading, found: Found<string>[]): Found<string> | null {
  let best: { hit: Found<string>; score: number } | null = null;
  for (const hit of found) {
    const score = claim(reading, hit);
    if (score > 0 && (best === null || score > best.score || (score === best.score && hit.word.length > best.hit.word.length))) {
      best = { hit, score };
    }
  }
  return best?.hit ?? null;
}

function claim(reading: Reading, hit: Found<string>): number {
  const { text, language } = reading;
  const seg = reading.segments.find((s) => hit.start >= s.start && hit.end <= s.end);
  if (!seg) return 0;
  const before = text.slice(seg.start, hit.start);
  const after = text.slice(hit.end, seg.end);
  // 5家企业, 两所高校: a count of partners; 高新技术企业, 专精特新企业 are facts of their own.
  if (/([\d多几]|[一二两三四五六七八九十]+)(家|个|所|户)(的|本地|当地|市内|上下游|产业链)*$/.test(before) && !/(一家|有家|有个)$/.test(before.slice(-2))) return 0;
  if (/(龙头|骨干|上下游|上游|下游|产业链|共建|成员|参与|配套|子|母|下属|权属|其他|其它|本地)$/.test(before) && !/牵头/.test(after)) return 0;
  const partner = language.partner.some((w) => w.length > 1 && before.includes(w)) || /(和|与|跟|找|带|拉)[^，]{0,6}$/.test(before);
  if (partner) return 0;
  if (/(不是|非|并非|不算)$/.test(before)) return 0;
  const self = language.self.some((w) => before.includes(w));
  const isA = /(是|属于|为|作为|系)(一|个|家|所|某|大|小|中|民营|国有|本地|市属|省属|地方|三甲|综合|[^，]{1,10}的)*$/.test(before);
  const leads = /^(单位)?(也|就|都|自己|来|想|要|是否|到底|究竟)*(能|可以|可不可以|能否|可否|做|当|作为|来|牵头|申报|想|要|有资格|行不行|行吗|带头|报)/.test(after);
  const owned = /^(营收|收入|研发|主营|注册|成立|规模|高新|上年|去年|年)/.test(after);
  if (/^(的)?(政策|办法|规定|数|数量|占比|比例|条件|要求|名单|类型)/.test(after)) return 0;
  if (self && isA) return 5;
  if (/作为$/.test(before)) return 5;
  if (leads) return 4;
  if (self && before.length <= 14) return 3;
  if (isA && reading.segments.indexOf(seg) === 0) return 2;
  if (owned) return 2;
  if (after === '' && /的$|^$|(市|州|岛|门|江|安)$/.test(before)) return 1;
  return 0;
}
