import type { WordFinder } from './lexicon.js';

const NUMERAL = /^[\d一二两三四五六七八九十百]/;
/** A value told after the blank: 高新 是, 平台 没有. */
const ANSWER = /^(是|否|有|无|没有|没|不是|[√✓✔×✗☑✅])(的|了)?$/;
/** A unit apart from its number: 1.2 亿. */
const UNIT = /^(亿|万|元|千万|百万|%|家|个|人|名|所|位|年|月|日|左右|以上|以下)/;

/**
 * People on phones part statements with blanks: a blank between two phrases becomes a comma, one between a name and its
 * value (主营 2.3亿, 高新 是) goes, one in a text that is blank between all words stays as it is.
 */
export function partAtBlanks(text: string, names: WordFinder<unknown>): string {
  if (!/[\u4e00-\u9fff\d%)） ] +[\u4e00-\u9fff\d]/.test(text)) return text;
  const lines = text.split('\n');
  return lines.map((line) => partLine(line, names)).join('\n');
}

function partLine(line: string, names: WordFinder<unknown>): string {
  const chunks = line.trim().split(/[ \u3000]+/);
  // 研发平台 省级 注册地 晋江: names and their values in turn.
  const whole = (c: string) => names.find(c.toLowerCase()).some((n) => n.start === 0 && n.end === c.length);
  if (chunks.length >= 4 && chunks.length % 2 === 0 && chunks.every((c, i) => whole(c) === (i % 2 === 0)))
    return chunks.reduce((out, chunk, i) => out + (i % 2 === 1 ? ':' : '，') + chunk);
  const letters = chunks.reduce((n, c) => n + c.length, 0);
  // Words of a text that is blank between all of them; Latin text.
  if (chunks.length < 3 || letters / chunks.length < 3 || !/[\u4e00-\u9fff]/.test(line)) return line;
  return chunks.reduce((out, chunk, i) => {
    const left = chunks[i - 1]!;
    return out + (joins(left, chunk, names) ? ' ' : '，') + chunk;
  });
}

/** Whether a chunk goes on with what the one before it began. */
function joins(left: string, right: string, names: WordFinder<unknown>): boolean {
  if (/[，,。；;、：:！!？?（(=/+|—-]$/.test(left) || /^[，,。；;、：:！!？?）)=/+|—-]/.test(right))
    return true;
  if (UNIT.test(right) && /[\d.]$/.test(left)) return true;
  if (/^[a-z]/i.test(right) || /[a-z]$/i.test(left)) return true;
  if (
    /(^|\D)20\d\d年?$/.test(left) ||
    (NUMERAL.test(right) && /(是|为|有|约|达|到|共|剩|改成|(?<!\d[^的]*)的)$/.test(left))
  )
    return true;
  const named = names.find(left.toLowerCase()).some((n) => n.end >= left.length);
  // 主营 2.3亿: no figure yet, and a name at the end.
  if (NUMERAL.test(right) && !/\d/.test(left) && (named || left.length <= 4)) return true;
  return named && ANSWER.test(right);
}
