import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { InputError } from '../errors.js';

/** What a command was called with. */
export interface Call {
  positional: string[];
  options: Record<string, string | boolean | undefined>;
  out(text: string): void;
  log(text: string): void;
}

/** Prints a value as one JSON document on stdout. */
export function printJson(call: Call, value: unknown): void {
  call.out(`${JSON.stringify(value, null, 2)}\n`);
}

/** A file's text; `-` is standard input. @throws InputError when it cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new InputError(
      `读不了文件 ${path}：${why(error as NodeJS.ErrnoException)}`,
      '存在且可读的文件路径，或 - 表示标准输入',
    );
  }
}

const REASONS: Record<string, string> = {
  ENOENT: '没有这个文件',
  EISDIR: '这是一个文件夹',
  EACCES: '没有读它的权限',
};
const why = (error: NodeJS.ErrnoException): string => REASONS[error.code ?? ''] ?? error.message;

/** Where JSON breaks, from what the engine says of it. */
function broken(text: string, message: string): string {
  if (text.trim() === '') return '内容是空的';
  if (/end of JSON|Unterminated/.test(message)) return '没有写完整，引号或括号没有成对';
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined) return '请检查引号、逗号和括号';
  const before = text.slice(0, Number(position)).split('\n');
  return `第 ${before.length} 行第 ${before.at(-1)!.length + 1} 个字符附近，请检查引号、逗号和括号`;
}

/** JSON from text. @throws InputError saying where it breaks. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `${what}不是有效的 JSON（${broken(text, (error as Error).message)}）`,
      '一个 JSON 文档，如 {"lead.kind": "enterprise"}',
    );
  }
}

/**
 * Runs JSON lines through a handler and prints a line of JSON each, in order. A bad line gives `{"id"?, "error"}` and the
 * run goes on; blank lines are passed over.
 */
export async function eachLine(
  path: string,
  call: Call,
  handle: (item: Record<string, unknown>) => Promise<object> | object,
): Promise<void> {
  const input = path === '-' ? process.stdin : createReadStream(path, 'utf8');
  const opened = new Promise<void>((resolve, reject) => {
    if (path === '-') return resolve();
    input.once('open', () => resolve());
    input.once('error', (error: Error) =>
      reject(new InputError(`读不了文件 ${path}：${why(error)}`, '存在且可读的文件路径，或 - 表示标准输入')),
    );
  });
  await opened;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    let id: unknown;
    try {
      const item = parseJson(line, '这一行');
      if (typeof item !== 'object' || item === null || Array.isArray(item)) {
        throw new InputError('这一行不是 JSON 对象', '如 {"id": "1", "question": "…"}');
      }
      id = (item as Record<string, unknown>).id;
      call.out(`${JSON.stringify(await handle(item as Record<string, unknown>))}\n`);
    } catch (error) {
      const message =
        error instanceof InputError
          ? `${error.message}。可接受：${error.accepted}`
          : (error as Error).message;
      call.out(`${JSON.stringify({ ...(id === undefined ? {} : { id }), error: message })}\n`);
    }
  }
}

/** A named option's text, or undefined. */
export function text(call: Call, name: string): string | undefined {
  const value = call.options[name];
  return typeof value === 'string' ? value : undefined;
}
