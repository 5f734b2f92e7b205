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
    throw new DataError(file, firstBadLine(bytes), 'not UTF-8 from this line on; save the file as UTF-8');
  }
}

function firstBadLine(bytes: Buffer): number {
  const strict = new TextDecoder('utf-8', { fatal: true });
  // A line feed is never part of a longer UTF-8 sequence, so each line stands or falls alone.
  let line = 1;
  for (let at = 0; at < bytes.length; line++) {
    const feed = bytes.indexOf(10, at);
    const end = feed < 0 ? bytes.length : feed;
    try {
      strict.decode(bytes.subarray(at, end));
    } catch {
      return line;
    }
    at = end + 1;
  }
  return line;
}
