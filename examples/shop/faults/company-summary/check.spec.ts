/** Business customers see their company; private ones have a form that works. */
import { expect, test } from '@playwright/test';

test('a company is shown with name and number', async ({ page }) => {
  const address = { street: 'Kai 3', postcode: '5003', city: 'Bergen', country: 'NO' };
  const company = { name: 'Kai Kantine AS', vatId: 'NO 123' };
  await page.request.put('/api/account', { data: { name: 'Liv', email: 'liv@kai.example', address, company } });
  await page.goto('/account');
  await expect(page.getByLabel('Company')).toContainText('Kai Kantine AS');
  await expect(page.getByLabel('Company')).toContainText('NO 123');
  await expect(page.getByLabel('City')).toHaveValue('Bergen');
});

test('a private customer can change the name', async ({ page }) => {
  await page.goto('/account');
  await page.getByLabel('Name').fill('Ingrid Berg');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText('Saved for Ingrid Berg.');
  await expect(page.getByLabel('E-mail')).toHaveValue('ingrid@example.com');
  await expect(page.getByRole('main')).not.toContainText('undefined');
});
