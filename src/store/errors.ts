/**
 * What can go wrong with the store:
 * - `busy`: others hold the database locked. Try again soon.
 * - `full`: no room on the disk (or the quota is used up).
 * - `unreachable`: the database does not answer, or its file cannot be opened.
 * - `locked`: another process is using this DATA_DIR.
 * - `newer`: it was written by a later version of this program; `older`: it must be brought forward by a start first.
 * - `damaged`: it is not a database, or its content is broken.
 * - `moved`: its file was deleted or replaced while it was in use; nothing more is taken.
 * - `readonly`: nothing may be written to it.
 * - `closed`: this store was closed.
 * - `failed`: anything else; the database's own words are in the message.
 */
export type StoreFault =
  | 'busy'
  | 'full'
  | 'unreachable'
  | 'locked'
  | 'newer'
  | 'older'
  | 'damaged'
  | 'moved'
  | 'readonly'
  | 'closed'
  | 'failed';

/** What happened, and what to do about it, for whoever runs the server. */
const WORDS: Record<StoreFault, [what: string, todo: string]> = {
  busy: ['数据库正被占用', '请稍后再试；若一直如此，请检查是否有别的程序（备份、数据库工具）锁着它'],
  full: ['存储空间已满，没有保存', '请清理磁盘或扩大配额；程序不必重启'],
  unreachable: ['连不上数据库', '请检查数据库是否在运行、地址和权限是否正确；恢复后自动继续，程序不必重启'],
  locked: [
    '另一个进程正在使用这个数据目录',
    '请先停掉那个 wence，或为这一个设置别的 DATA_DIR；要几个进程一起服务，请用 DATABASE_URL 指向 PostgreSQL',
  ],
  newer: [
    '数据由更新版本的程序写入，这个版本不能使用',
    '请换用新版本的程序，或用 wence restore --force 恢复旧备份（现有的数据会另存）',
  ],
  older: ['数据由更早版本的程序写入', '请先用这个版本启动一次（wence serve），数据会自动升级'],
  damaged: [
    '数据库文件已损坏，或不是数据库',
    '请停掉程序，用 wence restore --force 从备份恢复（损坏的文件会另存）',
  ],
  moved: [
    '数据库文件在使用中被删除或替换了，没有保存',
    '请停掉程序，把文件放回原处（或用 wence restore 从备份恢复），再启动',
  ],
  readonly: ['数据库不能写入', '请检查文件和目录的权限，或数据库是否为只读副本'],
  closed: ['存储已关闭', '请重新启动程序'],
  failed: ['数据库操作失败', '请把这条信息交给维护人员'],
};

/** The only error that leaves this room. Its message says what, why and what to do, and holds no secret. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  constructor(
    readonly kind: StoreFault,
    /** The file, or the address without password. */
    readonly where: string,
    why?: string,
    /** The engine's own code, such as SQLITE_FULL or 53100. */
    readonly code?: string,
  ) {
    const [what, todo] = WORDS[kind];
    super(`${what}（${where}）${why ? `：${why}` : ''}${code ? ` [${code}]` : ''}。${todo}。`);
  }
}

/** Where a store is and how the errors of its engine are to be read. */
export interface ErrorReader {
  where: string;
  kindOf(error: { code?: unknown; message: string }): StoreFault | null;
  /** What must not be shown, such as a password. */
  secrets?: readonly string[];
}

/** Any error as a StoreError. Those that are one stay as they are. */
export function storeError(error: unknown, reader: ErrorReader): StoreError {
  if (error instanceof StoreError) return error;
  const { message, code, ...rest } = plain(error);
  const kind = reader.kindOf({ code, message }) ?? 'failed';
  let why = message.split('\n')[0]!.replace(/\b(postgres(?:ql)?:\/\/)[^\s/@]*@/g, '$1…@');
  for (const secret of reader.secrets ?? []) if (secret) why = why.replaceAll(secret, '…');
  const shown = new StoreError(kind, reader.where, why, typeof code === 'string' ? code : undefined);
  if (rest.stack) shown.stack = `${shown.name}: ${shown.message}\n${rest.stack}`;
  return shown;
}

/** Several addresses tried at once give an error of errors: the first one tells as much as all. */
function plain(error: unknown): { message: string; code?: unknown; stack?: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return plain(error.errors[0]);
  if (!(error instanceof Error)) return { message: String(error) };
  const stack = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  return { message: error.message, code: (error as { code?: unknown }).code, stack: stack?.join('\n') };
}
