import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { parseAst } from 'vite';

/** A regular expression of the product and where it comes from. */
export interface Pattern {
  source: string;
  flags: string;
  where: string;
}

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/**
 * What `new RegExp` makes of data and of pieces while `work` runs: the patterns as their loaders compile them. What is made
 * while a module loads is seen only if `work` is the first to import it.
 */
export async function patternsMade(work: () => Promise<unknown>): Promise<Pattern[]> {
  const made = new Map<string, Pattern>();
  const Original = RegExp;
  const note = (re: RegExp): RegExp => {
    const where = new Error().stack?.match(/\/src\/[\w/.-]+:\d+/)?.[0];
    if (where && !where.includes('node_modules')) {
      made.set(`/${re.source}/${re.flags}`, { source: re.source, flags: re.flags, where });
    }
    return re;
  };
  globalThis.RegExp = new Proxy(Original, {
    construct: (target, args) => note(Reflect.construct(target, args) as RegExp),
    apply: (target, self, args) => note(Reflect.apply(target, self, args) as RegExp),
  });
  try {
    await work();
  } finally {
    globalThis.RegExp = Original;
  }
  return [...made.values()];
}

/** The regular expressions written in src/. */
export async function patternsWritten(): Promise<Pattern[]> {
  const out: Pattern[] = [];
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((f) =>
    /(?<!\.d)\.ts$/.test(f),
  );
  for (const file of files) {
    const { code } = await transform(readFileSync(join(SRC, file), 'utf8'), { loader: 'ts' });
    collect(parseAst(code), `/src/${file}`, out);
  }
  return out;
}

function collect(node: unknown, where: string, out: Pattern[]): void {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const part of node) collect(part, where, out);
    return;
  }
  const { regex } = node as { regex?: { pattern: string; flags: string } };
  if (regex) out.push({ source: regex.pattern, flags: regex.flags, where });
  else for (const part of Object.values(node)) collect(part, where, out);
}
