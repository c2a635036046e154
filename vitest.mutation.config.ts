/** The fixers' own tables, which mutation testing runs against each changed fixer. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['fixes/*.test.ts'], exclude: ['**/node_modules/**', '.demo/**'] },
});
