import { defineConfig } from 'vitest/config';

// Pure tests run first and alone; database tests and journeys share one embedded server each.
// TZ is set by scripts/test.mjs; days must not depend on it.
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'pure',
          include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts'],
          exclude: ['**/*.db.test.ts', 'e2e/**', '**/node_modules/**', '**/*.long.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'database',
          include: ['src/**/*.db.test.{ts,tsx}', 'tests/**/*.db.test.ts'],
          globalSetup: ['tests/database/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['e2e/**/*.test.ts'],
          globalSetup: [],
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'long',
          include: ['src/**/*.long.test.ts', 'tests/**/*.long.test.ts'],
          globalSetup: ['tests/database/global-setup.ts'],
          testTimeout: 3_600_000,
        },
      },
    ],
  },
});
