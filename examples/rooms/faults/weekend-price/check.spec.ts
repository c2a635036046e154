/** The price of the booking is that of the form. */
import { expect, test } from '@playwright/test';

test('a booking costs what was quoted', async ({ page }) => {
  await page.goto('/rooms/crow/book');
  await page.getByLabel('For').fill('Saturday');
  await page.getByLabel('Day').fill('2026-06-06');
  await expect(page.getByRole('status', { name: 'Costs' })).toContainText('Total€11.20');
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  const booked = page.getByRole('list', { name: 'To come' }).getByRole('listitem').filter({ hasText: 'Saturday' });
  await expect(booked).toContainText('Sat 6 June 09:00–10:00, €11.20');
});
