/** Writes docs/images/review-*.png and report.png: the review page and the report of the kept night, as a developer sees them. */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../harness/adapters/playwright/find-browser.ts';
import { review } from '../harness/cli/commands/review.ts';
import { formatHtml } from '../harness/report/html.ts';
import { pointOf } from '../harness/report/trends/night-point.ts';
import { trendsOf } from '../harness/report/trends/trends.ts';
import { reviewGround } from '../test/review/review-ground.ts';

const ROOT = join(import.meta.dirname, '..');
const IMAGES = join(ROOT, 'docs', 'images');
const MOST_BYTES = 200_000;

/** A checkout as the kept night's scenario left it: with the fault, and mended. */
const shop = (sum: string, button: string): string => `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; font: 16px/1.5 sans-serif; color: #222; } header { padding: 14px 32px; background: #24505a; color: #fff; font-weight: 700; }
main { padding: 24px 32px; } li { display: flex; justify-content: space-between; padding: 8px 0; border-bottom: 1px solid #ddd; list-style: none; }
ul { padding: 0; } b { font-size: 22px; } p { display: flex; justify-content: space-between; align-items: center; }
span.pay { padding: 10px 22px; border-radius: 6px; color: #fff; background: ${button}; }</style>
<header>The bookshop</header><main><h2>Your cart</h2><ul><li><i>On the Shoulders of Giants</i>€ 14.90</li><li><i>The Garden Path</i>€ 8.90</li></ul>
<p>Total <b>${sum}</b></p><p>The coupon has expired. <span class="pay">Pay</span></p></main>`;

async function pictureOf(browser: Browser, html: string): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: 720, height: 400 } });
  await page.setContent(html);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}

async function keep(page: Page, name: string, height: number): Promise<void> {
  await page.setViewportSize({ width: 1200, height });
  const path = join(IMAGES, `${name}.png`);
  await page.screenshot({ path });
  const { size } = statSync(path);
  if (size > MOST_BYTES) throw new Error(`${path} has ${size} bytes; ${MOST_BYTES} are enough`);
}

const { executablePath, sandbox } = findChromium(ROOT);
const launch = { chromiumSandbox: sandbox, ...(executablePath !== undefined && { executablePath }) };
const browser = await chromium.launch(launch);
const stop = new AbortController();
const [before, after] = [
  await pictureOf(browser, shop('€ NaN', '#9a9a9a')),
  await pictureOf(browser, shop('€ 23.80', '#1d7a3d')),
];
const { repository, record } = await reviewGround({ pictures: { before, after } });
const folder = mkdtempSync(join(tmpdir(), 'mendwright-pictures-'));
try {
  mkdirSync(IMAGES, { recursive: true });
  const { promise, resolve } = Promise.withResolvers<string>();
  const flags = { cwd: repository.dir, host: '127.0.0.1', run: undefined, json: true };
  const serving = review(flags, stop.signal, resolve);
  const { address, url }: { address: string; url: string } = JSON.parse(await promise);
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  await page.goto(address);
  await page.waitForURL(`${url}/night/**`);
  await keep(page, 'review-night', 760);
  await page.getByRole('link', { name: /^SHOP-1/ }).click();
  await page.getByRole('button', { name: 'Approve' }).waitFor();
  await keep(page, 'review-issue', 820);
  await page.locator('.compare').scrollIntoViewIfNeeded();
  await page.locator('.compare .over').evaluate((image: HTMLImageElement) => image.decode());
  await page.locator('.compare').screenshot({ path: join(IMAGES, 'review-compare.png') });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.evaluate(() => scrollTo(0, 0));
  await page.getByRole('button', { name: 'Side by side' }).click();
  await keep(page, 'review-dark', 900);

  const report = join(folder, 'report.html');
  writeFileSync(report, formatHtml(record, { readAsset: () => before, trends: trendsOf([pointOf(record)]) }));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(pathToFileURL(report).href);
  await keep(page, 'report', 900);
  stop.abort();
  await serving;
} finally {
  stop.abort();
  await browser.close();
  repository[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
}
