/** Finding a room. */
import { expect, test } from '@playwright/test';

test('rooms are narrowed by seats and equipment, and sorted', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('status')).toHaveText('6 rooms');
  await page.getByRole('spinbutton', { name: 'Seats' }).fill('8');
  await page.getByRole('checkbox', { name: 'Screen' }).check();
  await page.getByLabel('Sort by').selectOption('Price');
  await expect(page.getByRole('status')).toHaveText('3 rooms');
  const rooms = page.getByRole('list', { name: 'Rooms' }).getByRole('heading');
  await expect(rooms).toHaveText(['Galley', 'Lighthouse', 'Boathouse']);

  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByRole('status')).toHaveText('6 rooms');
});

test('the list begins with the next booking', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('Next: Interview, Keel, today at 10:00')).toBeVisible();
});

test('a room shows what stands in it and what members say', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Lighthouse' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lighthouse');
  await expect(page.getByRole('list', { name: 'Equipment' })).toHaveText('ScreenConference cameraWhiteboard');
  const reviews = page.getByRole('region', { name: 'What members say' });
  await expect(reviews).toContainText('4.5 of 5, 2 reviews. Latest: “Everybody sees everybody.”');
  await expect(reviews.getByRole('listitem').first()).toContainText('Ines Falk');
});

test('the calendar goes from day to day', async ({ page }) => {
  await page.goto('/rooms/atrium');
  const calendar = page.getByRole('region', { name: 'Calendar' });
  await expect(calendar).toContainText('Tue 12 May');
  await expect(calendar.getByRole('status')).toHaveText('8 free hours');
  await expect(calendar.getByRole('listitem').nth(6)).toHaveText('14:00–15:00 Spring talk');
  await page.getByRole('button', { name: 'Next day' }).click();
  await expect(calendar).toContainText('Wed 13 May');
  await expect(calendar.getByRole('status')).toHaveText('12 free hours');
});

test('a favourite is remembered', async ({ page }) => {
  await page.goto('/rooms/crow');
  await page.getByRole('button', { name: 'Make it a favourite' }).click();
  await expect(page.getByRole('button', { name: 'No longer a favourite' })).toBeVisible();
  await page.getByRole('link', { name: 'Harbour Rooms' }).click();
  await expect(page.getByRole('heading', { name: "Crow's nest" })).toContainText('★');
});
