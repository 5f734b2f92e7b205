import type { Structure } from './meta.js';
import { cleanText, headingOf, isHeadingLine } from './text.js';
import type { Clause, ClauseKind } from './types.js';

/** Depth of each kind in the tree; a clause is a child of the nearest one before it that is less deep. */
const DEPTH: Record<ClauseKind, number> = { front: 0, annex: 0, chapter: 1, text: 1, section: 2, article: 2, row: 3, paragraph: 3, item: 4 };

const MARKERS: { kind: ClauseKind; pattern: RegExp; part(m: RegExpExecArray): string }[] = [
  { kind: 'chapter', pattern: /^第[一二三四五六七八九十百]+章(?=\s|$)/, part: (m) => m[0] },
  { kind: 'article', pattern: /^第[一二三四五六七八九十百]+条(?=\s)/, part: (m) => m[0] },
  { kind: 'section', pattern: /^([一二三四五六七八九十]+)、/, part: (m) => m[1]! },
  { kind: 'paragraph', pattern: /^[（(]([一二三四五六七八九十]+)[）)]/, part: (m) => `（${m[1]}）` },
  { kind: 'item', pattern: /^(\d{1,2})[.．](?=\s*[^\d\s])/, part: (m) => m[1]! },
];
const ANNEX = /^(附件?\s*\d*)\s*$/;

interface Line {
  start: number;
  end: number;
  text: string;
}

/** Residue of a conversion that no reader sees: bookmark marks, Markdown signs at a line's head. */
const LINE_HEAD = /^(?:\s|\[bookmark:[^\]]*\]|#{1,6}\s|\*\*)+/;

function linesOf(source: string): Line[] {
  const out: Line[] = [];
  let at = 0;
  for (const raw of source.split('\n')) {
    const head = LINE_HEAD.exec(raw)?.[0].length ?? 0;
    const text = raw.slice(head).replace(/[\s*]+$/, '');
    if (text !== '') out.push({ start: at + head, end: at + head + text.length, text });
    at += raw.length + 1;
  }
  return out;
}

interface Mark {
  kind: ClauseKind;
  /** What this clause adds to its parent's label. */
  part: string;
  heading: string | null;
  start: number;
  /** No structure is looked for inside (lists of annexes, contact lines). */
  flat: boolean;
  /** What follows is not under it (the letter of issue, a preamble). */
  leaf?: boolean;
  line: Line;
}

/**
 * The clause tree of a document. Own texts of the clauses follow each other without a gap, so that together they hold the
 * whole document once. Labels are as officials cite: 三（一）, 第六条（二）1, 附件3 责任体系.
 */
export function parseClauses(policy: string, source: string, structure: Structure): Clause[] {
  const lines = linesOf(source);
  const marks = findMarks(lines, source, structure);
  const clauses: Clause[] = [];
  const stack: Clause[] = [];
  const taken = new Map<string, number>();
  marks.forEach((mark, order) => {
    const end = lastEnd(lines, mark.start, marks[order + 1]?.start ?? source.length);
    while (stack.length > 0 && DEPTH[stack.at(-1)!.kind] >= DEPTH[mark.kind]) stack.pop();
    const parent = stack.at(-1) ?? null;
    let label = labelOf(parent, mark);
    const again = (taken.get(label) ?? 0) + 1;
    taken.set(label, again);
    if (again > 1) label = `${label}〔${again}〕`;
    const text = cleanText(source.slice(mark.start, end), structure);
    const heading = mark.heading ?? headingOf(mark.kind, text);
    const step = mark.kind === 'chapter' || mark.kind === 'section' || mark.kind === 'article' ? [mark.part, heading].filter(Boolean).join(mark.kind === 'section' ? '、' : ' ') : mark.part;
    const clause: Clause = {
      policy,
      label,
      kind: mark.kind,
      path: [...(parent?.path ?? []), step],
      heading,
      text,
      start: mark.start,
      end,
      endAll: end,
      parent,
      children: [],
      order,
    };
    parent?.children.push(clause);
    for (const above of stack) above.endAll = end;
    clauses.push(clause);
    if (!mark.leaf) stack.push(clause);
  });
  return clauses;
}

