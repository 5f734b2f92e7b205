import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The built command; WENCE_BIN names another build. */
const WENCE = process.env.WENCE_BIN ?? fileURLToPath(new URL('../../bin/wence.js', import.meta.url));

/** Of the kernel's count of processor time. */
const TICK_MS = 10;

/** A `wence serve` of its own, with its webhook. */
export class ServeProcess {
  readonly #child: ChildProcess;
  #said = '';

  private constructor(
    readonly hook: string,
    port: number,
    env: Record<string, string>,
  ) {
    this.#child = spawn(process.execPath, [WENCE, 'serve'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        LOG_LEVEL: 'error',
        PORT: String(port),
        TELEGRAM_WEBHOOK_URL: hook,
        TELEGRAM_WEBHOOK_SECRET: 'load',
        ...env,
      },
    });
    this.#child.stderr!.on('data', (text) => {
      this.#said = `${this.#said}${text}`.slice(-2000);
    });
  }

  static async start(env: Record<string, string>): Promise<ServeProcess> {
    const port = await freePort();
    return new ServeProcess(`http://127.0.0.1:${port}/hook`, port, env);
  }

  /** Resolves when it can be used. @throws when it ended instead */
  async ready(): Promise<void> {
    for (;;) {
      if (this.#child.exitCode !== null) throw new Error(`wence serve ended: ${this.#said}`);
      const up = await fetch(new URL('/readyz', this.hook)).then(
        (response) => response.ok,
        () => false,
      );
      if (up) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Resident memory now, megabytes. */
  rssMB(): number {
    const [, kB] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kB) / 1000);
  }

  /** Processor time used since its start, milliseconds: unlike the clock's time, the same on a busy machine. */
  cpuMs(): number {
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  }

  /** What it complained of, if anything. */
  get said(): string {
    return this.#said;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
