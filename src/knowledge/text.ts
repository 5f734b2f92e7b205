import type { Structure } from './meta.js';
import type { ClauseKind } from './types.js';

const STRUCTURAL = /^(第[一二三四五六七八九十百]+[章条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．](?!\d))/;
/** A score on a line of its own belongs to the cell before. */
const POINTS = /^（\d+分）$/;
const ENDS = /[。；;：:！!？?]["”’）)]?$/;
/** A line of body text longer than this with no stop at its end was cut by a page or a wrap. */
const CUT = 40;

/** A line that stands alone as a heading: short and without a stop. */
export function isHeadingLine(text: string): boolean {
  return text.length <= 40 && !ENDS.test(text) && !/[，。]/.test(text);
}

/** Drops blanks next to Chinese characters, digits and signs; keeps those between Latin words. */
export function tighten(text: string): string {
  return text
    .replace(/\[bookmark:[^\]]*\]/g, '')
    .replace(/\*\*/g, '')
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/[ \t\u00a0\u3000]+/g, ' ')
    .replace(/(?<![A-Za-z]) | (?![A-Za-z])/g, '')
    .replace(/(?<=[^\x20-\x7e]) | (?=[^\x20-\x7e])/g, '');
}

/**
 * What a reader sees of a stretch of source: residue of the conversion removed, lines that a page or a wrap cut joined,
 * real paragraphs parted by \n.
 */
export function cleanText(slice: string, structure: Pick<Structure, 'wrapped' | 'joins' | 'breaks'>): string {
  const raw = slice.split('\n').filter((l) => l.trim() !== '');
  const lines = raw.map((l) => tighten(l).trim());
  const width = structure.wrapped ? Math.max(...lines.map((l) => l.length), 0) : 0;
  const out: string[] = [];
  let previous = '';
  lines.forEach((line, i) => {
    if (line === '') return;
    const opens = raw[i]!.startsWith('\t') || STRUCTURAL.test(line) || structure.breaks.some((b) => line.startsWith(b));
    const joined = previous !== '' && ((!opens && continues(previous, line, width, structure)) || POINTS.test(line));
    if (joined) out[out.length - 1] += line;
    else out.push(line);
    previous = line;
  });
  // A chapter's or an article's number stands apart from its words.
  return out.join('\n').replace(/^(第[一二三四五六七八九十百]+[章条])(?=\S)/gm, '$1 ');
}

function continues(previous: string, line: string, width: number, structure: Pick<Structure, 'wrapped' | 'joins' | 'breaks'>): boolean {
  if (structure.joins.some((j) => previous.endsWith(j))) return true;
  if (structure.wrapped) return !(ENDS.test(previous) && previous.length < width * 0.85);
  return previous.length > CUT && !ENDS.test(previous) ? !/^(附件|附：)/.test(line) : /[，、《（“]$/.test(previous);
}

/** The heading that a clause opens with: the words of its line, or the run-in words before the first stop. */
export function headingOf(kind: ClauseKind, text: string): string | null {
  if (kind === 'front' || kind === 'text' || kind === 'row' || kind === 'annex') return null;
  const first = (text.split('\n')[0] ?? '').replace(STRUCTURAL, '').trim();
  if (first === '') return null;
  if (isHeadingLine(first)) return first;
  const runIn = /^([^，。：]{2,20})[。：]/.exec(first);
  return runIn ? runIn[1]! : null;
}
