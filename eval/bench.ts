/**
 * `npm run -s bench -- NAME [options]`: runs one benchmark, which prints its own report on stdout; logs go to stderr. A
 * benchmark either exports `run(args)`, which gives the exit code, or does its work when it is loaded.
 */
const BENCHES: Record<string, string> = {
  ask: './bench/ask.ts',
  guard: './bench/guard.ts',
  model: './bench/model.ts',
  growth: './bench/growth.ts',
  retrieval: './bench/retrieval.bench.ts',
  checks: './bench/checks.ts',
  'next-question': './bench/next-question.ts',
  telegram: './bench/telegram.ts',
  web: './bench/web.ts',
  load: './bench/load.ts',
};

const [name, ...args] = process.argv.slice(2);
const file = name !== undefined && Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
if (file === undefined) {
  console.error(`usage: npm run -s bench -- ${Object.keys(BENCHES).join(' | ')} [options]`);
  process.exitCode = 2;
} else {
  const bench = (await import(file)) as { run?(args: string[]): Promise<number> };
  if (bench.run) process.exitCode = await bench.run(args);
}
