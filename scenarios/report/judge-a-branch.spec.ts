/** A developer decides whether to trust a branch: the diff, the evidence, the command, and what else was tried. */
import { expect } from '../../harness/kit/scenario.ts';
import { test } from './report-page.ts';

test('shows the diff beside its proof and the branch to look at', async ({ page, reportUrl }) => {
  await page.goto(reportUrl);
  const issue = page.getByRole('article', { name: 'SHOP-1' });

  const diff = issue.getByRole('group', { name: 'Changes in src/cart/totals.ts' }).first();
  await expect(diff.locator('.delete')).toHaveText(['12−  return line.amount * line.offer.price;']);
  await expect(diff.locator('.insert')).toHaveText(['12+  return line.amount * (line.offer?.price ?? line.price);']);
  for (const seen of [
    'red in 10 of 10 runs',
    'green in 10 of 10 runs',
    'p < 0.001',
    'browser and server still arrives',
  ]) {
    await expect(issue.getByRole('listitem').filter({ hasText: seen }).first()).toBeVisible();
  }
  await expect(issue.getByText('git switch mend/shop-1-take-the-lines-own-price')).toBeVisible();
});

test('tells of every other candidate why it was not taken', async ({ page, reportUrl }) => {
  await page.goto(reportUrl);
  const issue = page.getByRole('article', { name: 'SHOP-1' });
  const fallen = issue.getByText('The catch block drops the error.');

  await expect(fallen).toBeHidden();
  await issue.getByText('Candidates that fell: 3').click();

  await expect(fallen).toBeVisible();
  await expect(fallen).toContainText('Rule empty-catch.');
  await expect(issue.getByText('Still red: expected “€ 23.80”, received “€ NaN”.')).toBeVisible();
});

test('shows the page as the red scenario left it', async ({ page, reportUrl }) => {
  await page.goto(reportUrl);

  await page.getByText('pays for a cart whose coupon has expired [chromium]red').click();

  const picture = page.getByRole('img', { name: 'The page when “pays for a cart whose coupon has expired” ended' });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
});
