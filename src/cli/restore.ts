import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { App } from '../app.js';
import type { Config } from '../config.js';
import { InputError } from '../errors.js';
import type { Base } from '../store/base.js';
import { importStore } from '../store/copy.js';
import { checkWhole, DATABASE, openBase, StoreError } from '../store/index.js';
import { type Call, printJson } from './io.js';

/**
 * `wence restore FILE`: puts a backup into the store, of either engine; all of it or nothing. The server must be stopped. With
 * --force a SQLite database that cannot be used any more is kept under another name and a new one begun.
 * @throws InputError for a file that is no complete backup, and for a store that is not empty (without --force)
 */
export async function restore(_app: App, call: Call, config: Config): Promise<void> {
  const file = call.positional[0];
  if (file === undefined) throw new InputError('缺少文件名', 'wence restore 备份.jsonl（- 为标准输入）');
  if (file !== '-')
    await access(file).catch((error: Error) => {
      throw new InputError(`读不了文件 ${file}：${error.message}`, '存在且可读的备份文件，或 - 表示标准输入');
    });
  const base = await openFor(call, config);
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

/** The store to restore into; a broken one gives way to a new one when that was said (--force). */
async function openFor(call: Call, { dataDir, databaseUrl }: Config): Promise<Base> {
  let base: Base | null = null;
  try {
    base = await openBase({ dataDir, databaseUrl });
    if (call.options.force === true) await checkWhole(base);
    return base;
  } catch (error) {
    await base?.close();
    const broken = error instanceof StoreError && ['damaged', 'newer'].includes(error.kind);
    if (!broken || databaseUrl || call.options.force !== true) throw error;
    const { setAside } = await import('../store/sqlite.js');
    call.log(`${error.message}\n现有的文件另存为 ${setAside(join(dataDir, DATABASE))}`);
    return openBase({ dataDir, databaseUrl });
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
