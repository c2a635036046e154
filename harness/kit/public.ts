/** The public face of the package: what a user's configuration, scenarios and fixers import. */
export { defineConfig } from './define-config.ts';
export { defineFixer, definePythonFixer } from './fixer.ts';
export { expect, test } from './scenario.ts';
