/** The review on any screen and for any reader: bright or dark, narrow, with a screen reader, from disk, without scripts. */
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from '../../harness/kit/scenario.ts';
import { faintTexts } from '../faint-texts.ts';
import { test } from './review-page.ts';

/** What axe holds to be serious or critical, as rule and place. */
async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    // Axe takes seconds on a machine that does other things besides.
    test.slow();

    test('axe finds nothing serious in the night, and every text can be read', async ({ page, review }) => {
      await review.enter(page);

      expect(await seriousFindings(page)).toEqual([]);
      expect(await faintTexts(page)).toEqual([]);
    });

    test('nor in an issue, with its diff in one column or two', async ({ page, review }) => {
      await review.enter(page);
      await page.getByRole('link', { name: /^SHOP-1/ }).click();
      await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible();

      expect(await seriousFindings(page)).toEqual([]);
      expect(await faintTexts(page)).toEqual([]);
      await page.getByRole('button', { name: 'Side by side' }).click();
      expect(await seriousFindings(page)).toEqual([]);
    });

    test('nor in its dialogs', async ({ page, review }) => {
      await review.enter(page);
      await page.getByRole('link', { name: /^SHOP-1/ }).click();

      await page.getByRole('button', { name: 'Reject' }).click();
      await expect(page.getByRole('dialog', { name: 'Reject' })).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
      expect(await seriousFindings(page)).toEqual([]);
    });
  });
}

test.describe('on a narrow telephone', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('needs no scrolling to the side', async ({ page, review }) => {
    const width = (): Promise<number> =>
      page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
        return document.documentElement.scrollWidth;
      });
    await review.enter(page);
    expect(await width()).toBe(320);

    await page.getByRole('link', { name: /^SHOP-1/ }).click();
    await expect(page.getByRole('button', { name: 'Approve' })).toBeVisible();
    expect(await width()).toBe(320);
    await page.getByRole('button', { name: 'Reject' }).click();
    await expect(page.getByRole('dialog')).toBeInViewport();
    expect(await width()).toBe(320);
  });
});

test('from disk: pages, style, keys, filter and pictures work, and nothing acts', async ({ page, review }) => {
  const wrong: string[] = [];
  page.on('console', (message) => wrong.push(message.text()));
  page.on('requestfailed', (request) => wrong.push(request.url()));
  await page.goto(pathToFileURL(await review.writeFiles()).href);

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('3 proven branches mend 4 of 7 issues.');
  await page.getByRole('button', { name: /^flaky/ }).click();
  await expect(page.locator('[data-row]:visible')).toHaveText([/^SHOP-5/]);
  await page.getByRole('button', { name: /^all/ }).click();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.locator('.issue-head .id')).toHaveText('SHOP-1');
  expect(await page.locator('.compare .over').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
  await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).maxWidth)).toBe('1408px');
  expect(wrong).toEqual([]);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('leads through the night and shows the evidence', async ({ page, review }) => {
    await page.goto(pathToFileURL(await review.writeFiles()).href);

    await page.getByRole('link', { name: /^SHOP-1/ }).click();

    await expect(page.getByText('Before: red in 10 of 10 runs')).toBeVisible();
    await expect(page.getByRole('img', { name: /^The page when/ })).toHaveCount(2);
  });
});
