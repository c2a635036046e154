/** Being on the list already is told, and does not break the page. */
import { expect, test } from '@playwright/test';

test('an address is put on the list once, however it is written', async ({ page }) => {
  await page.goto('/products/bread-knife');
  const ask = async (email: string) => {
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Tell me' }).click();
  };
  await ask('Theo@Example.com');
  await expect(page.getByRole('status')).toHaveText('We will write to theo@example.com.');
  await ask('theo@example.com');
  await expect(page.getByRole('status')).toHaveText('You are on the list already.');
  await ask('anouk@example.com');
  await expect(page.getByRole('status')).toHaveText('We will write to anouk@example.com.');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bread knife Fjell');
});
