/** What a member does, in a browser: `npm run test:e2e` starts the house, or uses the one at BASE_URL. */
import { defineConfig, devices } from '@playwright/test';

const LOCAL = 'http://127.0.0.1:4320';

export default defineConfig({
  testDir: 'scenarios',
  fullyParallel: true,
  workers: 2,
  timeout: 15_000,
  expect: { timeout: 2_500 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env.BASE_URL ?? LOCAL,
    actionTimeout: 3_000,
    launchOptions: { executablePath: process.env.MENDWRIGHT_CHROMIUM },
  },
  webServer: process.env.BASE_URL
    ? undefined
    : { command: 'npm start', url: `${LOCAL}/healthz`, reuseExistingServer: true },
});
