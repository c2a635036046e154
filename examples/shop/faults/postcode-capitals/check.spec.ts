/** The postcode that was typed is the one that is kept, in capitals. */
import { expect, test } from '@playwright/test';

test('the postcode is kept', async ({ page }) => {
  await page.goto('/account');
  await page.getByLabel('Postcode').fill(' 1011 ab ');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText('Saved for Ingrid Solberg.');
  await page.reload();
  await expect(page.getByLabel('Postcode')).toHaveValue(/^1011 ab$/i);
  await expect(page.getByLabel('Street')).toHaveValue('Elvegata 12');
});

test('an address without a postcode is refused', async ({ page }) => {
  const address = { street: 'Kai 3', postcode: ' ', city: 'Bergen', country: 'NO' };
  const answer = await page.request.put('/api/account', { data: { name: 'Liv', email: 'liv@kai.example', address } });
  expect(answer.status()).toBe(422);
});
