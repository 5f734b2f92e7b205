import { accessSync, constants, mkdirSync } from 'node:fs';
import type { App } from '../app.js';
import type { Config } from '../config.js';
import { modelFinding } from './doctor-model.js';
import { storeFinding } from './doctor-store.js';
import { type Call, printJson } from './io.js';

/** One thing looked at: whether it is well, what was seen, and what to do when it is not. */
interface Finding {
  part: string;
  ok: boolean;
  seen: string;
  remedy: string | null;
}

/** `wence doctor`: configuration (secrets masked), data directory, index, rules, model endpoint; fails when one is ill. */
export async function doctor(app: App, call: Call, config: Config): Promise<void> {
  const findings: Finding[] = [];
  const well = (part: string, seen: string) => findings.push({ part, ok: true, seen, remedy: null });
  const ill = (part: string, seen: string, remedy: string) =>
    findings.push({ part, ok: false, seen, remedy });
  for (const s of config.settings) well(`设置 ${s.name}`, `${s.value}（${s.from}）`);
  const { library, criteria, entries } = app.world;
  const count = (lists: ReadonlyMap<string, readonly unknown[]>) => [...lists.values()].flat().length;
  well(
    '文件和规则',
    `${library.policies.length} 份文件，${count(criteria)} 条条件，${count(entries)} 条内容`,
  );
  const index = `${config.dataDir}/index`;
  try {
    mkdirSync(config.dataDir, { recursive: true });
    accessSync(config.dataDir, constants.W_OK);
    well('数据目录', config.dataDir);
  } catch (error) {
    ill(
      '数据目录',
      (error as Error).message,
      `让运行账户可写 ${config.dataDir}，或把 DATA_DIR 设到可写的目录`,
    );
  }
  try {
    const policy = library.policies[0];
    const found = await (await app.index()).search(policy?.meta.title ?? '', { k: 1 });
    if (found.length > 0) well('索引', '可用');
    else ill('索引', '查不到任何条款', `删除 ${index} 后重新启动，会自动重建`);
  } catch (error) {
    ill('索引', (error as Error).message, `删除 ${index} 后重新启动，会自动重建`);
  }
  findings.push(await storeFinding(config));
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
