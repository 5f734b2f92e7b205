import type { Clause, Policy } from '../knowledge/index.js';
import type { Understanding } from '../understanding/index.js';
import type { World } from './world.js';

const NUMERAL =
  '(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|(?<![\\d.])\\d{1,2}(?!\\d))';
/** What joins the steps of a label, as people write them: 五-(六), 二之（三）, 七、（四）, 第六条的第二项. */
const JOINT = '[\\s、之的里下.,，—–-]*';
const BRACKETED = `[（(]${NUMERAL}[)）]`;
/** How a label begins: an annex, an article, a part; a number before one in brackets; §12, art. 18, 二条三款, 7.3. */
const BEGINNING = [
  `附件?\\s*${NUMERAL}`,
  `第\\s*${NUMERAL}\\s*(?:条|章|部分|大[点项条])`,
  `§\\s*${NUMERAL}条?`,
  `\\b(?:art(?:icle)?|sec(?:tion)?)\\.?\\s*\\d{1,2}(?!\\d)`,
  `${NUMERAL}\\s*条(?=${JOINT}(?:第?${BRACKETED}|第?${NUMERAL}\\s*[款项目点]))`,
  `${NUMERAL}[、之的.,，—–-]?\\s*(?:第\\s*)?${BRACKETED}`,
  `${NUMERAL}、\\s*第${NUMERAL}\\s*[款项目点]`,
  '(?<![\\d.])\\d{1,2}\\.\\d{1,2}(?![\\d.]|\\s*[亿万%个家年元倍分天成折名人])',
].join('|');
/** A number that ends it, right behind one in brackets: 第六条（二）1. */
const ITEM = '(?:(?<=[)）])\\d{1,2}(?![\\d.]|\\s*[年月日个家名人万亿元%]))?';
/** And how it goes on. */
const STEP = `(?:第\\s*)?${NUMERAL}\\s*[款项目点条]|(?:第\\s*)?${BRACKETED}(?:\\s*[款项目点])?`;
const LABEL = new RegExp(`(?:${BEGINNING})(?:${JOINT}(?:${STEP}))*${ITEM}`, 'u');

/** A text beside a label is no longer than this where it only asks for the words of the clause. */
const BESIDE = 14;
/** What names a document by its number says nothing beside the label. */
const NUMBERED = /[\u4e00-\u9fff]{2,4}[〔[(]\d{4}[〕\])]\s*\d+号/gu;

/** A label as documents write it. */
function asWritten(label: string): string {
  return (
    label
      .replace(/^§\s*(\S+?)条?(?=$|[\s之的(（、—–-])/u, '第$1条')
      .replace(/^(?:art(?:icle)?|sec(?:tion)?)\.?\s*(\d+)/u, '第$1条')
      .replace(/^(\d+)\.(\d+)/u, '$1($2)')
      // 附件二第一条: an annex has no articles.
      .replace(/^(附件?\s*[一二三四五六七八九十\d]+.*?第?[一二三四五六七八九十\d]+)条/u, '$1项')
      .replace(/第\s*(?=[（(])/gu, '')
      .replace(/[的里下—–-]/gu, '')
  );
}

/** Marks around words that are cited. */
const QUOTES = /[“”‘’"'「」『』《》【】]/gu;
/** What a number of a clause ends with, its heading right behind it: 七、, （四）, 第五条. */
const NUMBER_END = '[、.．,，)）条章分款项]\\s*';
/** That what follows stands in it: 监督管理里的（四）. */
const INSIDE = '(?:这?一?(?:部分|[章节条块]))?[里中下面的之]*';

/** A text without the headings that it gives beside the numbers of clauses (“七、监督管理”里的（四）信用管理 → 七、里的（四）). */
function withoutHeadings(text: string, policies: readonly Policy[]): string {
  const headings = policies.flatMap((p) => p.clauses.flatMap((c) => (c.heading ? [c.heading] : [])));
  let bare = text.replace(QUOTES, '');
  for (const heading of [...new Set(headings)].sort((a, b) => b.length - a.length)) {
    const words = heading.toLowerCase();
    if (!bare.includes(words)) continue;
    const literal = words.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
    bare = bare.replace(new RegExp(`(?<=${NUMBER_END})${literal}${INSIDE}`, 'gu'), '');
  }
  return bare;
}

/** The clause a question names by its label (“第十六条写了什么”, “三（一）原文”), in the policies in scope; null when it names none. */
export function clauseNamed(
  world: World,
  u: Pick<Understanding, 'text'> & Partial<Pick<Understanding, 'mentions'>>,
  policies: readonly Policy[],
): { policy: Policy; clause: Clause }[] | null {
  const text = withoutHeadings(u.text.replace(NUMBERED, ' '), policies);
  const m = LABEL.exec(text);
  if (!m) return null;
  // 强度5.01算过不: a figure that is told.
  if (/^\d+\.\d+$/.test(m[0]) && u.mentions?.some((x) => x.value.type === 'number')) return null;
  const asksForText = world.language.original.test(text) || text.replace(m[0], '').trim().length <= BESIDE;
  if (!asksForText) return null;
  const label = asWritten(m[0]);
  const annex = /^附件?\s*[一二三四五六七八九十\d]+/u.exec(label)?.[0];
  const found = policies.flatMap((policy) => {
    const clause = policy.clause(label) ?? (annex ? policy.clause(annex) : null);
    if (clause === null) return [];
    // 附件3 责任体系: a row named beside its annex is the row.
    const child = clause.children.find(
      (c) => c.kind === 'row' && u.text.includes(c.label.slice(clause.label.length).trim()),
    );
    return [{ policy, clause: child ?? clause }];
  });
  return found.length === 0 ? null : found;
}

/**
 * An article asked for by a number that none of the documents in question has (第二十条 of eighteen): its label, and the last
 * article of each; null when no article is named, or one has it.
 */
export function articleMissing(
  u: Pick<Understanding, 'text'>,
  policies: readonly Policy[],
): { label: string; last: { policy: Policy; label: string }[] } | null {
  const label = new RegExp(`第${NUMERAL}条`, 'u').exec(u.text)?.[0];
  if (!label || policies.some((p) => p.clause(label) !== null)) return null;
  const last = policies.flatMap((policy) => {
    const end = policy.clauses.findLast((c) => /^第[^附（(]+条$/u.test(c.label));
    return end ? [{ policy, label: end.label }] : [];
  });
  return last.length === 0 ? null : { label, last };
}
