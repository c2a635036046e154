/** Writes docs/images/embedded-sentry*.png: the embedded Sentry's list and one issue, filled by real SDKs. */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';
import { findChromium } from '../harness/adapters/playwright/find-browser.ts';
import { listenSentry } from '../harness/sentry-server/listen.ts';
import { sentryServer } from '../harness/sentry-server/sentry-server.ts';

const ROOT = join(import.meta.dirname, '..');
const IMAGES = join(ROOT, 'docs', 'images');

const server = sentryServer();
const { url, close } = await listenSentry(server);
await promisify(execFile)(process.execPath, [join(ROOT, 'scripts', 'shop-errors.mjs')], {
  env: { ...process.env, SENTRY_DSN: server.dsn('shop', url) },
});
const { executablePath, sandbox } = findChromium(ROOT);
const browser = await chromium.launch({
  chromiumSandbox: sandbox,
  ...(executablePath !== undefined && { executablePath }),
});
try {
  mkdirSync(IMAGES, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1100, height: 690 } });
  await page.goto(url);
  await page.screenshot({ path: join(IMAGES, 'embedded-sentry.png') });
  await page.getByRole('link', { name: /reading 'trim'/ }).click();
  await page.setViewportSize({ width: 1100, height: 900 });
  await page.screenshot({ path: join(IMAGES, 'embedded-sentry-issue.png') });
} finally {
  await browser.close();
  await close();
  server.close();
}
