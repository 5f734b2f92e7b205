import type { WordFinder } from './lexicon.js';

/** What a pasted table is read with. */
export interface LayoutWords {
  /** Names of facts: a cell that begins with one is a heading. */
  names: WordFinder<unknown>;
  /** Headings of columns that tell what is demanded, or only number the rows. */
  aside: RegExp;
  /** Headings of no content (指标, 数值). */
  head: RegExp;
  /** Headings of money, whose bare numbers take the unit that the table states. */
  money: RegExp;
}

/** Marks between cells; the last two also stand in prose, so that there the first row must be headings. */
const SEPARATORS = [/\s*[|｜]\s*/, /\s*\t\s*/, / {2,}/, / +/, /\s*[,，]\s*/];
const OF_PROSE = 2;
const YEAR = /^(20\d\d|\d\d)(年度?|财年)?$/;
const NUMBER = /^[\d,，]*\d(\.\d+)?$/;
/** A number without a unit, told after a colon. */
const BARE = /(?<=[:：] ?)(\d+(?:\.\d+)?)(?=\s*(?:[；;，,。（(]|$))/g;
const UNIT = /[（(]\s*(单位[:：])?\s*(亿元?|万元?|元|%|家|个|人|名)\s*[)）]/;

/**
 * A message with its pasted tables written out as statements: rows of a table with pipes, tabs or commas become
 * “name：value”, a row or column of years becomes “name：2023年…，2024年…”. A unit in a heading (主营收入（亿元）) goes to
 * the numbers under it. Marks of Markdown are dropped; all else stays as it is.
 */
export function layOut(text: string, words: LayoutWords): string {
  if (!/[\n\t|｜（(*]/.test(text)) return text;
  const plain = text.replace(/\*\*|__|`|^#{1,6} +/gm, '').replace(/\r\n?/g, '\n');
  const all = /单位[:：]\s*(亿元|万元|元)/.exec(plain)?.[1] ?? null;
  const lines = plain.split('\n');
  const out: string[] = [];
  for (let i = 0; i < lines.length; ) {
    const table = tableAt(lines, i, words);
    if (table) {
      out.push(...statements(table.rows, words, all));
      i = table.next;
    } else {
      const line = withUnit(lines[i++]!);
      // 2023：1200；2024：1500（单位：万元）
      out.push(all && words.money.test(line) ? line.replace(BARE, `$1${all}`) : line);
    }
  }
  return out.join('\n');
}

/** 主营收入（亿元）：2.3, 主营收入 36500（万元） */
function withUnit(line: string): string {
  const after = line.replace(/(\d+(?:\.\d+)?)\s*[（(]\s*(亿元?|万元?|%|家|个|人|名)\s*[)）]/g, '$1$2');
  return after.replace(
    /[（(]\s*(亿元?|万元?|%|家|个|人|名)\s*[)）]\s*([:：=]|是|为)?\s*(\d+(?:\.\d+)?)(?![\d.%亿万元家个人名])/g,
    (_, unit: string, mark: string | undefined, n: string) => `${mark ?? '：'}${n}${unit}`,
  );
}

interface Table {
  rows: string[][];
  next: number;
}

/** The table that begins at a line: two rows or more, cut by the same mark into as many cells. */
function tableAt(lines: readonly string[], at: number, words: LayoutWords): Table | null {
  for (const [kind, separator] of SEPARATORS.entries()) {
    const rows: string[][] = [];
    let i = at;
    for (; i < lines.length; i++) {
      const line = lines[i]!.trim().replace(/^[|｜]|[|｜]$/g, '');
      if (/^[-:|｜+=\s—]+$/.test(line) && line !== '' && rows.length > 0) continue;
      const cells = line.split(separator).map((c) => c.trim());
      if (cells.length < 2 || (rows.length > 0 && cells.length !== rows[0]!.length)) break;
      rows.push(cells);
    }
    if (rows.length < 2 || rows.some((r) => r.some((c) => c.length > 24))) continue;
    const headed = rows[0]!.every(
      (c) =>
        YEAR.test(c) ||
        words.aside.test(c) ||
        words.head.test(c) ||
        (c.length <= 12 && !/\d/.test(c) && words.names.find(c.toLowerCase()).length > 0),
    );
    if (kind < OF_PROSE || headed) return { rows, next: i };
  }
  return null;
}

function statements(rows: readonly string[][], words: LayoutWords, all: string | null): string[] {
  const [first] = rows;
  const columns = first!.map((_, c) => rows.map((r) => r[c]!));
  // Years in the first row: a row of amounts each; years in the first column: a column each.
  if (first!.slice(1).every((c) => YEAR.test(c)))
    return rows.slice(1).map((r) => series(r[0]!, first!.slice(1), r.slice(1), all));
  if (columns[0]!.slice(1).every((c) => YEAR.test(c)))
    return columns.slice(1).map((c) => series(c[0]!, columns[0]!.slice(1), c.slice(1), all));
  const aside = new Set(first!.flatMap((c, i) => (words.aside.test(c) ? [i] : [])));
  const heading = (c: string) => words.names.find(c.toLowerCase()).length > 0;
  const named = first!.filter(heading).length;
  // A row of names over a row of values; otherwise a name begins each row.
  if (rows.length === 2 && named >= 2 && rows[1]!.filter(heading).length < named)
    return [first!.map((c, i) => value(c, rows[1]![i]!, words, all)).join('，')];
  const body = first!.every(
    (c) => !/\d/.test(c) && (words.aside.test(c) || words.head.test(c) || words.head.test(c)),
  )
    ? rows.slice(1)
    : rows;
  return body.map((r) => {
    const [name, ...rest] = r.filter((_, i) => !aside.has(i));
    return rest.length === 1 ? value(name!, rest[0]!, words, all) : `${name}：${rest.join(' ')}`;
  });
}

function series(
  name: string,
  years: readonly string[],
  amounts: readonly string[],
  all: string | null,
): string {
  const unit = UNIT.exec(name)?.[2] ?? all;
  const told = years.flatMap((y, i) => {
    const amount = amounts[i] ?? '';
    if (!/\d/.test(amount)) return [];
    return [
      `${y.replace(/(年度?|财年)$/, '')}年${NUMBER.test(amount) ? amount.replace(/[,，]/g, '') + (unit ?? '') : amount}`,
    ];
  });
  return `${name.replace(UNIT, '')}：${told.join('，')}；`;
}

function value(name: string, cell: string, words: LayoutWords, all: string | null): string {
  const unit = UNIT.exec(name)?.[2] ?? (words.money.test(name) ? all : null);
  const bare = name.replace(UNIT, '');
  return `${bare}：${unit && NUMBER.test(cell) ? cell.replace(/[,，]/g, '') + unit : cell}`;
}
