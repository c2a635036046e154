/** Every event of every parcel is shown with its place, also the only one. */
import { expect, test } from '@playwright/test';

test('a single event is shown like many', async ({ page }) => {
  await page.goto('/orders/1043');
  const parcel = page.getByRole('region', { name: 'Parcel PX-1043-1' });
  await expect(parcel).toContainText('Picked up, 20 Oct 2026');
  await expect(parcel.getByRole('listitem')).toHaveText(['20 Oct 2026: Picked up, Drammen']);

  await page.goto('/orders/1042');
  const events = page.getByRole('region', { name: 'Parcel PX-1042-1' }).getByRole('listitem');
  await expect(events).toHaveCount(3);
  await expect(events.last()).toHaveText('2 Oct 2026: Delivered, Oslo');
});
