import { accessSync, constants, mkdirSync } from 'node:fs';
import type { App } from '../app.js';
import { type Config, describeConfig, loadConfig } from '../config.js';
import { InputError } from '../errors.js';
import { type Call, printJson } from './io.js';

/** One thing looked at: whether it is well, what was seen, and what to do when it is not. */
interface Finding {
  part: string;
  ok: boolean;
  seen: string;
  remedy: string | null;
}

/** `wence doctor`: configuration (secrets masked), data directory, index, rules, model endpoint. */
export async function doctor(app: App, call: Call): Promise<void> {
  const findings: Finding[] = [];
  const well = (part: string, seen: string) => findings.push({ part, ok: true, seen, remedy: null });
  const ill = (part: string, seen: string, remedy: string) => findings.push({ part, ok: false, seen, remedy });
  let config: Config | null = null;
  try {
    config = loadConfig();
    for (const line of describeConfig(config)) well(`设置 ${line.name}`, line.value);
  } catch (error) {
    ill('设置', (error as Error).message, error instanceof InputError ? error.accepted : '改正该环境变量或 .env 后再试');
  }
  const { library, criteria, entries } = app.world;
  well('文件', `${library.policies.length} 份，条件 ${[...criteria.values()].flat().length} 条，条目 ${[...entries.values()].flat().length} 条`);
  const dir = config?.dataDir ?? './data';
  try {
    mkdirSync(dir, { recursive: true });
    accessSync(dir, constants.W_OK);
    well('数据目录', dir);
  } catch (error) {
    ill('数据目录', (error as Error).message, `让运行账户可写 ${dir}，或把 DATA_DIR 设到可写的目录`);
  }
  try {
    const index = await app.index();
    const found = await index.search('创新联合体', { k: 1 });
    if (found.length > 0) well('索引', '可用');
    else ill('索引', '查不到任何条款', `删除 ${dir}/index 后重新启动，会自动重建`);
  } catch (error) {
    ill('索引', (error as Error).message, `删除 ${dir}/index 后重新启动，会自动重建`);
  }
  if (config?.openaiApiKey || config?.openaiBaseUrl) await probeModel(config, well, ill);
  else well('语言模型', '未设置（离线回答）；设置 OPENAI_API_KEY 可打开');
  if (call.options.json) printJson(call, findings);
  else {
    for (const f of findings) call.out(`${f.ok ? '✓' : '✗'} ${f.part}：${f.seen}${f.remedy ? `\n   处理：${f.remedy}` : ''}\n`);
  }
  if (findings.some((f) => !f.ok)) throw new Error('有需要处理的问题，见上');
}

async function probeModel(
  config: Config,
  well: (part: string, seen: string) => void,
  ill: (part: string, seen: string, remedy: string) => void,
): Promise<void> {
  const base = config.openaiBaseUrl ?? 'https://api.openai.com/v1';
  try {
    const response = await fetch(`${base.replace(/\/$/, '')}/models`, {
      headers: { authorization: `Bearer ${config.openaiApiKey ?? ''}` },
      signal: AbortSignal.timeout(5000),
    });
    if (response.ok) well('语言模型', base);
    else if (response.status === 401) ill('语言模型', `${base} 返回 401`, '检查 OPENAI_API_KEY');
    else ill('语言模型', `${base} 返回 ${response.status}`, '检查 OPENAI_BASE_URL 是否为兼容 OpenAI 的地址（以 /v1 结尾）');
  } catch (error) {
    ill('语言模型', `${base} 连不上：${(error as Error).message}`, '检查网络和 OPENAI_BASE_URL；连不上时仍会离线回答');
  }
}
