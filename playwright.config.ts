/** This project's own scenarios: they drive its report and the shop in a browser. */
import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './harness/adapters/playwright/find-browser.ts';

const { executablePath, sandbox } = findChromium(import.meta.dirname);

export default defineConfig({
  testDir: 'scenarios',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    launchOptions: { chromiumSandbox: sandbox, ...(executablePath !== undefined && { executablePath }) },
  },
});
