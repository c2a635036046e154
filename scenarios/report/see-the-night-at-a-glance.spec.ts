/** A developer opens the report in the morning: what happened, and where to look first. */
import { expect } from '../../harness/kit/scenario.ts';
import { test } from './report-page.ts';

test('tells the night in one sentence and its issues by result', async ({ page, reportUrl }) => {
  await page.goto(reportUrl);

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('3 proven branches mend 4 of 7 issues.');
  await expect(page.getByRole('banner')).toContainText('12 scenarios5 green6 red1 flaky');
  const rows = page.getByRole('navigation', { name: 'Issues' }).getByRole('link');
  await expect(rows).toHaveText([
    /SHOP-1.*src\/cart\/totals\.ts:12.*branch created/,
    /SHOP-2.*server\/orders\.ts:48.*led to SHOP-7.*branch updated/,
    /SHOP-3.*shared\/price\.ts:21.*branch created/,
    /SHOP-6.*src\/reviews\/stars\.ts:17.*no patch/,
    /SHOP-4.*outage/,
    /SHOP-5.*flaky/,
  ]);
});

test('leads from the overview to the issue', async ({ page, reportUrl }) => {
  await page.goto(reportUrl);

  await page.getByRole('navigation', { name: 'Issues' }).getByRole('link', { name: 'SHOP-4' }).click();

  await expect(page.getByRole('article', { name: 'SHOP-4' })).toBeInViewport();
  await expect(page.getByRole('article', { name: 'SHOP-4' })).toContainText('no patch of the app mends that service');
});
