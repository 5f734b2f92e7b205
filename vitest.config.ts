import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // One PostgreSQL for the run; it starts only when a test asks for it.
    globalSetup: 'tests/support/postgres-door.ts',
    // Generous: two slow cores shared with others must not fail a test that waits for a condition.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
});
