import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { InputError } from './errors.js';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));
const word = z.string().regex(/^\S+$/);

/** One setting: how it is read, what it would accept, what it means, and whether its value may be shown. */
interface Setting {
  schema: z.ZodType;
  accepts: string;
  meaning: string;
  secret?: boolean;
  /** Shown where the setting is unset. */
  fallback: string;
}

const SETTINGS = {
  PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().max(65535)),
    accepts: '0 到 65535 的整数（0：任一空闲端口）',
    meaning: '网页和接口的端口',
    fallback: '8787',
  },
  HOST: {
    schema: word,
    accepts: '要监听的主机名或地址，如 127.0.0.1、0.0.0.0',
    meaning: '网页和接口的地址',
    fallback: '127.0.0.1',
  },
  DATA_DIR: {
    schema: z.string(),
    accepts: '可以写入的目录',
    meaning: '内置数据库和索引',
    fallback: './data',
  },
  KNOWLEDGE_DIR: {
    schema: z.string(),
    accepts: '知识库目录：每份文件一个子目录，和本项目的 knowledge/ 一样',
    meaning: '文件、条件和问答',
    fallback: '未设置：用自带的 knowledge/',
  },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    accepts: 'postgres://user:password@host:5432/name',
    meaning: '用 PostgreSQL 存放状态、队列和向量',
    secret: true,
    fallback: '未设置：用 DATA_DIR 里的 SQLite',
  },
  TELEGRAM_BOT_TOKEN: {
    schema: z.string().regex(/^\d+:[\w-]+$/),
    accepts: '@BotFather 给的令牌，如 123456789:AA…',
    meaning: 'Telegram 机器人',
    secret: true,
    fallback: '未设置：不打开 Telegram',
  },
  TELEGRAM_API_ROOT: {
    schema: httpUrl,
    accepts: 'http(s) 地址，如 https://api.telegram.org',
    meaning: 'Bot API 服务器',
    fallback: 'https://api.telegram.org',
  },
  TELEGRAM_WEBHOOK_URL: {
    schema: httpUrl,
    accepts: '供 Telegram 调用的公开 https 地址',
    meaning: 'webhook 方式',
    fallback: '未设置：用长轮询',
  },
  TELEGRAM_WEBHOOK_SECRET: {
    schema: z.string().regex(/^[\w-]{1,256}$/),
    accepts: '1 到 256 个字符：A-Z、a-z、0-9、_ 和 -',
    meaning: 'Telegram 每次调用 webhook 时附带的密文',
    secret: true,
    fallback: '未设置',
  },
  CHAT_RETENTION_DAYS: {
    schema: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .pipe(z.number().min(1)),
    accepts: '1 到 9999 的整数（天）',
    meaning: '会话和回答保留多久',
    fallback: '90',
  },
  OPENAI_API_KEY: {
    schema: word,
    accepts: '不含空格的密钥（不需要密钥的服务填任意词）',
    meaning: '语言模型',
    secret: true,
    fallback: '未设置：离线回答',
  },
  OPENAI_BASE_URL: {
    schema: httpUrl,
    accepts: 'http(s) 地址，如 https://api.openai.com/v1',
    meaning: '兼容 OpenAI 的接口',
    fallback: 'https://api.openai.com/v1',
  },
  OPENAI_MODEL: {
    schema: word,
    accepts: '该接口的一个对话模型名',
    meaning: '对话模型',
    fallback: '未设置',
  },
  OPENAI_EMBEDDING_MODEL: {
    schema: word,
    accepts: '该接口的一个向量模型名',
    meaning: '向量模型',
    fallback: '未设置：只按词语检索',
  },
  STAFF_TOKEN: {
    schema: z.string(),
    accepts: '任意文字，越长越好',
    meaning: '坐席页面的登录口令',
    secret: true,
    fallback: '未设置：坐席页面只对本机开放',
  },
  LOG_LEVEL: {
    schema: z.enum(LEVELS),
    accepts: `其中之一：${LEVELS.join('、')}`,
    meaning: '日志详细程度',
    fallback: 'info',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** A setting as `doctor` and the start banner show it; secrets are masked. */
export interface SettingView {
  name: SettingName;
  value: string;
  from: 'environment' | '.env' | 'default';
  meaning: string;
  accepts: string;
}

export interface TelegramConfig {
  token: string;
  /** Without a trailing slash. */
  apiRoot: string;
  webhookUrl: string | null;
  webhookSecret: string | null;
}

/** The configuration, read once at the start. `null` means that the part is off. */
export interface Config {
  host: string;
  port: number;
  dataDir: string;
  /** Folder of policy packs; null is the project's own. */
  knowledgeDir: string | null;
  databaseUrl: string | null;
  telegram: TelegramConfig | null;
  /** Days for which chats and their answers are kept. */
  chatRetentionDays: number;
  /** The language model takes part when a key is set. */
  openaiApiKey: string | null;
  /** Without a trailing slash; null is OpenAI's own. */
  openaiBaseUrl: string | null;
  openaiModel: string | null;
  openaiEmbeddingModel: string | null;
  staffToken: string | null;
  logLevel: (typeof LEVELS)[number];
  settings: SettingView[];
}

export interface ConfigSource {
  env?: Record<string, string | undefined>;
  /** Folder whose `.env` is read; null reads none. The real environment wins over it. */
  dir?: string | null;
}

/**
 * Reads and checks every setting. An empty value counts as unset.
 * @throws InputError naming every faulty setting, its value (masked when secret) and what would be accepted.
 */
export function loadConfig(source: ConfigSource = {}): Config {
  const env = source.env ?? process.env;
  const file = source.dir === null ? {} : readEnvFile(join(source.dir ?? process.cwd(), '.env'));
  const faults: string[] = [];
  const wanted: string[] = [];
  const values = new Map<SettingName, unknown>();
  const settings: SettingView[] = [];
  for (const [key, setting] of Object.entries(SETTINGS) as [SettingName, Setting][]) {
    const own = env[key]?.trim();
    const raw = own || file[key]?.trim();
    const from = own ? 'environment' : raw ? '.env' : 'default';
    const shown = raw ? (setting.secret ? mask(raw) : raw) : setting.fallback;
    settings.push({ name: key, value: shown, from, meaning: setting.meaning, accepts: setting.accepts });
    if (!raw) continue;
    const read = setting.schema.safeParse(raw);
    if (read.success) values.set(key, read.data);
    else {
      faults.push(`${key} 是 ${JSON.stringify(shown)}${from === '.env' ? '（在 .env 里）' : ''}`);
      wanted.push(`${key} 为${setting.accepts}`);
    }
  }
  if (faults.length > 0) {
    throw new InputError(`设置不能用：${faults.join('；')}`, wanted.join('；'));
  }
  const get = <T>(key: SettingName): T | null => (values.get(key) as T | undefined) ?? null;
  const token = get<string>('TELEGRAM_BOT_TOKEN');
  return {
    host: get<string>('HOST') ?? SETTINGS.HOST.fallback,
    port: get<number>('PORT') ?? Number(SETTINGS.PORT.fallback),
    dataDir: get<string>('DATA_DIR') ?? SETTINGS.DATA_DIR.fallback,
    knowledgeDir: get('KNOWLEDGE_DIR'),
    databaseUrl: get('DATABASE_URL'),
    telegram: token && {
      token,
      apiRoot: get<string>('TELEGRAM_API_ROOT') ?? SETTINGS.TELEGRAM_API_ROOT.fallback,
      webhookUrl: get('TELEGRAM_WEBHOOK_URL'),
      webhookSecret: get('TELEGRAM_WEBHOOK_SECRET'),
    },
    chatRetentionDays: get<number>('CHAT_RETENTION_DAYS') ?? Number(SETTINGS.CHAT_RETENTION_DAYS.fallback),
    openaiApiKey: get('OPENAI_API_KEY'),
    openaiBaseUrl: get('OPENAI_BASE_URL'),
    openaiModel: get('OPENAI_MODEL'),
    openaiEmbeddingModel: get('OPENAI_EMBEDDING_MODEL'),
    staffToken: get('STAFF_TOKEN'),
    logLevel: get<(typeof LEVELS)[number]>('LOG_LEVEL') ?? SETTINGS.LOG_LEVEL.fallback,
    settings,
  } as Config;
}

/** Every setting as `doctor` shows it. */
export const describeConfig = (config: Config): SettingView[] => config.settings;

/** A secret as it may be shown: its first two characters (a bot's number for a token) and how long it is. */
export function mask(secret: string): string {
  const head = /^\d+(?=:)/.exec(secret)?.[0] ?? (secret.length >= 12 ? secret.slice(0, 2) : '');
  return `${head}…（${secret.length} 个字符）`;
}

function readEnvFile(path: string): Record<string, string | undefined> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new InputError(
      `读不了 ${path}：${(error as Error).message}`,
      '每行写作“名称=值”的可读文件，或者没有这个文件',
    );
  }
  return parseEnv(text);
}
