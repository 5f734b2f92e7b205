import type { Structure } from './meta.js';
import type { ClauseKind } from './types.js';

const STRUCTURAL =
  /^(第[一二三四五六七八九十百]+[章条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．](?!\d)|[（(]\d{1,2}[）)](?=..)|[A-Z][.．](?=[一-龥]))/;
/** A score on a line of its own belongs to the cell before. */
const POINTS = /^（\d+分）$/;
const ENDS = /[。；;：:！!？?]["”’）)]?$/;
/** A line of body text longer than this with no stop at its end was cut by a page or a wrap. */
const CUT = 40;

/** A line that stands alone as a heading: short and without a stop. */
export function isHeadingLine(text: string): boolean {
  return text.length <= 40 && !ENDS.test(text) && !/[，。]/.test(text);
}

/**
 * Drops blanks next to Chinese characters, digits and signs; keeps those between Latin words and before the letter of an
 * option (A.新能源 B.化工). Blanks to be filled in (****, runs of spaces) hold no words and are dropped as well.
 */
export function tighten(text: string): string {
  return text
    .replace(/\[bookmark:[^\]]*\]/g, '')
    .replace(/\*\*/g, '')
    .replace(/^#{1,6}\s+/gm, '')
    .replace(/[ \t\u00a0\u3000]+/g, ' ')
    .replace(/(?<![A-Za-z]) (?![A-Z][.．])| (?![A-Za-z])/g, '')
    .replace(/(?<=[^\x20-\x7e]) (?![A-Z][.．])| (?=[^\x20-\x7e])/g, '');
}

const PLAIN = { wrapped: false, joins: [], breaks: [] };

/**
 * What a reader sees of a stretch of source: residue of the conversion removed, lines that a page or a wrap cut joined,
 * real paragraphs parted by \n. Without a document's structure, as text that no conversion wrapped.
 */
export function cleanText(
  slice: string,
  structure: Pick<Structure, 'wrapped' | 'joins' | 'breaks'> = PLAIN,
): string {
  const raw = slice.split('\n').filter((l) => l.trim() !== '');
  const lines = raw.map((l) => tighten(l).trim());
  const width = structure.wrapped ? Math.max(...lines.map((l) => l.length), 0) : 0;
  const out: string[] = [];
  let previous = '';
  lines.forEach((line, i) => {
    if (line === '') return;
    const opens =
      raw[i]!.startsWith('\t') ||
      (STRUCTURAL.test(line) && !(structure.wrapped && goesOn(previous, width))) ||
      structure.breaks.some((b) => line.startsWith(b));
    const joined =
      previous !== '' &&
      (cut(previous, structure) ||
        POINTS.test(line) ||
        (!opens && continues(previous, line, width, structure)));
    if (joined) out[out.length - 1] += line;
    else out.push(line);
    previous = line;
  });
  // A chapter's or an article's number stands apart from its words.
  return out.join('\n').replace(/^(第[一二三四五六七八九十百]+[章条])(?=\S)/gm, '$1 ');
}

/** Whether a wrapped line goes on in the next, which then begins no clause (…依照本办法 / 第六条 的规定). */
export function goesOn(line: string, width: number): boolean {
  return line.length > width * 0.85 && !ENDS.test(line);
}

/** Whether policy.yaml names the end of a line as one that goes on, whatever the next begins with. */
function cut(previous: string, structure: Pick<Structure, 'joins'>): boolean {
  return structure.joins.some((j) => previous.endsWith(j));
}

function continues(
  previous: string,
  line: string,
  width: number,
  structure: Pick<Structure, 'wrapped' | 'joins' | 'breaks'>,
): boolean {
  if (structure.wrapped) return !(ENDS.test(previous) && previous.length < width * 0.85);
  return previous.length > CUT && !ENDS.test(previous)
    ? !/^(附件|附：)/.test(line)
    : /[，、《（“]$/.test(previous);
}

const KINDS_WITHOUT: readonly ClauseKind[] = ['front', 'text', 'row', 'annex'];

/** The words of a clause's first line, its number left out. */
function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(STRUCTURAL, '').trim();
}

/** Whether a clause's first line, its number aside, is a title and no sentence. */
export function hasTitle(text: string): boolean {
  return isHeadingLine(firstLine(text));
}

/**
 * The heading that a clause opens with: the words of its line without a remark in brackets that makes it long, or the
 * run-in words before the first stop when more follows. A section may have a comma in its title.
 */
export function headingOf(kind: ClauseKind, text: string): string | null {
  if (KINDS_WITHOUT.includes(kind)) return null;
  const line = firstLine(text);
  if (line === '') return null;
  if (isHeadingLine(line)) return line;
  const bare = line.replace(/[(（].*[)）]$/, '');
  if (bare !== line && isHeadingLine(bare)) return bare;
  const section = kind === 'section' || kind === 'chapter';
  if (section && text.includes('\n') && isHeadingLine(line.replaceAll('，', ''))) return line;
  const runIn = /^([^，。：]{2,20})(?:：|。.)/s.exec(line);
  return runIn ? runIn[1]! : null;
}

/** The title of an annex: the line after its number. */
export function annexHeading(text: string): string | null {
  const title = text.split('\n')[1];
  return title !== undefined && isHeadingLine(title) ? title : null;
}
