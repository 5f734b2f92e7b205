const DIGITS = '〇一二三四五六七八九';
const NUMERAL = '[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]|\\d{1,2}';

function toNumber(numeral: string): number {
  if (/^\d/.test(numeral)) return Number(numeral);
  const [tens, ones] = numeral.includes('十') ? numeral.split('十') : ['', numeral];
  const ten = numeral.includes('十') ? 10 * (tens === '' ? 1 : DIGITS.indexOf(tens!)) : 0;
  return ten + (ones === '' ? 0 : DIGITS.indexOf(ones!));
}

const ANNEX = new RegExp(`^附件?(${NUMERAL})?`);
const CHAPTER = new RegExp(`^第?(${NUMERAL})章`);
const ARTICLE = new RegExp(`^第?(${NUMERAL})条`);
const NUMBER = new RegExp(`^(?:第?\\((${NUMERAL})\\)?|第?(${NUMERAL}))(?:部分|[大小][点条]|[节项款目点])?`);
const WORDS = new RegExp(`^.+?(?=第?\\(?(?:${NUMERAL})(?:[()章条节部项款目点\\d一二三四五六七八九十]|$)|$)`);

/**
 * A label as steps that are the same however it is written: 第六条第（二）项第1目 and 6条(二)1 are 条6 2 1, 三、（一） and
 * 第三部分第一项 are 3 1, 附件三 责任体系 is 附3 责任体系. A chapter before an article says nothing more and is left out.
 */
export function labelSteps(label: string): string[] {
  let rest = label
    .normalize('NFKC')
    .replace(/《[^》]*》/g, '')
    .replace(/\(\d+分\)/g, '')
    .replace(/[\s、.,，:：“”"·之]/g, '');
  const steps: string[] = [];
  const take = (pattern: RegExp): RegExpExecArray | null => {
    const found = pattern.exec(rest);
    if (found !== null) rest = rest.slice(found[0].length);
    return found;
  };
  const annex = take(ANNEX);
  if (annex) steps.push(`附${annex[1] === undefined ? '' : toNumber(annex[1])}`);
  while (rest !== '') {
    const chapter = take(CHAPTER);
    const article = chapter ? null : take(ARTICLE);
    const number = chapter || article ? null : take(NUMBER);
    if (chapter) steps.push(`章${toNumber(chapter[1]!)}`);
    else if (article) steps.push(`条${toNumber(article[1]!)}`);
    // （一） alone says not of which section.
    else if (number?.[1] && steps.length === 0) steps.push(`(${toNumber(number[1])}`);
    else if (number) steps.push(String(toNumber((number[1] ?? number[2])!)));
    else steps.push(take(WORDS)![0]);
  }
  const at = steps.findIndex((s) => s.startsWith('条'));
  return at > 0 && steps.slice(0, at).some((s) => s.startsWith('章')) ? steps.slice(at) : steps;
}

/**
 * Other ways to mean a label, tried when the document has no such steps: 第七条 of a document in sections is 七, 6（二）
 * of one in articles is 第六条（二）, 附件一 of one with a single annex is its first section.
 */
export function otherSteps(steps: readonly string[]): string[][] {
  const [first = '', ...more] = steps;
  if (/^条\d/.test(first)) return [[first.slice(1), ...more]];
  if (/^\d/.test(first)) return [[`条${first}`, ...more]];
  if (/^附\d/.test(first)) return [['附', first.slice(1), ...more]];
  return [];
}
