/**
 * `npm run -s bench -- NAME [options]`: runs `eval/bench/NAME.ts`, whose `run(args)` prints its own report. Logs go to stderr.
 */
import { existsSync, readdirSync } from 'node:fs';

const folder = new URL('./bench/', import.meta.url);
const [name, ...args] = process.argv.slice(2);
const names = readdirSync(folder)
  .filter((f) => f.endsWith('.bench.ts'))
  .map((f) => f.slice(0, -'.bench.ts'.length));

if (name === undefined || !/^[\w-]+$/.test(name) || !existsSync(new URL(`${name}.bench.ts`, folder))) {
  console.error(`usage: npm run -s bench -- ${names.join(' | ')} [options]`);
  process.exitCode = 2;
} else {
  const { run } = (await import(new URL(`${name}.bench.ts`, folder).href)) as {
    run(args: string[]): Promise<number>;
  };
  process.exitCode = await run(args);
}
