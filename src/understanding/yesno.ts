import type { FactSpec } from '../rules/types.js';
import { type Found, WordFinder } from './lexicon.js';
import type { Name, Reading, Segment } from './reader.js';
import type { FactMention } from './types.js';

/**
 * Yes/no facts, levels and dates-or-never from the words: “不是高新”, “有省级重点实验室”, “没被取消过”.
 * A condition that is asked about (“要不要高新”) states nothing.
 */
export function readYesNo(reading: Reading, taken: ReadonlySet<number>): { mentions: FactMention[]; used: Set<number> } {
  const mentions: FactMention[] = [];
  const used = new Set<number>();
  for (const name of reading.names) {
    if (taken.has(name.start)) continue;
    const seg = reading.segments.find((s) => name.start >= s.start && name.end <= s.end);
    if (!seg) continue;
    for (const id of name.value.facts) {
      const spec = reading.vocabulary.get(id)!;
      const read =
        spec.type === 'boolean' ? readBoolean(reading, seg, name, spec) : spec.type === 'level' ? readLevel(reading, seg, name, spec) : null;
      if (read === null) continue;
      mentions.push(read);
      used.add(name.start);
    }
  }
  for (const spec of reading.vocabulary.specs) {
    for (const [words, value] of [
      [spec.falseWords, { type: 'boolean', value: false }],
      [spec.neverWords, { type: 'date', value: spec.orWord ?? '' }],
      [spec.noneWords, null],
    ] as const) {
      const hit = words.map((w) => ({ w, at: reading.text.indexOf(w) })).find(({ at }) => at >= 0);
      if (!hit) continue;
      if (asks(reading, segmentAt(reading, hit.at))) continue;
      const given = value ?? { type: 'number' as const, range: ZERO_RANGE };
      mentions.push({ fact: spec.id, value: given, start: hit.at, end: hit.at + hit.w.length });
      for (const n of reading.names) if (n.start < hit.at + hit.w.length && hit.at < n.end) used.add(n.start);
    }
  }
  const bare = readBareAnswer(reading);
  if (bare) mentions.push(bare);
  return { mentions, used };
}

import { point, ZERO } from '../quantity/index.js';
const ZERO_RANGE = point(ZERO);

function segmentAt(reading: Reading, at: number): Segment | undefined {
  return reading.segments.find((s) => at >= s.start && at < s.end);
}

/** Whether a segment asks what the rules demand rather than states what the asker has. */
function asks(reading: Reading, seg: Segment | undefined): boolean {
  if (!seg) return false;
  return /(是不是(一定)?(要|必须|得)|要不要|需不需要|需要|必须|要求|一定要|得是|得有|算不算|是否需要|是否必须|必要|非得|才能|才行|多少|哪些|什么|怎么|几(家|个|人|名|年|级)|啥|谁)/.test(seg.text);
}

function readBoolean(reading: Reading, seg: Segment, name: Found<Name>, spec: FactSpec): FactMention | null {
  const before = reading.text.slice(seg.start, name.start);
  const after = reading.text.slice(name.end, seg.end);
  if (asks(reading, seg) && !/^(我们|我司|咱|公司|企业)/.test(seg.text)) return null;
  if (asks(reading, seg) && /(需要|必须|要求|要不要|是不是)/.test(before)) return null;
  if (/(有没有|是不是|算不算|是否|有无)[^，]{0,6}$/.test(before)) return null;
  if (/^[^，]{0,3}(没有|要求|吗)?$/.test('') && /^(的)?(认定|复审|流程|证书怎么|怎么|由谁|是谁|谁|作用|职责|内容|包括|模板|哪里|在哪|要写|写什么|有什么|有哪些|是什么|是指|什么意思)/.test(after)) return null;
  const negated = negatedBefore(reading, before) || /^(企业|资质|资格|证书?)?(都|也|还|却)?(不是|没有|没|还没|尚未|未|不具备|不算|没拿到|没评上|没签|没交|没定)/.test(after);
  // A bare name at the head of a question about it (“首席科学家由谁担任”) states nothing unless the asker owns it.
  const owned = negated || claims(reading, seg, before, after, spec);
  if (!owned) return null;
  return { fact: spec.id, value: { type: 'boolean', value: !negated }, start: name.start, end: name.end };
}

const HAS = /(是|有|已|已经|拿到|拿了|属于|评上|通过|获得|获评|签了?|签署|签好|聘了?|选聘|交了?|提交|编好?|编了|写好?|写了|制定|具备|具有|拥有|也是|又是|还是|带|入选|认定为|成为|搞了|都|和|、|\+|加|且|以|以及|也)$/;

