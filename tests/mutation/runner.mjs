/**
 * A test runner for Stryker that keeps the tests in one process: the files are bundled once, a mutant that is not
 * touched while loading is switched on between two calls of its tests, and only one that is (a table, a pattern) has
 * the bundle loaded again. A mutant costs milliseconds where the vitest runner, which starts a worker and imports
 * every file anew, costs seconds. The tests, their assertions and the documents are those of `npm test`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, MutantRunStatus, TestStatus } from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';

const FOLDERS = ['tests/quantity', 'tests/rules'];
const BUNDLE = '.mutation-bundle.mjs';
const TIMES = '.mutation-times.json';
const HARNESS = new URL('./harness.mjs', import.meta.url).href;

/** Paths relative to a module stay those of its own file, not of the bundle. */
const ownPaths = {
  name: 'own-paths',
  setup(bundler) {
    bundler.onResolve({ filter: /^(vitest|fast-check)$/ }, () => ({ path: HARNESS, external: true }));
    bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8'))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
    }));
  },
};

class InProcessRunner {
  #tests = [];
  #stale = false;
  #loads = 0;
  #times = {};
  #space;

  constructor() {
    globalThis.__stryker__ ??= {};
    this.#space = globalThis.__stryker__;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const imports = FOLDERS.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.test.ts'))
        .map((name) => `import './${folder}/${name}';`),
    );
    await build({
      stdin: { contents: imports.join('\n'), resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      absWorkingDir: process.cwd(),
      outfile: BUNDLE,
      plugins: [ownPaths],
      logLevel: 'error',
    });
    try {
      this.#times = JSON.parse(readFileSync(TIMES, 'utf8'));
    } catch {
      // The first process measures.
    }
  }

  async #load() {
    const { takeCollected } = await import(HARNESS);
    takeCollected();
    await import(`${pathToFileURL(join(process.cwd(), BUNDLE)).href}?load=${this.#loads++}`);
    this.#tests = takeCollected();
  }

  async dryRun() {
    this.#space.activeMutant = undefined;
    this.#space.mutantCoverage = { static: {}, perTest: {} };
    try {
      await this.#load();
    } catch (error) {
      return { status: DryRunStatus.Error, errorMessage: String(error?.stack ?? error) };
    }
    const tests = [];
    for (const { id, run } of this.#tests) {
      this.#space.currentTestId = id;
      const started = performance.now();
      let failure = null;
      try {
        await run();
      } catch (error) {
        failure = String(error?.message ?? error);
      }
      this.#space.currentTestId = undefined;
      const timeSpentMs = performance.now() - started;
      this.#times[id] = timeSpentMs;
      const base = { id, name: id, timeSpentMs };
      tests.push(
        failure === null
          ? { ...base, status: TestStatus.Success }
          : { ...base, status: TestStatus.Failed, failureMessage: failure },
      );
    }
    writeFileSync(TIMES, JSON.stringify(this.#times));
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#space.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, mutantActivation, hitLimit, reloadEnvironment }) {
    const space = this.#space;
    const atLoad = mutantActivation === 'static' || reloadEnvironment;
    space.hitCount = hitLimit === undefined ? undefined : 0;
    space.hitLimit = hitLimit;
    let nrOfTests = 0;
    const killed = (killedBy, error) =>
      /Stryker: Hit count limit reached/.test(String(error))
        ? { status: MutantRunStatus.Timeout, reason: String(error) }
        : {
            status: MutantRunStatus.Killed,
            killedBy,
            failureMessage: String(error?.message ?? error),
            nrOfTests,
          };
    try {
      space.activeMutant = atLoad ? activeMutant.id : undefined;
      if (atLoad || this.#stale || this.#tests.length === 0) {
        this.#stale = atLoad;
        await this.#load();
      }
    } catch (error) {
      return killed(['loading'], error);
    }
    space.activeMutant = activeMutant.id;
    const wanted = testFilter === undefined ? null : new Set(testFilter);
    const tests = wanted === null ? this.#tests : this.#tests.filter((t) => wanted.has(t.id));
    tests.sort((a, b) => (this.#times[a.id] ?? 0) - (this.#times[b.id] ?? 0));
    for (const { id, run } of tests) {
      nrOfTests++;
      try {
        await run();
      } catch (error) {
        return killed([id], error);
      }
    }
    // A table of cases that a mutant empties leaves fewer tests, none of which fails.
    if (wanted === null && nrOfTests < Object.keys(this.#times).length)
      return killed(['collecting'], 'tests are gone');
    return { status: MutantRunStatus.Survived, nrOfTests };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'in-process', InProcessRunner)];
