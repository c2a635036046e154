/** This project's own scenarios: they drive its report and the example shop in a browser. */
import { createServer } from 'node:net';
import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './harness/adapters/playwright/find-browser.ts';

const { executablePath, sandbox } = findChromium(import.meta.dirname);
// Chosen once, in the process that starts the shop; its workers read it from their environment.
process.env.SHOP_PORT ??= String(await freePort());
const url = process.env.BASE_URL ?? `http://127.0.0.1:${process.env.SHOP_PORT}`;

export default defineConfig({
  testDir: 'scenarios',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    baseURL: url,
    launchOptions: { chromiumSandbox: sandbox, ...(executablePath !== undefined && { executablePath }) },
  },
  // A night starts the shop itself and says where it is.
  ...(process.env.BASE_URL === undefined && {
    webServer: {
      command: 'npm run --silent build -w shop && npm run --silent start -w shop',
      url: `${url}/healthz`,
      env: { PORT: process.env.SHOP_PORT },
    },
  }),
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
