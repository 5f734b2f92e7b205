import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { DataError } from '../errors.js';

/** A data file as read. */
export interface YamlFile {
  value: unknown;
  /** The line on which a key or an item stands, or the nearest one around it; only asked for when something is wrong. */
  lineOf(path: readonly PropertyKey[]): number;
}

/**
 * Reads a YAML file (core schema: no dates, no tags). The quick reader does the work; the one that knows places reads the
 * file again only when a line is asked for, because it takes several times as long.
 * @throws DataError with file and line when the file is missing, is not UTF-8 or is no YAML.
 */
export function readYaml(file: string): YamlFile {
  const text = readUtf8(file);
  let value: unknown;
  try {
    value = load(text, { schema: CORE_SCHEMA });
  } catch (error) {
    value = slowly(file, text, error as Error);
  }
  return { value, lineOf: (path) => lineOf(text, path) };
}

/** What only the careful reader takes, or its message, which names the line. */
function slowly(file: string, text: string, fault: Error): unknown {
  const doc = parseDocument(text, { lineCounter: new LineCounter() });
  const broken = doc.errors[0];
  if (broken) throw new DataError(file, broken.linePos?.[0].line ?? null, broken.message.split('\n')[0]!);
  throw new DataError(file, null, fault.message.split('\n')[0]!);
}

function lineOf(text: string, path: readonly PropertyKey[]): number {
  const counter = new LineCounter();
  const doc = parseDocument(text, { lineCounter: counter });
  for (let length = path.length; length > 0; length--) {
    const node = doc.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return 1;
}

/**
 * A text file, byte order mark kept. @throws DataError when it is missing, or is not UTF-8: then it names the line of the
 * first bad byte.
 */
export function readUtf8(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new DataError(
      file,
      null,
      `cannot be read (${(error as NodeJS.ErrnoException).code}); it must be there`,
    );
  }
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return strict.decode(bytes);
  } catch {
    const bad = firstBad(bytes);
    throw new DataError(
      file,
      bad.line,
      `not UTF-8: no character can hold the byte at offset ${bad.offset}; save the file as UTF-8`,
    );
  }
}

/** Where a file stops being UTF-8: the offset of the first byte that no character can hold, counted from 0, and its line. */
function firstBad(bytes: Buffer): { offset: number; line: number } {
  // The shortest beginning that no longer decodes ends with that byte; a character cut short by the end of the file has none.
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (beginsWell(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  const offset = Math.min(good, bytes.length);
  return { offset, line: bytes.subarray(0, offset).toString('latin1').split('\n').length };
}

function beginsWell(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
