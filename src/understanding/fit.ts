import type { Quantity, Unit } from '../quantity/types.js';
import type { FactSpec, FactType } from '../rules/types.js';
import { isArticle } from './article.js';
import { segmentAt } from './context.js';
import type { Found } from './lexicon.js';
import { ownerOf } from './owner.js';
import type { Name, Reading } from './reading.js';
import { yearBefore } from './scope.js';
import { isTotal } from './totals.js';
import { changeOf } from './whatif.js';

/** The types of facts that a figure of a unit can state. */
export const TYPES: Partial<Record<Unit, FactType[]>> = {
  CNY: ['money'],
  percent: ['percent'],
  fraction: ['percent'],
  count: ['count'],
  date: ['date'],
};

/** The fact that a figure states under a name: one of its type and measure word, that the rules in focus read, of whom it is told. */
export function factFor(reading: Reading, name: Found<Name>, q: Quantity): string | null {
  const { figureCues } = reading.language;
  const { vocabulary, language, focus } = reading;
  const types = TYPES[q.unit]!;
  // 10个人 counts people.
  const measure = q.measure === '个' && figureCues.people.test(reading.text.slice(q.end)) ? '人' : q.measure;
  const fits = (s: FactSpec) =>
    types.includes(s.type) &&
    (q.unit !== 'count' ||
      s.measures.length === 0 ||
      measure === null ||
      /[a-z]/i.test(measure) ||
      s.measures.includes(measure));
  let specs = name.value.facts.map((id) => vocabulary.get(id)!).filter(fits);
  if (specs.length === 0) {
    specs = name.value.facts
      .flatMap((id) => language.lends[id] ?? [])
      .map((id) => vocabulary.get(id))
      .filter((s): s is FactSpec => s !== undefined && fits(s));
  }
  if (specs.length === 0) return null;
  if (q.unit === 'count' && changeOf(reading, q) === null && isArticle(reading, q, name)) return null;
  // 弄一个联合体: of consortia.
  if (q.unit === 'count' && figureCues.consortium.test(reading.text.slice(q.end)))
    specs = specs.filter((s) => s.label.includes('联合体数'));
  if (specs.length === 0) return null;
  // 由一位高层次人才带头, 三个科研团队: no count of the people.
  const beforeFigure = reading.text.slice(Math.max(0, q.start - 4), q.start);
  const more = changeOf(reading, q) !== null;
  if (!more && figureCues.onePerson.test(q.text) && figureCues.personBefore.test(beforeFigure)) return null;
  if (
    figureCues.teamMeasure.test(q.measure ?? '') &&
    name.start >= q.start &&
    figureCues.team.test(name.word)
  )
    return null;
  // 一个小微企业啊我们没有专职的: an article, far from the name.
  if (figureCues.oneOf.test(q.text) && name.start - q.end > 2) return null;
  // 有一个专职团队: a team, not one person.
  if (
    figureCues.oneOrBare.test(q.text) &&
    name.start >= q.start &&
    (figureCues.team.test(name.word) || figureCues.teamAfter.test(reading.text.slice(name.end)))
  )
    return null;
  const text = reading.text.slice(Math.max(0, name.start - 3), Math.max(name.end, q.start));
  const recent = language.lastYear.some(
    (w) =>
      text.startsWith(w, 0) ||
      text.slice(0, name.end - Math.max(0, name.start - 3)).includes(w) ||
      // 研发投入去年一年就有2600万
      (w !== '年度' &&
        name.end < q.start &&
        !figureCues.mean.test(text) &&
        text.slice(name.end - Math.max(0, name.start - 3)).startsWith(w)),
  );
  // 去年营收3亿，研发1500万: of the year told of the sales before it.
  const sales = q.unit === 'CNY' ? yearBefore(reading, q, name) : null;
  const shared =
    sales !== null &&
    language.lastYear.some(
      (w) =>
        w !== '年度' && reading.text.slice(segmentAt(reading, sales.start)?.start, sales.start).includes(w),
    );
  const own = vocabulary.specs.find((s) => s.derive && 'latest' in s.derive);
  const averaged = specs.find((s) => s.derive && 'mean' in s.derive);
  if (averaged && own && !specs.includes(own) && !figureCues.averaged.test(name.word)) {
    if (recent || shared || (!isTotal(reading, q) && !focus.has(averaged.id) && focus.has(own.id)))
      specs = [own];
  }
  const ranked = specs
    .map((s, i) => ({ s, score: (focus.has(s.id) ? 2 : 0) - i * 0.1 }))
    .sort((a, b) => b.score - a.score);
  return ownerOf(reading, ranked[0]!.s.id, Math.min(name.start, q.start));
}
