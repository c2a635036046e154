/** What a scenario imports: Playwright's own `test` and `expect`. The harness watches them all the same. */
export { expect, test } from '@playwright/test';
