/** A row of a table flattened to tabs. */
export interface TableRow {
  /** Its indicator without the points: 责任体系. */
  name: string;
  /** The indicator as written: 责任体系（6分）. */
  heading: string;
  /** The cell that spans several rows, with its points: 建立运行机制（10分）. */
  task: string;
  /** Offset of its first own word. */
  start: number;
}

/**
 * Rows of a table flattened to tabs: a line that begins with a tab opens a cell; an empty first cell continues the one
 * above. The first row (the names of the columns) is left out.
 */
export function tableRows(source: string, from: number, columns: number): TableRow[] {
  const cells = cellsOf(source, from);
  const rows: TableRow[] = [];
  let task = '';
  for (let i = columns; i + columns <= cells.length; i += columns) {
    const first = cells[i]!;
    const name = cells[i + columns - 2]!;
    if (first.text !== '') task = first.text;
    rows.push({
      name: name.text.replace(/（\d+分）$/, ''),
      heading: name.text,
      task,
      start: first.text === '' ? cells[i + 1]!.start : first.start,
    });
  }
  return rows;
}

function cellsOf(source: string, from: number): { start: number; text: string }[] {
  const lineStart = source.lastIndexOf('\n', from - 1) + 1;
  const cells: { start: number; text: string }[] = [];
  let at = lineStart;
  for (const line of source.slice(lineStart).split('\n')) {
    const text = line.replace(/\s+/g, '');
    if (line.startsWith('\t')) cells.push({ start: at + (line.length - line.trimStart().length), text });
    else if (text !== '' && cells.length > 0) cells.at(-1)!.text += text;
    at += line.length + 1;
  }
  return cells;
}
