/** The file holds every order with its day and a plain number. */
import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';

test('the file is complete', async ({ page }) => {
  await page.goto('/orders');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as CSV' }).click(),
  ]);
  const [header, ...lines] = (await readFile(await file.path(), 'utf8')).split('\n');
  expect(header).toBe('Order;Placed;Status;Total');
  expect(lines.map((line) => line.split(';')[0])).toEqual(['1044', '1043', '1042']);
  expect(lines[1]).toBe('1043;19 Oct 2026;shipped;186.80');
});
