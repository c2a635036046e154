/** Unit and contract tests; scenarios are Playwright's, seeded faults, a machine in trouble and the package have commands of their own. */
import { basename, dirname, join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{harness,fixes,test,scripts,bench}/**/*.test.ts', 'examples/*/faults/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/{package,shards,trouble}/**', '.demo/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // What every fixer offers for the rows of its table.
    resolveSnapshotPath: (path, extension) =>
      basename(dirname(path)) === 'fixes'
        ? join(import.meta.dirname, 'test', 'golden', 'fixers', `${basename(path, '.test.ts')}${extension}`)
        : `${path}${extension}`,
  },
});
