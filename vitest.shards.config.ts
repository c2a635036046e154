/** Three shards merged against one whole night, branches included: two nights, so it belongs to `npm run test:all`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/shards/**/*.test.ts'] },
});
