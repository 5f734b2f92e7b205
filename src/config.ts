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
    accepts: 'a whole number from 0 to 65535 (0: any free port)',
    meaning: 'port of the web server',
    fallback: '8787',
  },
  HOST: {
    schema: word,
    accepts: 'a host name or address to listen on, such as 127.0.0.1 or 0.0.0.0',
    meaning: 'address of the web server',
    fallback: '127.0.0.1',
  },
  DATA_DIR: {
    schema: z.string(),
    accepts: 'a folder that can be written to',
    meaning: 'embedded database and index',
    fallback: './data',
  },
  DATABASE_URL: {
    schema: z.url({ protocol: /^postgres(ql)?$/ }),
    accepts: 'postgres://user:password@host:5432/name',
    meaning: 'PostgreSQL for state, queue and vectors',
    secret: true,
    fallback: 'SQLite in DATA_DIR',
  },
  TELEGRAM_BOT_TOKEN: {
    schema: z.string().regex(/^\d+:[\w-]+$/),
    accepts: 'a token from @BotFather, such as 123456789:AA…',
    meaning: 'Telegram bot',
    secret: true,
    fallback: 'Telegram is off',
  },
  TELEGRAM_API_ROOT: {
    schema: httpUrl,
    accepts: 'an http(s) address, such as https://api.telegram.org',
    meaning: 'Bot API server',
    fallback: 'https://api.telegram.org',
  },
  TELEGRAM_WEBHOOK_URL: {
    schema: httpUrl,
    accepts: 'the public https address that Telegram should call',
    meaning: 'webhook mode',
    fallback: 'long polling',
  },
  TELEGRAM_WEBHOOK_SECRET: {
    schema: z.string().regex(/^[\w-]{1,256}$/),
    accepts: '1 to 256 characters of A-Z, a-z, 0-9, _ and -',
    meaning: 'secret that Telegram sends with each webhook call',
    secret: true,
    fallback: 'none',
  },
  CHAT_RETENTION_DAYS: {
    schema: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .pipe(z.number().min(1)),
    accepts: 'a whole number of days from 1 to 9999',
    meaning: 'how long chats and answers are kept',
    fallback: '90',
  },
  OPENAI_API_KEY: {
    schema: word,
    accepts: 'an API key without blanks (any word for servers that need none)',
    meaning: 'language model',
    secret: true,
    fallback: 'offline mode',
  },
  OPENAI_BASE_URL: {
    schema: httpUrl,
    accepts: 'an http(s) address, such as https://api.openai.com/v1',
    meaning: 'OpenAI-compatible endpoint',
    fallback: 'https://api.openai.com/v1',
  },
  OPENAI_MODEL: {
    schema: word,
    accepts: 'the name of a chat model of that endpoint',
    meaning: 'chat model',
    fallback: 'none',
  },
  OPENAI_EMBEDDING_MODEL: {
    schema: word,
    accepts: 'the name of an embedding model of that endpoint',
    meaning: 'embedding model',
    fallback: 'the built-in vectors',
  },
  STAFF_TOKEN: {
    schema: z.string(),
    accepts: 'any text, the longer the better',
    meaning: 'sign-in of the hotline console',
    secret: true,
    fallback: 'staff pages answer to loopback only',
  },
  LOG_LEVEL: {
    schema: z.enum(LEVELS),
    accepts: `one of ${LEVELS.join(', ')}`,
    meaning: 'how much is logged',
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
      faults.push(`${key} is ${JSON.stringify(shown)}${from === '.env' ? ' (in .env)' : ''}`);
      wanted.push(`${key}: ${setting.accepts}`);
    }
  }
  if (faults.length > 0) {
    throw new InputError(`The settings cannot be used: ${faults.join('; ')}`, wanted.join('; '));
  }
  const get = <T>(key: SettingName): T | null => (values.get(key) as T | undefined) ?? null;
  const token = get<string>('TELEGRAM_BOT_TOKEN');
  return {
    host: get<string>('HOST') ?? SETTINGS.HOST.fallback,
    port: get<number>('PORT') ?? Number(SETTINGS.PORT.fallback),
    dataDir: get<string>('DATA_DIR') ?? SETTINGS.DATA_DIR.fallback,
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
  return `${head}… (${secret.length} characters)`;
}

function readEnvFile(path: string): Record<string, string | undefined> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new InputError(
      `${path} cannot be read: ${(error as Error).message}`,
      'a readable file of NAME=value lines, or no such file',
    );
  }
  return parseEnv(text);
}
