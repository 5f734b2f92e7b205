import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Generous: two slow cores shared with others must not fail a test that waits for a condition.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
});