function lastEnd(lines: readonly Line[], from: number, to: number): number {
  let end = from;
  for (const line of lines) if (line.start >= from && line.start < to) end = Math.max(end, line.end);
  return end;
}

function labelOf(parent: Clause | null, mark: Mark): string {
  if (parent === null || parent.kind === 'chapter') return mark.part;
  const spaced = parent.kind === 'annex' || parent.kind === 'text' || mark.kind === 'row';
  return `${parent.label}${spaced ? ' ' : ''}${mark.part}`;
}

function findMarks(lines: readonly Line[], source: string, structure: Structure): Mark[] {
  const first = lines[0];
  if (!first) return [];
  const out: Mark[] = [{ kind: 'front', part: structure.front, heading: null, start: first.start, flat: true, leaf: true, line: first }];
  const after = lines.findIndex((l) => l.text.replace(/\s+/g, '') === structure.bodyAfter.replace(/\s+/g, ''));
  let flat = false;
  let annex: string | null = null;
  const special = structure.marks.map((m) => ({ ...m, used: false }));
  for (let i = after + 1; i < lines.length; i++) {
    const line = lines[i]!;
    const bare = line.text.replace(/\s+/g, '');
    const named = special.find((m) => !m.used && bare.startsWith(m.line.replace(/\s+/g, '')) && (m.in === undefined || m.in === annex));
    if (named) {
      named.used = true;
      flat = named.flat;
      out.push({ kind: named.kind, part: named.label, heading: named.heading ?? null, start: line.start, flat, leaf: named.leaf || named.kind === 'front', line });
      continue;
    }
    const a = ANNEX.exec(line.text);
    if (a) {
      annex = a[1]!.replace(/\s+/g, '');
      flat = false;
      const title = lines[i + 1];
      out.push({ kind: 'annex', part: annex, heading: title && isHeadingLine(title.text) ? title.text.replace(/\s+/g, '') : null, start: line.start, flat, line });
      const table = structure.tables.find((t) => t.annex === annex);
      if (table) {
        const rows = tableRows(lines.slice(i + 1), source, table.columns);
        for (const row of rows.slice(1)) out.push({ ...row, line });
        break;
      }
      continue;
    }
    if (i === after + 1 && !MARKERS.some((m) => m.pattern.test(line.text))) {
      out.push({ kind: 'text', part: structure.preamble, heading: null, start: line.start, flat: false, leaf: true, line });
      continue;
    }
    if (flat) continue;
    for (const marker of MARKERS) {
      const m = marker.pattern.exec(line.text);
      if (!m) continue;
      out.push({ kind: marker.kind, part: marker.part(m), heading: null, start: line.start, flat: false, line });
      break;
    }
  }
  return out;
}

/** Rows of a table flattened to tabs: a line that begins with a tab opens a cell; an empty cell continues the one above. */
function tableRows(lines: readonly Line[], source: string, columns: number): Omit<Mark, 'line'>[] {
  const cells: { start: number; text: string }[] = [];
  const opens = (start: number): boolean => {
    for (let i = start - 1; i >= 0 && source[i] !== '\n'; i--) if (source[i] === '\t') return true;
    return false;
  };
  const from = lines[0]?.start ?? 0;
  const raw = source.slice(from);
  let at = from;
  for (const line of raw.split('\n')) {
    const text = line.trim();
    if (line.startsWith('\t') || opens(at)) cells.push({ start: at + (line.length - line.trimStart().length), text });
    else if (text !== '' && cells.length > 0) cells.at(-1)!.text += text;
    at += line.length + 1;
  }
  const rows: Omit<Mark, 'line'>[] = [];
  for (let i = 0; i + columns <= cells.length; i += columns) {
    const row = cells.slice(i, i + columns);
    const name = row[columns - 2]!.text;
    const carried = row[0]!.text === '' ? null : row[0]!;
    rows.push({
      kind: 'row',
      part: name.replace(/\s+/g, '').replace(/（\d+分）$/, ''),
      heading: name.replace(/\s+/g, ''),
      start: (carried ?? row[1]!).start,
      flat: true,
    });
  }
  return rows;
}
