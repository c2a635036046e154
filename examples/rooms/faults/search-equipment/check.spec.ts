/** Each result says of what kind it is. */
import { expect, test } from '@playwright/test';

test('equipment is found with a label', async ({ page }) => {
  await page.goto('/search?q=camera');
  const results = page.getByRole('list', { name: 'Results' }).getByRole('listitem');
  await expect(results).toHaveText(/^\S+ [A-Z]\w+: Conference camera$/);
  await expect(results).not.toContainText('undefined');
  await page.goto('/search?q=lift');
  await expect(results).toHaveText('✎ Notice: Lift under repair');
});
