import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '../app.js';
import type { Config } from '../config.js';
import { makeFolder } from '../folder.js';
import { modelFinding } from './doctor-model.js';
import { storeFinding } from './doctor-store.js';
import { telegramFinding } from './doctor-telegram.js';
import { type Call, printJson } from './io.js';

/** One thing looked at: whether it is well, what was seen, and what to do when it is not. */
interface Finding {
  part: string;
  ok: boolean;
  seen: string;
  remedy: string | null;
}

const FROM = { environment: '环境变量', '.env': '.env', default: '默认' } as const;
/** What is written to see whether there is room: less than this left is as good as nothing. */
const PROBE_BYTES = 1 << 20;

/** `wence doctor`: configuration (secrets masked), data directory, index, rules, database, Telegram, model; fails when one is ill. */
export async function doctor(app: App, call: Call, config: Config): Promise<void> {
  const findings: Finding[] = [];
  const well = (part: string, seen: string) => findings.push({ part, ok: true, seen, remedy: null });
  const ill = (part: string, seen: string, remedy: string) =>
    findings.push({ part, ok: false, seen, remedy });
  for (const s of config.settings) well(`设置 ${s.name}`, `${s.value}（${FROM[s.from]}）`);
  const { library, criteria, entries } = app.world;
  const count = (lists: ReadonlyMap<string, readonly unknown[]>) => [...lists.values()].flat().length;
  well(
    '文件和规则',
    `${library.policies.length} 份文件，${count(criteria)} 条条件，${count(entries)} 条内容`,
  );
  const index = `${config.dataDir}/index`;
  try {
    tryFolder(config.dataDir);
    well('数据目录', config.dataDir);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const remedy =
      code === 'ENOSPC' || code === 'EDQUOT'
        ? '清理磁盘或扩大配额；程序不必重启'
        : `让运行账户可写 ${config.dataDir}，或把 DATA_DIR 设到可写的目录`;
    ill('数据目录', message, remedy);
  }
  const store = await storeFinding(config);
  try {
    const policy = library.policies[0];
    const found = await (await app.index()).search(policy?.meta.title ?? '', { k: 1 });
    const where = config.databaseUrl && !store.ok ? '可用（PostgreSQL 用不了，由内置索引回答）' : '可用';
    if (found.length > 0) well('索引', where);
    else ill('索引', '查不到任何条款', `删除 ${index} 后重新启动，会自动重建`);
  } catch (error) {
    ill('索引', (error as Error).message, `删除 ${index} 后重新启动，会自动重建`);
  }
  findings.push(store);
  findings.push({ part: 'Telegram', ...(await telegramFinding(config)) });
  const model = await modelFinding(config);
  findings.push({ part: '语言模型', ...model });
  if (call.options.json) printJson(call, findings);
  else {
    for (const f of findings) {
      call.out(`${f.ok ? '✓' : '✗'} ${f.part}：${f.seen}\n${f.remedy ? `   处理：${f.remedy}\n` : ''}`);
    }
  }
  if (findings.some((f) => !f.ok)) throw new Error('有需要处理的问题，见上');
}

/** Makes the folder where it is missing and writes to it. @throws the system's error */
function tryFolder(dir: string): void {
  makeFolder(dir);
  const probe = join(dir, `.doctor-${process.pid}`);
  try {
    writeFileSync(probe, Buffer.alloc(PROBE_BYTES, 1));
  } finally {
    rmSync(probe, { force: true });
  }
}
