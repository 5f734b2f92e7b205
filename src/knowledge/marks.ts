import type { Refuse, Structure } from './meta.js';
import { tableRows } from './table.js';
import { goesOn } from './text.js';
import type { ClauseKind } from './types.js';

const MARKERS: { kind: ClauseKind; pattern: RegExp; part(m: RegExpExecArray): string; depth?: number }[] = [
  { kind: 'chapter', pattern: /^第[一二三四五六七八九十百]+章(?=\s|$)/, part: (m) => m[0] },
  { kind: 'article', pattern: /^第[一二三四五六七八九十百]+条(?=\s)/, part: (m) => m[0] },
  { kind: 'section', pattern: /^([一二三四五六七八九十]+)、/, part: (m) => m[1]! },
  { kind: 'paragraph', pattern: /^[（(]([一二三四五六七八九十]+)[）)]/, part: (m) => `（${m[1]}）` },
  { kind: 'item', pattern: /^(\d{1,2})[.．](?=\s*[^\d\s])/, part: (m) => m[1]! },
  { kind: 'item', pattern: /^[（(](\d{1,2})[）)](?=..)/, part: (m) => `（${m[1]}）`, depth: 5 },
];
const ANNEX = /^(附件?\s*\d*)\s*$/;

/** A line with words, residue at its ends left out. */
export interface Line {
  start: number;
  end: number;
  text: string;
}

/** Residue of a conversion that no reader sees: bookmark marks, Markdown signs at a line's head. */
const LINE_HEAD = /^(?:\s|\[bookmark:[^\]]*\]|#{1,6}\s|\*\*)+/;

/** The lines of a source that hold words. */
export function linesOf(source: string): Line[] {
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

/** Where a clause begins. */
export interface Mark {
  kind: ClauseKind;
  /** What this clause adds to its parent's label. */
  part: string;
  heading: string | null;
  start: number;
  /** No structure is looked for inside (lists of annexes, contact lines). */
  flat: boolean;
  /** What follows is not under it (the letter of issue, a preamble). */
  leaf?: boolean;
  /** Depth in the tree where it is not that of its kind: （1） stands below 1. */
  depth?: number;
  /** Steps of the path between the parent and this clause (the task above a row). */
  under?: string[];
}

/**
 * Where clauses begin, in document order. @param fail is called with what policy.yaml names and the document does not hold.
 */
export function findMarks(
  lines: readonly Line[],
  source: string,
  structure: Structure,
  fail: Refuse,
): Mark[] {
  const first = lines[0];
  if (!first) return [];
  const out: Mark[] = [
    { kind: 'front', part: structure.front, heading: null, start: first.start, flat: true, leaf: true },
  ];
  const after = lines.findIndex(
    (l) => l.text.replace(/\s+/g, '') === structure.bodyAfter.replace(/\s+/g, ''),
  );
  if (after < 0) fail(['structure', 'bodyAfter'], `应是文件里完整的一行；没有一行是“${structure.bodyAfter}”`);
  const width = Math.max(...lines.map((l) => l.text.length));
  let flat = false;
  let annex: string | null = null;
  const special = structure.marks.map((m) => ({ ...m, used: false }));
  for (let i = after + 1; i < lines.length; i++) {
    const line = lines[i]!;
    const bare = line.text.replace(/\s+/g, '');
    const named = special.find(
      (m) => !m.used && bare.startsWith(m.line.replace(/\s+/g, '')) && (m.in === undefined || m.in === annex),
    );
    if (named) {
      named.used = true;
      flat = named.flat;
      out.push({
        kind: named.kind,
        part: named.label,
        heading: named.heading ?? null,
        start: line.start,
        flat,
        leaf: named.leaf || named.kind === 'front',
      });
      continue;
    }
    const a = ANNEX.exec(line.text);
    if (a) {
      annex = a[1]!.replace(/\s+/g, '');
      flat = false;
      out.push({ kind: 'annex', part: annex, heading: null, start: line.start, flat });
      const table = structure.tables.find((t) => t.annex === annex);
      if (table) {
        const next = lines.find((l, j) => j > i && ANNEX.test(l.text))?.start ?? source.length;
        for (const row of tableRows(source.slice(0, next), lines[i + 1]?.start ?? next, table.columns)) {
          const { name, heading, start, task } = row;
          out.push({ kind: 'row', part: name, heading, start, flat: true, under: [task] });
        }
        flat = true;
      }
      continue;
    }
    if (i === after + 1 && !MARKERS.some((m) => m.pattern.test(line.text))) {
      out.push({
        kind: 'text',
        part: structure.preamble,
        heading: null,
        start: line.start,
        flat: false,
        leaf: true,
      });
      continue;
    }
    if (flat || (structure.wrapped && goesOn(lines[i - 1]!.text, width))) continue;
    for (const marker of MARKERS) {
      const m = marker.pattern.exec(line.text);
      if (!m) continue;
      out.push({
        kind: marker.kind,
        part: marker.part(m),
        heading: null,
        start: line.start,
        flat: false,
        depth: marker.depth,
      });
      break;
    }
  }
  const idle = special.find((m) => !m.used);
  if (idle)
    fail(
      ['structure', 'marks', special.indexOf(idle), 'line'],
      `应是文件里某一行的开头，且没有被前面的标记用掉；没有这样开头的行：“${idle.line}”`,
    );
  const absent = structure.tables.find((t) => !out.some((m) => m.kind === 'annex' && m.part === t.annex));
  if (absent)
    fail(
      ['structure', 'tables', structure.tables.indexOf(absent), 'annex'],
      `应是文件里的附件；没有“${absent.annex}”`,
    );
  return out;
}
