import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import type { Found } from './lexicon.js';
import type { Name, Reading } from './reading.js';

/** “我们是一家企业”, “只限一家单位”: one of the words that only says "a", unless it stands in a list or is gathered. */
export function isArticle(reading: Reading, q: Quantity, name: Found<Name>): boolean {
  const { figureCues } = reading.language;
  // 来电单位是温州一家企业
  const said = name.end <= q.start && figureCues.isA.test(reading.text.slice(name.end, q.start));
  const own = reading.language.cues.selfArticle.test(
    reading.text.slice(segmentAt(reading, q.start)?.start ?? 0, q.start),
  );
  // 用下面一家子公司的名义来牵头
  const leads =
    figureCues.oneUnit.test(q.text) && reading.language.cues.leadsFor.test(reading.text.slice(q.end));
  if (leads || (own && isIndefinite(reading, q))) return true;
  return (name.start >= q.start || said) && isIndefinite(reading, q) && generic(reading, name);
}

function generic(reading: Reading, name: Found<Name>): boolean {
  const kinds = reading.vocabulary.get('lead.kind')?.values.flatMap((v) => v.words) ?? [];
  return kinds.includes(name.word) || name.value.facts.some((f) => reading.language.countsLead[f] === null);
}

/** Whether a count with the general measure word counts units (5个成员), not people (60个专职的). */
function members(reading: Reading, q: Quantity): boolean {
  return reading.language.figureCues.units.test(reading.text.slice(q.end));
}

/** Whether 一家, 一所 stands for "a" rather than for the number. */
export function isIndefinite(reading: Reading, q: Quantity): boolean {
  const { figureCues } = reading.language;
  // 一所大学、一家医院, where it is asked how many there are
  if (reading.conversation.pending?.startsWith('consortium.') && reading.text.length <= 30) return false;
  if (!figureCues.oneUnit.test(q.text)) return false;
  // 一所大学牵头: the one who leads.
  if (figureCues.leadsAfter.test(reading.text.slice(q.end))) return true;
  const before = reading.text.slice(segmentAt(reading, q.start)?.start ?? 0, q.start);
  // 我们就一家小企业, 我们是集团下面的一家子公司
  if (reading.language.cues.selfArticle.test(before)) return true;
  const list = reading.quantities.some(
    (p) =>
      p !== q &&
      p.unit === 'count' &&
      (figureCues.countedUnits.test(p.measure ?? '') || (p.measure === '个' && members(reading, p))) &&
      !figureCues.one.test(p.text),
  );
  // 4家企业，一所大学: the next of a list whose items are statements of their own.
  const prior = reading.quantities.findLast((p) => p.unit === 'count' && p.end <= q.start);
  const next =
    before === '' &&
    prior !== undefined &&
    /^[\u4e00-\u9fff]{0,8}[，,、]$/.test(reading.text.slice(prior.end, q.start));
  if (list && (next || !reading.language.cues.article.test(before))) return false;
  return !reading.language.cues.gathered.test(before);
}