function claims(reading: Reading, seg: Segment, before: string, after: string, spec: FactSpec): boolean {
  if (HAS.test(before.replace(/(一支|一个|一家|了|过|个|省|国家|市|全体|所有|自己的|的|成员|好)+$/, '')) || HAS.test(before)) return true;
  if (/^(企业|资质|资格|证书?)?(都|也|已经|已|就|早就)?(有|是|签|聘|交|编|写|齐|好|覆盖|具备|拿到|过了|通过|到位|√|ok)/.test(after)) return true;
  // In a list of properties (“泉州公司，高新，营收2.5亿”) a short segment is a statement.
  const rest = (before + after).replace(/(企业|公司|国家级?|省级?|我们|资质|的|一家|单位|也|都)/g, '');
  const listed = rest.length <= 2 && reading.segments.length > 1;
  // “高新企业能牵头吗” asks on the footing that it is one.
  const footing = spec.id.startsWith('lead.') && /^(企业|公司|单位|医院)?[^，]{0,4}(能|可以|可不可以|能否|够不够|行不行|符合|行吗)/.test(after);
  const owner = /(我们|我司|咱|公司|集团|我院|我校|我所|医院)[^，]{0,6}$/.test(before) && !/(吗|呢|么)$/.test(seg.text);
  return listed || footing || owner;
}

function negatedBefore(reading: Reading, before: string): boolean {
  const tail = before.slice(-9);
  if (reading.language.notNegation.some((w) => tail.endsWith(w))) return false;
  let cleaned = tail;
  for (const w of reading.language.notNegation) cleaned = cleaned.replaceAll(w, '＿'.repeat(w.length));
  return /(不是|没有|没|非|无|未|还没|尚未|并非|不具备|不算|没拿到|没评上|不属于|缺|\bnot\b|\bno\b|without)(一家|一个|一支|国家|国家级|省级|省|什么|任何|过|到|上|拿到|评上|签署?|聘|交|提交|编|写|认定为?|自己的|专门的|专职|签订|好|选聘|进行|是| a | an | )*$/.test(cleaned);
}

function readLevel(reading: Reading, seg: Segment, name: Found<Name>, spec: FactSpec): FactMention | null {
  if (asks(reading, seg)) return null;
  const text = seg.text;
  const before = reading.text.slice(seg.start, name.start);
  if (/(建设|申报|支持|创建|奖励|新获批|补助|怎么|如何)/.test(text) && !/(我们|我司|已|有|拥有)/.test(text)) return null;
  const named = spec.values
    .flatMap((v) => v.words.map((word) => ({ id: v.id, word, at: text.indexOf(word) })))
    .filter(({ at, id }) => at >= 0 && id !== 'none')
    .sort((a, b) => spec.values.findIndex((v) => v.id === b.id) - spec.values.findIndex((v) => v.id === a.id))[0];
  const negated = negatedBefore(reading, before.replace(/(市级|省级|省部级|国家级|研发|科研|创新)/g, '')) || /^(都|也)?(没有|没|无|还没)/.test(reading.text.slice(name.end, seg.end));
  if (negated) {
    // 没有省级平台 says only what it lacks: below that level is open unless nothing at all is claimed.
    if (named) return null;
    return { fact: spec.id, value: { type: 'enum', value: 'none' }, start: name.start, end: name.end };
  }
  if (!named) return null;
  if (/(能不能|可以吗|够吗|行吗|要求|以上)/.test(text) && !/(我们|我司|有|是|拥有|只有|建有)/.test(text)) return null;
  return { fact: spec.id, value: { type: 'enum', value: named.id }, start: seg.start + named.at, end: name.end };
}

/** “是的”, “没有”, “省级” as the answer to the fact last asked for. */
function readBareAnswer(reading: Reading): FactMention | null {
  const { pending } = reading.conversation;
  if (pending === null) return null;
  const spec = reading.vocabulary.get(pending);
  const said = reading.text.replace(/[。！!，,~\s的了呢啊呀吧]+$/g, '');
  if (!spec || said.length > 12) return null;
  const whole = (value: FactMention['value']): FactMention => ({ fact: pending, value, start: 0, end: reading.text.length });
  const { yes, no } = reading.language;
  if (spec.type === 'boolean') {
    if (no.some((w) => said === w || said.startsWith(w))) return whole({ type: 'boolean', value: false });
    if (yes.some((w) => said === w || said.startsWith(w))) return whole({ type: 'boolean', value: true });
  }
  if (spec.type === 'date' && spec.orWord !== null && no.some((w) => said === w || said.startsWith(w))) {
    return whole({ type: 'date', value: spec.orWord });
  }
  if (spec.type === 'count' && no.some((w) => said === w || said.startsWith(w))) return whole({ type: 'number', range: ZERO_RANGE });
  if (spec.values.length > 0) {
    const finder = new WordFinder(spec.values.flatMap((v) => [v.label, ...v.words].map((w) => [w, v.id] as const)));
    const hit = finder.find(said)[0];
    if (hit) return whole({ type: 'enum', value: hit.value });
  }
  if (spec.type === 'text' && said.length >= 2) return whole({ type: 'text', value: reading.text });
  return null;
}
