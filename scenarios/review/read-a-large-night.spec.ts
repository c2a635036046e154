/** Two hundred issues in one night: all are there at once, and a result picks some of them. */
import { expect } from '../../harness/kit/scenario.ts';
import { test } from './review-page.ts';

test.use({ night: 'large' });

// Two thousand runs are made, written, read and masked first.
test.slow();

test('shows all of them with one page, one style and three scripts, and filters them by result', async ({
  page,
  review,
}) => {
  await review.enter(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.replace(/-[0-9a-f]{12}/, '')));

  await page.reload({ waitUntil: 'load' });

  await expect(page.locator('[data-row]')).toHaveCount(200);
  await expect(page.getByText('200 of 200 issues shown')).toBeVisible();
  expect(asked.filter((path) => !path.startsWith('/live')).sort()).toEqual([
    ...['/assets/act.js', '/assets/preact.js', '/assets/read.js', '/assets/review.css'],
    `/night/${review.run}/`,
  ]);

  await page.getByRole('button', { name: /^outage/ }).click();
  await expect(page.locator('[data-row]:visible').first()).toContainText('outage');
  await expect(page.getByText('33 of 200 issues shown')).toBeVisible();
  await page.locator('[data-row]:visible').first().click();
  await page.goBack();
  await expect(page.locator('[data-row]:visible')).toHaveCount(33);
});
