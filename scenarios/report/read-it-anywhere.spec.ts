/** The report opens from disk on any screen: on a telephone, in the dark, without scripts, and it asks the network for nothing. */
import { expect } from '../../harness/kit/scenario.ts';
import { faintTexts } from '../faint-texts.ts';
import { test } from './report-page.ts';

test.describe('on a narrow telephone', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('needs no scrolling to the side, even with everything unfolded', async ({ page, reportUrl }) => {
    await page.goto(reportUrl);

    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await expect(page.getByText('return line.amount * (line.offer?.price ?? line.price);').first()).toBeVisible();
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('shows issues and unfolds what was tried', async ({ page, reportUrl }) => {
    await page.goto(reportUrl);

    const issue = page.getByRole('article', { name: 'SHOP-2' });
    await issue.getByText('Candidates that fell: 1').click();

    await expect(issue.getByText('use an empty list where orders is none')).toBeVisible();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('keeps every text readable on its ground', async ({ page, reportUrl }) => {
      await page.goto(reportUrl);

      expect(await faintTexts(page)).toEqual([]);
    });
  });
}

test('asks the network for nothing', async ({ page, reportUrl }) => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) asked.push(request.url());
  });

  await page.goto(reportUrl, { waitUntil: 'networkidle' });

  expect(asked).toEqual([reportUrl]);
});
