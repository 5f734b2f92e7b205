import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { checkWhole, openBase, StoreError, storeOver } from '../store/index.js';

const PART = '数据库';
const BEFORE_START = '还没有数据，首次启动时建立';

/**
 * What `wence doctor` says about the store: which engine, whether it can be read, and what to do when it cannot. It is opened
 * for reading, so that a server that runs meanwhile is not disturbed and nothing is made or brought forward by looking.
 */
export async function storeFinding({
  dataDir,
  databaseUrl,
}: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<{
  part: string;
  ok: boolean;
  seen: string;
  remedy: string | null;
}> {
  const well = (seen: string) => ({ part: PART, ok: true, seen, remedy: null });
  const engine = databaseUrl ? 'PostgreSQL' : 'SQLite';
  if (!databaseUrl && !existsSync(join(dataDir, 'wence.db'))) return well(`${engine}，${BEFORE_START}`);
  try {
    const base = await openBase({ dataDir, databaseUrl, readOnly: true });
    const aside = await checkWhole(base)
      .then(() => storeOver(base).inbox.aside())
      .finally(() => base.close());
    if (aside.length === 0) return well(`${engine}，可用`);
    const { channel, asideAt } = aside.at(-1)!;
    return well(
      `${engine}，可用；有 ${aside.length} 条消息每次都处理失败，已搁置（最近：${channel}，${asideAt}）`,
    );
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // Tables that are not there yet, or are of an earlier version: the next start sees to it.
    if (error.kind === 'older') return well(`${engine}，可用；下次启动时建立或升级数据表`);
    // The message of a StoreError says what to do as well.
    return { part: PART, ok: false, seen: error.message, remedy: null };
  }
}
