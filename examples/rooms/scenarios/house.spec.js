/** The house itself. */
import { expect, test } from '@playwright/test';

test('the house tells its hours and its news', async ({ page }) => {
  await page.goto('/house');
  await expect(page.getByRole('status')).toHaveText('Tue 12 May: open from 08:00 to 20:00');
  const notices = page.getByRole('list', { name: 'Notices' }).getByRole('listitem');
  await expect(notices).toHaveText([/^Lift under repair \(Mon 11 May to Fri 15 May\)/, /^Harbour day/]);
});

test('holidays have hours of their own', async ({ page }) => {
  await page.goto('/house?date=2026-05-13');
  await page.getByRole('link', { name: 'Day after' }).click();
  await expect(page.getByRole('status')).toHaveText('Thu 14 May: open from 10:00 to 16:00 (Ascension Day)');
});

test('the floors show who is where', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Who is where right now' }).click();
  await expect(page.getByRole('list', { name: 'Floor 1' })).toHaveText('Galley: freeKeel: taken until 11:00');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Floor 0', 'Floor 1', 'Floor 3']);
});

test('the busiest room comes first', async ({ page }) => {
  await page.goto('/usage');
  const rows = page.getByRole('table', { name: 'In use' }).getByRole('row');
  await expect(rows.first()).toHaveText('Atrium4 hours33 %#######');
  await expect(rows.nth(1)).toHaveText('Keel1 hour8 %##');
});

test('one search finds rooms, members and notices', async ({ page }) => {
  await page.goto('/');
  await page.getByLabel('Search').fill('boat');
  await page.getByLabel('Search').press('Enter');
  await expect(page.getByRole('status')).toHaveText('2 results');
  await expect(page.getByRole('list', { name: 'Results' })).toContainText('Room: Boathouse');
  await page.getByRole('link', { name: 'Rosa Wind' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Rosa Wind');
});
