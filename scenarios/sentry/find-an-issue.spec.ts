/** A developer looks for an error among many: by words, by filters, page by page, with the mouse or with keys alone. */
import { expect } from '../../harness/kit/scenario.ts';
import { errorNumber, test } from './sentry-page.ts';

test.beforeEach(async ({ page, sentry }) => {
  for (let id = 1; id <= 30; id += 1) {
    await sentry.send(
      errorNumber(id, { level: id % 10 === 0 ? 'warning' : 'error', environment: id > 28 ? 'live' : 'ci' }),
    );
  }
  await page.goto(sentry.url);
});

test('finds by words and by terms', async ({ page }) => {
  await page.getByRole('searchbox', { name: 'Search' }).fill('level:warning fault');
  await page.getByRole('button', { name: 'Search' }).click();

  await expect(page.getByRole('rowheader')).toHaveText([/fault 10.*SHOP-A.*warning/s, /fault 20/, /fault 30/]);
  await expect(page.getByRole('status')).toHaveText('3 issues');
  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('level:warning fault');
});

test('is told in words what is wrong with the search, where the search is', async ({ page }) => {
  await page.getByRole('searchbox', { name: 'Search' }).fill('timesSeen:many');
  await page.getByRole('searchbox', { name: 'Search' }).press('Enter');

  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveAccessibleDescription(/^Invalid number: many\./);
  await expect(page.getByRole('alert')).toHaveText(
    'Invalid number: many. Expected number then optional k, m, or b suffix (e.g. 500k).',
  );
  await expect(page.getByRole('table')).toHaveCount(0);
});

test('filters by environment and sorts', async ({ page }) => {
  await page.getByLabel('Environment').selectOption('live');
  await page.getByLabel('Sorted by').selectOption('First seen');
  await page.getByRole('button', { name: 'Search' }).click();

  await expect(page.getByRole('rowheader')).toHaveText([/fault 29/, /fault 30/]);
  await expect(page.getByLabel('Environment')).toHaveValue('live');
});

test('turns the pages', async ({ page }) => {
  await expect(page.getByRole('status')).toHaveText('1 to 25 of 30 issues');

  await page.getByRole('link', { name: 'Next page' }).click();

  await expect(page.getByRole('status')).toHaveText('26 to 30 of 30 issues');
  await expect(page.getByRole('rowheader')).toHaveCount(5);
  await expect(page.getByRole('link', { name: 'Next page' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Previous page' }).click();
  await expect(page.getByRole('rowheader')).toHaveCount(25);
});

test('goes through the list and opens an issue with keys alone', async ({ page }) => {
  const title = (id: number) => page.getByRole('link', { name: `TypeError: fault ${id}`, exact: true });

  await page.keyboard.press('j');
  await expect(title(1)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await expect(title(3)).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('k');
  await expect(title(1)).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('o');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('TypeError: fault 2');
  await page.getByRole('link', { name: 'Embedded Sentry' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Issues');
  await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('TypeError: fault 1');
});

test('leaves keys alone that are typed into a field', async ({ page }) => {
  await page.keyboard.press('/');
  await page.keyboard.type('jko?nr/');

  await expect(page.getByRole('searchbox', { name: 'Search' })).toHaveValue('jko?nr/');
  await expect(page.getByRole('searchbox', { name: 'Search' })).toBeFocused();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('leaves keys of the browser alone', async ({ page }) => {
  await page.keyboard.press('Control+j');

  await expect(page.getByRole('link', { name: 'TypeError: fault 1', exact: true })).not.toBeFocused();
});

test('shows its keys, and can be told to leave single keys alone', async ({ page }) => {
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys.getByRole('row')).toHaveCount(9);
  await keys.getByRole('checkbox').uncheck();
  await keys.getByRole('button', { name: 'Close' }).click();
  await expect(keys).toBeHidden();

  await page.reload();
  await page.keyboard.press('j');
  await page.keyboard.press('?');

  await expect(keys).toBeHidden();
  await expect(page.getByRole('link', { name: 'TypeError: fault 1', exact: true })).not.toBeFocused();
  await page.getByRole('button', { name: 'Keys' }).click();
  await expect(keys.getByRole('checkbox')).not.toBeChecked();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('searches, filters and opens an issue', async ({ page }) => {
    await page.getByLabel('Environment').selectOption('live');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'TypeError: fault 29' }).click();

    await expect(page.getByRole('heading', { level: 1 })).toHaveText('TypeError: fault 29');
    await expect(page.getByRole('button', { name: 'Keys' })).toBeHidden();
  });
});
