/** Whoever holds the DSN can write what an issue says: in the review, which can act, it stays text and does nothing. */
import { expect } from '../../harness/kit/scenario.ts';
import { test } from './review-page.ts';

test.use({ night: 'hostile' });

test('runs nothing of a hostile night, on any page, and asks no other server', async ({ page, review }) => {
  const alarms: string[] = [];
  page.on('dialog', async (dialog) => {
    alarms.push(dialog.message());
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${review.url}/`)) alarms.push(request.url());
  });
  page.on('console', (message) => alarms.push(message.text()));
  const markup = page.locator(
    'main :is(script, iframe, [onerror], [onmouseover], [href^="javascript:"], img[src="x"])',
  );
  await review.enter(page);

  await expect(page.getByRole('link', { name: /^SHOP-1/ })).toContainText('<img src=x onerror=alert(1)>');
  await expect(markup).toHaveCount(0);
  for (const id of ['SHOP-1', 'SHOP-2', 'SHOP-6', 'SHOP-4']) {
    await page.goto(`${review.url}/night/${review.run}/issues/${id}.html`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('<script>alert(2)</script>');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('‹U+202E›gnp.exe␀');
    await expect(markup).toHaveCount(0);
  }
  expect(alarms).toEqual([]);
});
