import { parseArgs } from 'node:util';
import type { App } from '../app.js';
import type { Config } from '../config.js';
import { InputError } from '../errors.js';
import type { Call } from './io.js';

const USAGE = `用法：wence <命令> [参数] [--json] [--as-of YYYY-MM-DD]
  ask "问题"                      回答一个问题（--batch FILE 逐行回答 JSON 行，- 为标准输入）
  chat                           在终端里对话
  search "词" [-k 10]            查条款（--batch FILE）
  check --policy ID --subject lead --facts FILE   判断一次（--batch FILE）
  facts · rules [--policy ID] · policies          词汇表、条件、文件及状态
  clause 文件 条款                一个条款的原文和位置
  compare 营收,年报 [--policies ID,ID]             几项内容各市对照
  calculate 计算 --policy ID --inputs FILE         配套、占比、期限、评价得分；不写计算时列出能算什么、要给什么
  duties · materials [--policy ID]                 备案后的义务（谁、何时、后果）· 申报材料清单
  ledger                         每个数字由谁负责
  serve                          启动网页、接口和 Telegram
  backup FILE                    把全部数据写成一个文件（- 为标准输出；已有的文件加 --force）
  restore FILE                   从备份恢复（- 为标准输入；已有数据时加 --force 全部替换）
  doctor                         检查配置、索引、规则、模型和数据库`;

type Command = (app: App, call: Call, config: Config) => unknown;

const COMMANDS: Record<string, () => Promise<Command>> = {
  ask: async () => (await import('./ask.js')).ask,
  chat: async () => (await import('./chat.js')).chat,
  search: async () => (await import('./look.js')).search,
  check: async () => (await import('./check.js')).check,
  facts: async () => (await import('./look.js')).facts,
  rules: async () => (await import('./look.js')).rules,
  policies: async () => (await import('./look.js')).policies,
  clause: async () => (await import('./look.js')).clause,
  compare: async () => (await import('./compare.js')).compare,
  calculate: async () => (await import('./calculate.js')).calculate,
  duties: async () => (await import('./obligations.js')).duties,
  materials: async () => (await import('./obligations.js')).materials,
  ledger: async () => (await import('./ledger.js')).ledger,
  backup: async () => (await import('./backup.js')).backup,
  restore: async () => (await import('./restore.js')).restore,
  doctor: async () => (await import('./doctor.js')).doctor,
  serve: async () => (await import('./serve.js')).serve,
};

/**
 * Runs one command. @returns the exit code: 0 done, 2 bad input (the message says what would be accepted), 1 a failure of its own.
 */
export async function main(argv: readonly string[]): Promise<number> {
  const wantsJson = argv.includes('--json');
  // `wence … | head`: whoever reads has read enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    const [command, ...rest] = argv;
    if (command === undefined || command === 'help' || command === '--help' || command === '-h') {
      process.stdout.write(`${USAGE}\n`);
      return command === undefined ? 2 : 0;
    }
    const load = COMMANDS[command];
    if (!load) throw new InputError(`没有命令 ${command}`, USAGE);
    const call = readCall(rest);
    const [run, { appFromEnvironment }] = await Promise.all([load(), import('./setup.js')]);
    const { app, config } = await appFromEnvironment(call);
    await run(app, call, config);
    return 0;
  } catch (error) {
    if (error instanceof InputError) {
      process.stderr.write(`${error.message}。\n可接受：${error.accepted}\n`);
      if (wantsJson)
        process.stdout.write(`${JSON.stringify({ error: error.message, accepted: error.accepted })}\n`);
      return 2;
    }
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

/** What is wrong with the options, from what Node's reader says of them. */
function misused({ code, message }: NodeJS.ErrnoException): string {
  const option = /'(-[^' ]*)/.exec(message)?.[1] ?? '';
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `没有选项 ${option}`;
  return /argument missing|ambiguous/.test(message) ? `选项 ${option} 后面缺少值` : `选项 ${option} 用法不对`;
}

function readCall(args: readonly string[]): Call {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        force: { type: 'boolean' },
        'as-of': { type: 'string' },
        batch: { type: 'string' },
        policy: { type: 'string' },
        policies: { type: 'string' },
        subject: { type: 'string' },
        facts: { type: 'string' },
        inputs: { type: 'string' },
        k: { type: 'string', short: 'k' },
      },
    });
    return {
      positional: positionals,
      options: values,
      out: (text) => void process.stdout.write(text),
      log: (text) => void process.stderr.write(`${text}\n`),
    };
  } catch (error) {
    throw new InputError(misused(error as NodeJS.ErrnoException), USAGE);
  }
}
