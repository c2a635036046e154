/** Booking a room. */
import { expect, test } from '@playwright/test';

test('the price follows the wishes', async ({ page }) => {
  await page.goto('/rooms/galley/book');
  const costs = page.getByRole('status', { name: 'Costs' });
  await expect(costs).toContainText('1 hour€20.00');
  await page.getByLabel('To', { exact: true }).fill('13:00');
  await page.getByLabel('Guests').fill('3');
  await page.getByLabel('Coffee and tea').check();
  await expect(costs).toContainText('4 hours€72.00');
  await expect(costs).toContainText('Coffee and tea€10.50');
  await expect(costs).toContainText('Total€82.50');
});

test('a room is booked and cancelled', async ({ page }) => {
  await page.goto('/rooms/crow/book');
  await page.getByLabel('For').fill('Tax day');
  await page.getByLabel('Day').fill('2026-06-02');
  await page.getByLabel('Host at the door').check();
  await page.getByRole('button', { name: 'Book', exact: true }).click();

  const booked = page.getByRole('list', { name: 'To come' }).getByRole('listitem').filter({ hasText: 'Tax day' });
  await expect(booked).toContainText("Crow's nest, Tue 2 June 09:00–10:00, €74.00");
  await page.getByRole('button', { name: 'Cancel Tax day' }).click();
  await expect(booked).toContainText('cancelled');
});

test('a room that is taken cannot be booked', async ({ page }) => {
  await page.goto('/rooms/keel/book');
  await page.getByLabel('For').fill('Second interview');
  await page.getByLabel('From').fill('10:00');
  await page.getByLabel('To', { exact: true }).fill('12:00');
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.locator('form [role=status]')).toHaveText('The room is taken at that time.');
});

test('a booking is saved as a calendar file', async ({ page }) => {
  await page.goto('/bookings');
  await expect(page.getByRole('list', { name: 'Past' })).toContainText('Planning, Galley, Tue 28 April');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Calendar file of Board' }).click();
  expect((await saved).suggestedFilename()).toBe('booking-104.ics');
  await expect(page.locator('main > [role=status]')).toContainText('Saved booking-104.ics');
});
