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
  const answers = await viewer.evaluate(async (url) => {
    const ask = (init: RequestInit): Promise<string> =>
      fetch(`${url}/`, { credentials: 'include', ...init }).then(
        () => 'read',
        () => 'refused',
      );
    return [await ask({}), await ask({ method: 'POST' })];
  }, review.url);
  expect(answers).toEqual(['refused', 'refused']);
});
