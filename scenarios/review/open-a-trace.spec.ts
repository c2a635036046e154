/** A developer opens the trace of the red run: Playwright's viewer shows it, apart from the page that can merge. */
import { join } from 'node:path';
import { expect } from '../../harness/kit/scenario.ts';
import { test } from './review-page.ts';

test.use({ night: 'traced' });

// The viewer installs a service worker and unpacks the trace.
test.slow();

test('opens in an origin of its own, and cannot reach the review from there', async ({ page, review, browser }) => {
  const traces = join(review.dir, '.mendwright', 'runs', review.run, 'trials', 'again', 'suite-1', 'traces');
  const traced = await browser.newContext();
  await traced.tracing.start({ snapshots: true });
  await (await traced.newPage()).setContent('<h1>The cart</h1>');
  await traced.tracing.stop({ path: join(traces, 'pays-for-a-cart-0.zip') });
  await traced.close();
  await review.enter(page);
  await page.getByRole('link', { name: /^SHOP-1/ }).click();

  const opening = page.waitForEvent('popup');
  await page.getByRole('link', { name: 'Open the trace' }).click();
  const viewer = await opening;

  await expect(viewer.getByText(/set content/i).first()).toBeVisible({ timeout: 30_000 });
  expect(new URL(viewer.url()).origin).not.toBe(review.url);
  // The viewer's service worker may answer for others: what counts is what the review gave away, and did.
  const night = `${review.url}/night/${review.run}`;
  const seen = await viewer.evaluate(async (address) => {
    const ask = (path: string, init: RequestInit): Promise<string> =>
      fetch(`${address}${path}`, { credentials: 'include', ...init }).then(
        (answer) => answer.text(),
        () => 'refused',
      );
    return [await ask('/', {}), await ask('/issues/SHOP-1.html/approve', { method: 'POST' })];
  }, night);
  expect(seen.join()).not.toMatch(/page-token|SHOP-1|was merged/);
  expect(await review.atRemote('rev-parse', 'main')).toBe(await review.git('rev-parse', 'main'));
});
