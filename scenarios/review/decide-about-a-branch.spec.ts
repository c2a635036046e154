/** A developer decides in the morning: approves one branch, rejects another, and git and the ledger hold it. */
import { expect } from '../../harness/kit/scenario.ts';
import { test, WITH_GIT } from './review-page.ts';

const BRANCH = 'mend/shop-1-take-the-lines-own-price';

test.beforeEach(async ({ page, review }) => {
  await review.enter(page);
  await page.getByRole('link', { name: /^SHOP-1/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText("reading 'price'");
});

test('approves: asked first, then merged at the remote, and nothing here has moved', async ({ page, review }) => {
  const before = await review.git('for-each-ref');
  const status = await review.git('status', '--porcelain');

  await page.getByRole('button', { name: 'Approve' }).click();
  const dialog = page.getByRole('dialog', { name: 'Approve this branch?' });
  await expect(dialog).toContainText(`${BRANCH} will be merged into main at origin.`, WITH_GIT);
  await dialog.getByRole('button', { name: 'Approve' }).click();

  await expect(page.getByText(`${BRANCH} was merged into main at origin`)).toBeVisible(WITH_GIT);
  await expect(dialog).toBeHidden();
  expect(await review.atRemote('rev-parse', 'main^2')).toBe(await review.git('rev-parse', BRANCH));
  expect(await review.atRemote('show', 'main:src/cart/totals.ts')).toContain('line.offer?.price ?? line.price');
  expect(await review.git('for-each-ref')).toBe(before);
  expect(await review.git('status', '--porcelain')).toBe(status);
  await page.reload();
  await expect(page.getByText('approved', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);
});

test('changes nothing when the question is answered with no', async ({ page, review }) => {
  const before = await review.atRemote('for-each-ref');

  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();

  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await review.atRemote('for-each-ref')).toBe(before);
  await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible();
});

test('rejects with a reason, which the ledger keeps here and at the remote', async ({ page, review }) => {
  await page.getByRole('button', { name: 'Reject' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reject this branch?' });
  await dialog.getByRole('button', { name: 'Reject' }).click();
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Why?').fill('The offer must not be missing.');
  await dialog.getByRole('button', { name: 'Reject' }).click();

  await expect(page.getByText(`${BRANCH} is rejected: its patch will not be proposed again.`)).toBeVisible(WITH_GIT);
  for (const ask of [review.git, review.atRemote]) {
    expect(await ask('grep', '-h', '"why"', 'refs/mendwright/ledger')).toContain('The offer must not be missing.');
  }
  expect(await review.atRemote('rev-parse', 'main')).toBe(await review.git('rev-parse', 'main'));
  await page.getByRole('link', { name: 'The night of' }).click();
  await expect(page.getByRole('link', { name: /^SHOP-1/ })).toContainText('rejected');
});

test('is told what stands in the way, and how to go on', async ({ page, review }) => {
  await review.git('update-ref', `refs/heads/${BRANCH}`, 'main');

  await page.getByRole('button', { name: 'Approve' }).click();

  await expect(page.getByRole('status').filter({ hasText: 'is no longer at' })).toContainText(
    `git show ${BRANCH}`,
    WITH_GIT,
  );
});
