import { createWriteStream, existsSync, type WriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { App } from '../app.js';
import type { Config } from '../config.js';
import { InputError } from '../errors.js';
import { exportStore } from '../store/copy.js';
import { DATABASE, openBase, StoreError } from '../store/index.js';
import { type Call, printJson } from './io.js';

/**
 * `wence backup FILE`: everything that the store holds, as it was at one moment, also while a server is using it. The file can
 * be read by its owner only; it appears under its name when it is complete and on the disk.
 * @throws InputError when the file exists (without --force) or cannot be written
 */
export async function backup(_app: App, call: Call, config: Config): Promise<void> {
  const file = call.positional[0];
  if (file === undefined) throw new InputError('缺少文件名', 'wence backup 备份.jsonl（- 为标准输出）');
  const toOutput = file === '-';
  if (!toOutput && existsSync(file) && call.options.force !== true)
    throw new InputError(`${file} 已经存在`, '另一个文件名，或加 --force 替换它');
  const base = await openForReading(config);
  try {
    if (toOutput) {
      await exportStore(base, async (line) => call.out(line));
      return;
    }
    const rows = await writeWhole(file, (write) => exportStore(base, write));
    const total = Object.values(rows).reduce((sum, n) => sum + n, 0);
    if (call.options.json) printJson(call, { file, from: base.opened.where, total, rows });
    else call.out(`已备份 ${total} 行到 ${file}（会话 ${rows.chats}，回答 ${rows.answers}）\n`);
  } finally {
    await base.close();
  }
}

/** Beside a running server where there is one; data of an earlier version is brought forward first. */
async function openForReading(config: Config) {
  const { dataDir, databaseUrl } = config;
  if (!databaseUrl && !existsSync(join(dataDir, DATABASE)))
    throw new InputError(`${dataDir} 里还没有数据`, 'DATA_DIR：启动过的 wence 的数据目录');
  try {
    return await openBase({ dataDir, databaseUrl, readOnly: true });
  } catch (error) {
    if (!(error instanceof StoreError && error.kind === 'older')) throw error;
    return openBase({ dataDir, databaseUrl });
  }
}

/** Writes a file that is there whole or not at all. */
async function writeWhole<T>(
  file: string,
  produce: (write: (line: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const partial = `${file}.partial`;
  let stream: WriteStream | null = null;
  try {
    const handle = await open(partial, 'w', 0o600);
    stream = createWriteStream('', { fd: handle });
    const out = stream;
    const failed = new Promise<never>((_, reject) => out.once('error', reject));
    failed.catch(() => {});
    const result = await produce(async (line) => {
      if (!out.write(line))
        await Promise.race([failed, new Promise<void>((resolve) => out.once('drain', resolve))]);
    });
    await Promise.race([failed, new Promise<void>((resolve) => out.end(resolve))]);
    await settle(partial);
    await rename(partial, file);
    await settle(dirname(file));
    return result;
  } catch (error) {
    stream?.destroy();
    await rm(partial, { force: true }).catch(() => {});
    if (error instanceof StoreError || error instanceof InputError) throw error;
    throw new InputError(`写不了 ${file}：${(error as Error).message}`, '可以写入、空间足够的位置');
  }
}

/** Waits until it is on the disk. */
async function settle(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
