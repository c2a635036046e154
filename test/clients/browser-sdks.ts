/** SDKs of web pages, in Chromium: @sentry/browser of two majors, and @sentry/react. Errors come of real clicks. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { findChromium } from '../../harness/adapters/playwright/find-browser.ts';
import { clientFolder } from './client-folder.ts';
import type { Ground } from './ground.ts';
import { type PageParts, servePage } from './page-bundle.ts';
import { Exceptions, entryOf, readBack, readEvent, Sent } from './read-back.ts';
import type { ClientTable } from './table.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PATIENCE_MS = 120_000;
const BUTTONS = ['throw', 'capture', 'trace', 'finish'];
const HTML = BUTTONS.map((id) => `<button id="${id}">${id}</button>`).join('');

export async function browserSdk(ground: Ground, table: ClientTable): Promise<void> {
  await browse(ground, table, { client: 'browser@11', alias: { 'sentry-sdk': '@sentry/browser' } });
}

export async function olderBrowserSdk(ground: Ground, table: ClientTable): Promise<void> {
  const folder = clientFolder('sentry-browser-9');
  if (folder === undefined) return table.skip('browser@9', 'not installed: node scripts/install-clients.mjs');
  await browse(ground, table, { client: 'browser@9', alias: { 'sentry-sdk': folder } });
}

async function browse(ground: Ground, table: ClientTable, about: Pick<PageParts, 'client' | 'alias'>): Promise<void> {
  const check = table.check(about.client);
  let sent: Sent | undefined;
  await check('runs and sends', async () => {
    const parts = { ...about, script: 'browser-page.js', html: HTML };
    sent = Sent.parse(await onPage(ground, parts, (page) => clickAll(page, BUTTONS)));
  });
  if (sent !== undefined) await readBack(ground, check, sent);
}

const ReactSent = z.object({ client: z.string(), error: z.string(), rendering: z.string(), reported: z.string() });

export async function reactSdk(ground: Ground, table: ClientTable): Promise<void> {
  const client = 'react@11';
  const check = table.check(client);
  let sent: z.infer<typeof ReactSent> | undefined;
  await check('runs and sends', async () => {
    const parts = { client, script: 'react-page.js', html: '<div id="app"></div><div id="other"></div>' };
    const seen = await onPage(ground, parts, (page) => clickAll(page, ['throw', 'render', 'report', 'finish']));
    sent = ReactSent.parse(seen);
  });
  if (sent === undefined) return;
  const { rendering, reported, error } = sent;
  await readBack(ground, check, { client, error, sessions: 1 });
  for (const [operation, id, value] of [
    ['error boundary', rendering, 'while rendering'],
    ['root error handler', reported, 'outside of a boundary'],
  ] as const) {
    await check(operation, async () => {
      const event = await ground.until(() => readEvent(ground, id));
      assert.equal(event.title, `Error: ${value}`);
      // The stack of components comes as an error that caused this one.
      const [cause] = entryOf(event, 'exception', Exceptions).values;
      assert.equal(cause?.type, 'React ErrorBoundary Error');
    });
  }
}

async function clickAll(page: Page, ids: readonly string[]): Promise<void> {
  for (const id of ids) await page.locator(`#${id}`).click();
  await page.getByText('sent', { exact: true }).waitFor();
}

/** What the page says that it sent; the page is closed, so that its last envelopes have left. */
async function onPage(ground: Ground, parts: PageParts, act: (page: Page) => Promise<void>): Promise<unknown> {
  const served = await servePage(ground, parts);
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch(launchOptions());
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(served.url);
    await act(page);
    const sent: unknown = await page.evaluate('window.sent');
    // What was dropped is reported when the page is left.
    await page.goto('about:blank');
    return sent;
  } finally {
    await browser?.close();
    served.close();
  }
}

function launchOptions() {
  const { executablePath, sandbox } = findChromium(ROOT);
  return { chromiumSandbox: sandbox, ...(executablePath === undefined ? {} : { executablePath }) };
}
