/** A developer compares: the diff in two columns, the page before and after, the red run and the green one. */
import { expect } from '../../harness/kit/scenario.ts';
import { test } from './review-page.ts';

test.beforeEach(async ({ page, review }) => {
  await review.enter(page);
  await page.getByRole('link', { name: /^SHOP-1/ }).click();
});

test('draws the page before away from over the page after', async ({ page }) => {
  const slider = page.getByRole('slider', { name: /page after/ });
  const over = page.locator('.compare .over');
  await expect(over).toHaveCSS('clip-path', 'inset(0px 0px 0px 50%)');

  await slider.focus();
  await page.keyboard.press('End');

  await expect(over).toHaveCSS('clip-path', 'inset(0px 0px 0px 0%)');
  await page.keyboard.press('Home');
  await expect(over).toHaveCSS('clip-path', 'inset(0px 0px 0px 100%)');
});

test('keeps the diff in two columns from one issue to the next', async ({ page }) => {
  await page.getByRole('button', { name: 'Side by side' }).click();
  const row = page
    .locator('.in-two .split')
    .filter({ has: page.locator('.delete') })
    .first();
  await expect(row.locator('.line')).toHaveText([/line\.offer\.price/, /line\.offer\?\.price \?\? line\.price/]);

  await page.getByRole('link', { name: /^Next/ }).click();

  await expect(page.locator('.issue-head .id')).toHaveText('SHOP-2');
  await expect(page.locator('.in-two')).toBeVisible();
});

test('shows both runs, and how to open the trace', async ({ page }) => {
  const runs = page.getByRole('region', { name: 'Red on the base, green with the patch' });

  await expect(runs.getByRole('heading', { level: 4 })).toHaveText(['Red, on the base', 'Green, with the patch']);
  await expect(runs.getByRole('img', { name: /^The page when/ })).toHaveCount(2);
  await expect(runs.getByText('npx playwright show-trace')).toBeVisible();
});
