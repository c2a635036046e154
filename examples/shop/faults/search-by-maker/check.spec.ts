/** The search finds exactly what it should, by maker, title and text. */
import { expect, test } from '@playwright/test';

const SEARCHES = [
  { words: 'nordsmed', titles: ['Bread knife Fjell', 'Chef’s knife Hav', 'Paring knife Lien'] },
  { words: 'nordsmed crust', titles: ['Bread knife Fjell'] },
  { words: 'workshop', titles: ['Ash tea tray', 'Oak board'] },
  { words: 'waffle', titles: [] },
  { words: 'undefined', titles: [] },
  { words: 'null', titles: [] },
];

for (const { words, titles } of SEARCHES) {
  test(`a search for ${words}`, async ({ page }) => {
    await page.goto(`/?words=${words}`);
    const count = titles.length === 0 ? /Nothing found/ : new RegExp(`^${titles.length} product`);
    await expect(page.getByRole('status')).toHaveText(count);
    await expect(page.getByRole('list', { name: 'Products' }).getByRole('heading')).toHaveText(titles);
  });
}
