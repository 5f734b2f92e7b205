import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { App } from '../app.js';
import type { Config } from '../config.js';
import { InputError } from '../errors.js';
import { importStore } from '../store/copy.js';
import { openBase } from '../store/index.js';
import { type Call, printJson } from './io.js';

/**
 * `wence restore FILE`: puts a backup into the store, of either engine; all of it or nothing. The server must be stopped.
 * @throws InputError for a file that is no complete backup, and for a store that is not empty (without --force)
 */
export async function restore(_app: App, call: Call, config: Config): Promise<void> {
  const file = call.positional[0];
  if (file === undefined) throw new InputError('缺少文件名', 'wence restore 备份.jsonl（- 为标准输入）');
  if (file !== '-')
    await access(file).catch((error: Error) => {
      throw new InputError(`读不了文件 ${file}：${error.message}`, '存在且可读的备份文件，或 - 表示标准输入');
    });
  const base = await openBase({ dataDir: config.dataDir, databaseUrl: config.databaseUrl });
  try {
    const input = file === '-' ? process.stdin : createReadStream(file);
    const rows = await importStore(
      base,
      linesOf(input.setEncoding('utf8'), file),
      call.options.force === true,
    );
    const total = Object.values(rows).reduce((sum, n) => sum + n, 0);
    if (call.options.json) printJson(call, { file, into: base.opened.where, total, rows });
    else call.out(`已恢复 ${total} 行（会话 ${rows.chats}，回答 ${rows.answers}）\n`);
  } finally {
    await base.close();
  }
}

/** Lines ended by a line feed alone: texts may hold the other line ends of Unicode, at which readline would cut. */
async function* linesOf(input: Readable, file: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const piece of input) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop()!;
      yield* lines;
    }
  } catch (error) {
    throw new InputError(`读不了文件 ${file}：${(error as Error).message}`, '由 wence backup 写成的文件');
  }
  if (rest !== '') yield rest;
}
