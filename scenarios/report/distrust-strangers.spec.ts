/** Whoever holds the DSN can write an event: in the report, its text stays text. */
import { expect } from '../../harness/kit/scenario.ts';
import { test } from './report-page.ts';

test('shows a hostile title as text and runs none of it', async ({ page, reportUrl }) => {
  const dialogs: string[] = [];
  page.on('dialog', async (dialog) => {
    dialogs.push(dialog.message());
    await dialog.dismiss();
  });

  await page.goto(reportUrl);

  const title = page.getByRole('article', { name: 'SHOP-6' }).getByRole('heading', { level: 3 });
  await expect(title).toHaveText(
    'RangeError: <img src=x onerror=alert(1)> ‹U+202E›txt.exe‹U+202C› red `rm -rf` | [click](javascript:alert(1)) @everyone & "quotes"',
  );
  await expect(title.locator('*')).toHaveCount(0);
  await expect(page.locator('script, iframe, object, [onerror], [onload], a[href^="javascript:"]')).toHaveCount(0);
  await expect(page.locator('img:not([src^="data:image/png;base64,"])')).toHaveCount(0);
  expect(dialogs).toEqual([]);
});

test('would not run a script that got in all the same', async ({ page, reportUrl }) => {
  await page.goto(reportUrl);

  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "run";';
    document.body.append(script);
  });

  await expect(page).toHaveTitle('shop: 3 proven branches mend 4 of 7 issues.');
});
