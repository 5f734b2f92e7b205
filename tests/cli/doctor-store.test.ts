import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storeFinding } from '../../src/cli/doctor-store.js';
import { openStore } from '../../src/store/index.js';
import { onBoth, tempDir } from '../store/engines.js';

onBoth('doctor on the store', (fresh, engine) => {
  const name = { sqlite: 'SQLite', postgres: 'PostgreSQL' }[engine];
  const look = async ({ options }: Awaited<ReturnType<typeof fresh>>) =>
    storeFinding({ dataDir: options.dataDir, databaseUrl: options.databaseUrl ?? null });

  it('before the first start: well, and looking makes nothing', async () => {
    const place = await fresh();
    for (const _ of [1, 2]) {
      const finding = await look(place);
      expect(finding).toMatchObject({ ok: true, seen: expect.stringMatching(`${name}，.*启动时`) });
    }
    expect(existsSync(join(place.options.dataDir, 'wence.db'))).toBe(false);
  });

  it('beside a server that uses it: well, and the server goes on', async () => {
    const place = await fresh();
    const store = await place.open();
    expect(await look(place)).toMatchObject({ ok: true, seen: `${name}，可用` });
    expect(await store.chats.commit('web:1', { revision: 0, state: { version: 1 } })).toBe('saved');
  });
});

onBoth('doctor on messages that fail every time', (fresh) => {
  it('tells how many were set aside, and of which channel', async () => {
    const { options, open } = await fresh();
    const store = await open();
    await store.inbox.put([{ id: 'u1', chat: 'telegram:1', channel: 'telegram', payload: { text: '秘密' } }]);
    await store.inbox.attempt('u1', { most: 0, error: 'TypeError' });
    const finding = await storeFinding({
      dataDir: options.dataDir,
      databaseUrl: options.databaseUrl ?? null,
    });
    expect(finding).toMatchObject({ ok: true, seen: expect.stringMatching(/有 1 条消息.*搁置.*telegram/) });
    expect(finding.seen).not.toContain('秘密');
  });
});

describe('doctor on a store that cannot be used', () => {
  it('a file that is no database: says which file and what to do', async () => {
    const dataDir = tempDir();
    writeFileSync(join(dataDir, 'wence.db'), 'x'.repeat(5000));
    const finding = await storeFinding({ dataDir, databaseUrl: null });
    expect(finding.ok).toBe(false);
    expect(finding.seen).toContain(join(dataDir, 'wence.db'));
    expect(finding.seen).toContain('wence restore');
  });

  it('a file with broken pages inside, which opening it does not show', async () => {
    const dataDir = tempDir();
    const store = await openStore({ dataDir });
    await store.chats.commit('web:1', { revision: 0, state: 'x'.repeat(200_000) });
    await store.close();
    const file = join(dataDir, 'wence.db');
    const bytes = readFileSync(file);
    for (let at = 4096 * 8; at < bytes.length; at += 4096 * 5) bytes.fill(0xa5, at, at + 4096);
    writeFileSync(file, bytes);
    const finding = await storeFinding({ dataDir, databaseUrl: null });
    expect(finding).toMatchObject({ ok: false, seen: expect.stringContaining('wence restore --force') });
  });

  it('a server that is not there: says where, without the password', async () => {
    const databaseUrl = 'postgres://u:very-secret@127.0.0.1:1/none';
    const finding = await storeFinding({ dataDir: tempDir(), databaseUrl });
    expect(finding.ok).toBe(false);
    expect(finding.seen).toMatch(/连不上.*127\.0\.0\.1:1/);
    expect(JSON.stringify(finding)).not.toContain('very-secret');
  });
});
