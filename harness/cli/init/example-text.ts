/** A first scenario and its Playwright configuration, for a repository that has none. */

export const EXAMPLE_FOLDER = 'scenarios';

export const EXAMPLE_SCENARIO = `/** What a visitor does first. Add one file per deed; the nightly run watches every one of them. */
import { expect, test } from '@playwright/test';

test('opens the front page', async ({ page }) => {
  const answer = await page.goto('/');

  expect(answer?.ok()).toBe(true);
  await expect(page.locator('body')).not.toBeEmpty();
});
`;

export const PLAYWRIGHT_CONFIG = `/** Scenarios in a browser. \`npx mendwright\` starts the app and sets BASE_URL; alone, start the app yourself. */
import { defineConfig, devices } from '@playwright/test';

export default defineConfig({
  testDir: '${EXAMPLE_FOLDER}',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
  },
});
`;
