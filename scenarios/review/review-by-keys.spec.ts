/** A developer who touches no mouse goes through a night: from issue to issue, reads, decides, and comes back. */
import { expect } from '../../harness/kit/scenario.ts';
import { test, WITH_GIT } from './review-page.ts';

test('walks from the first issue to the last and back, and finds every key in the list', async ({ page, review }) => {
  await review.enter(page);
  await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' }).getByRole('row')).toHaveCount(11);
  await page.keyboard.press('Escape');
  // It gives the focus back when it closes.
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();

  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(page.getByRole('link', { name: /^SHOP-1/ })).toBeFocused();
  await page.keyboard.press('Enter');

  const id = page.locator('.issue-head .id');
  for (const issue of ['SHOP-1', 'SHOP-2', 'SHOP-3', 'SHOP-6', 'SHOP-4', 'SHOP-5']) {
    await expect(id).toHaveText(issue);
    // Shown by the script, which then listens.
    await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible();
    if (issue !== 'SHOP-5') await page.keyboard.press('j');
  }
  await page.keyboard.press('k');
  await expect(id).toHaveText('SHOP-4');
  await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('u');
  await expect(page).toHaveURL(`${review.url}/night/${review.run}/`);
});

test('copies the proof, turns the diff, rejects and approves without a mouse', async ({ page, review, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await review.enter(page);
  await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible();

  await page.keyboard.press('c');
  await expect(page.getByText(/^Copied: git switch mend\/shop-1/)).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('--repeat-each 5');

  await page.keyboard.press('s');
  await expect(page.getByRole('button', { name: 'Side by side' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.in-two .line.delete')).toBeVisible();
  await expect(page.locator('.unified')).toBeHidden();

  await page.keyboard.press('e');
  await expect(page.getByText('The place is:')).toBeVisible();

  await page.keyboard.press('r');
  await expect(page.getByLabel('Why?')).toBeFocused();
  await page.keyboard.type('just a try: a, r, j');
  await expect(page.getByLabel('Why?')).toHaveValue('just a try: a, r, j');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Reject' })).toBeFocused();

  await page.keyboard.press('a');
  const yes = page.getByRole('dialog', { name: 'Approve this branch?' }).getByRole('button', { name: 'Approve' });
  await expect(yes).toBeFocused(WITH_GIT);
  await page.keyboard.press('Enter');
  await expect(page.getByText('was merged into main at origin')).toBeVisible(WITH_GIT);
  expect(await review.atRemote('log', '-1', '--format=%s', 'main')).toMatch(/^Merge mend\/shop-1/);
});
