import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of Linux, whatever the machine. */
const TICKS_PER_SECOND = 100;

/**
 * Processor seconds that this process, and the PostgreSQL at `url` when given, have used so far: on a machine that is shared they
 * tell what a thing costs, where the wall clock tells how busy the others were. PostgreSQL's are 0 where it runs elsewhere.
 */
export async function cpuSeconds(url?: string): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + (url === undefined ? 0 : await serverSeconds(url));
}

async function serverSeconds(url: string): Promise<number> {
  const { default: pg } = await import('pg');
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    const main = readFileSync(join(rows[0]!.data_directory, 'postmaster.pid'), 'utf8').split('\n')[0]!;
    const all = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => times(pid) ?? []);
    return all
      .filter(({ pid, parent }) => pid === main || parent === main)
      .reduce((sum, { pid, own, ended }) => sum + own + (pid === main ? ended : 0), 0);
  } catch {
    return 0;
  } finally {
    await client.end();
  }
}

/** Seconds of a process, and of its children that ended; see proc(5). */
function times(pid: string): { pid: string; parent: string; own: number; ended: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const seconds = (from: number) => (Number(fields[from]) + Number(fields[from + 1])) / TICKS_PER_SECOND;
    return { pid, parent: fields[1]!, own: seconds(11), ended: seconds(13) };
  } catch {
    return null;
  }
}
