/** A machine in trouble: full disks, two nights at once, apps and pages that never end. For `npm run test:all`. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/trouble/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
});
