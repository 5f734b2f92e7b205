import { findMarks, type Line, linesOf, type Mark } from './marks.js';
import type { Refuse, Structure } from './meta.js';
import { annexHeading, cleanText, hasTitle, headingOf } from './text.js';
import type { Clause, ClauseKind } from './types.js';

/** Depth of each kind in the tree; a clause is a child of the nearest one before it that is less deep. */
const DEPTH: Record<ClauseKind, number> = {
  front: 0,
  annex: 0,
  chapter: 1,
  text: 1,
  section: 2,
  article: 2,
  row: 3,
  paragraph: 3,
  item: 4,
};

/**
 * The clause tree of a document. Own texts of the clauses follow each other without a gap, so that together they hold the
 * whole document once. Labels are as officials cite: 三（一）, 第六条（二）1, 附件3 责任体系.
 * @param fail is called with what policy.yaml names and the document does not hold.
 */
export function parseClauses(policy: string, source: string, structure: Structure, fail: Refuse): Clause[] {
  const lines = linesOf(source);
  const marks = findMarks(lines, source, structure, fail);
  const clauses: Clause[] = [];
  const stack: Clause[] = [];
  const depths: number[] = [];
  const taken = new Map<string, number>();
  marks.forEach((mark, order) => {
    const end = lastEnd(lines, mark.start, marks[order + 1]?.start ?? source.length);
    const depth = mark.depth ?? DEPTH[mark.kind];
    while (stack.length > 0 && depths.at(-1)! >= depth) {
      stack.pop();
      depths.pop();
    }
    const parent = stack.at(-1) ?? null;
    let label = labelOf(parent, mark);
    const again = (taken.get(label) ?? 0) + 1;
    taken.set(label, again);
    if (again > 1) label = `${label}〔${again}〕`;
    const text = cleanText(source.slice(mark.start, end), structure);
    const heading = mark.heading ?? (mark.kind === 'annex' ? annexHeading(text) : headingOf(mark.kind, text));
    const clause: Clause = {
      policy,
      label,
      kind: mark.kind,
      path: [...(parent?.path ?? []), ...(mark.under ?? []), step(mark, heading, text)],
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
    if (mark.leaf) return;
    stack.push(clause);
    depths.push(depth);
  });
  return clauses;
}

function lastEnd(lines: readonly Line[], from: number, to: number): number {
  let end = from;
  for (const line of lines) if (line.start >= from && line.start < to) end = Math.max(end, line.end);
  return end;
}

/** One step of the path: a number with the heading that stands on its line. */
function step(mark: Mark, heading: string | null, text: string): string {
  if (heading === null) return mark.part;
  switch (mark.kind) {
    case 'section':
      return `${mark.part}、${heading}`;
    case 'chapter':
    case 'annex':
      return `${mark.part} ${heading}`;
    case 'article':
      return hasTitle(text) ? `${mark.part} ${heading}` : mark.part;
    default:
      return mark.part;
  }
}

function labelOf(parent: Clause | null, mark: Mark): string {
  if (parent === null || parent.kind === 'chapter') return mark.part;
  const spaced = parent.kind === 'annex' || parent.kind === 'text' || mark.kind === 'row';
  return `${parent.label}${spaced ? ' ' : ''}${mark.part}`;
}
