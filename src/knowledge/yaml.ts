import { readFileSync } from 'node:fs';
import { CORE_SCHEMA, load } from 'js-yaml';
import { isNode, LineCounter, parseDocument, type YAMLParseError } from 'yaml';
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
  if (broken) {
    const line = broken.linePos?.[0].line ?? null;
    throw new DataError(file, line, yamlFault(broken, text.split('\n')[(line ?? 1) - 1]!));
  }
  throw new DataError(file, null, `不是有效的 YAML：${fault.message.split('\n')[0]}`);
}

/** What the careful reader stumbled over, for someone who does not know YAML. */
const STUMBLES: Partial<Record<YAMLParseError['code'], string>> = {
  TAB_AS_INDENT: '缩进用了制表符（Tab），请改用空格',
  BAD_INDENT: '缩进与上面几行对不齐',
  BAD_COLLECTION_TYPE: '缩进或“- ”与上面几行对不齐',
  DUPLICATE_KEY: '同一条里有两个相同的键',
  MULTILINE_IMPLICIT_KEY: '这里少了“键: 值”的冒号（要用英文冒号，后面空一格）',
  MISSING_CHAR: '引号或括号没有成对，或者键后面少了英文冒号',
  BAD_SCALAR_START: '开头的字符要放在引号里',
  BLOCK_AS_IMPLICIT_KEY: '一行里写了两个“键: 值”，文字里的英文冒号要放在引号里',
};

function yamlFault({ code, message }: YAMLParseError, line: string): string {
  const cause = /^ *\t/.test(line)
    ? 'TAB_AS_INDENT'
    : message.startsWith('Sequence item')
      ? 'BAD_INDENT'
      : code;
  const known = STUMBLES[cause] ?? '缩进、冒号或引号有误';
  return `不是有效的 YAML：${known}（${message.split('\n')[0]!.replace(/ at line.*$/, '')}）`;
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
      `读不了（${(error as NodeJS.ErrnoException).code}）；这个文件必须存在且可读`,
    );
  }
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return strict.decode(bytes);
  } catch {
    const bad = firstBad(bytes);
    throw new DataError(file, bad.line, `不是 UTF-8 编码（第 ${bad.offset} 字节处）；请把文件另存为 UTF-8`);
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
