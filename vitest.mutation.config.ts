/** The fixers' own tables, examples and varied inputs, which mutation testing runs against each changed fixer. */
import { defineConfig } from 'vitest/config';
import own from './vitest.config.ts';

export default defineConfig({
  test: {
    ...own.test,
    include: [
      'fixes/*.test.ts',
      'test/catalogue.test.ts',
      'test/fixers-property.test.ts',
      'test/crossed-tables.test.ts',
    ],
    exclude: ['**/node_modules/**', '.demo/**'],
  },
});
