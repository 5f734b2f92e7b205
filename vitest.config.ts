import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that mostly wait for other processes; the one that waits longest first, so that the processor is never idle at the end. */
const WAITING = ['tests/e2e/telegram-crash', 'tests/e2e/', 'tests/store/', 'tests/browser/'];

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = WAITING.findIndex((part) => moduleId.includes(part));
      return at < 0 ? WAITING.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // One PostgreSQL for the run; it starts only when a test asks for it.
    globalSetup: 'tests/support/postgres-door.ts',
    // Generous: two slow cores shared with others must not fail a test that waits for a condition.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // vitest leaves a core free; a third of this suite waits for servers, browsers and databases.
    maxWorkers: 2,
    sequence: { sequencer: WaitingFirst },
  },
});
