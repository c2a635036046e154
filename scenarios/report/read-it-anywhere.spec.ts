/** The report opens from disk on any screen: on a telephone, in the dark, without scripts, and it asks the network for nothing. */
import { expect } from '../../harness/kit/scenario.ts';
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

      const faint = await page.evaluate(() => {
        const light = (colour: string): { value: number; alpha: number } => {
          const [red = 0, green = 0, blue = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
          const part = (c: number): number =>
            c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4;
          return { value: 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue), alpha };
        };
        const groundOf = (element: Element | null): number => {
          if (element === null) return 1;
          const { value, alpha } = light(getComputedStyle(element).backgroundColor);
          return alpha > 0 ? value : groundOf(element.parentElement);
        };
        return [...document.querySelectorAll('body *')]
          .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
          .filter((one) => {
            const [a, b] = [light(getComputedStyle(one).color).value, groundOf(one)];
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) < 4.5;
          })
          .map((one) => `${one.className}: ${one.textContent?.trim().slice(0, 40)}`);
      });

      expect([...new Set(faint)]).toEqual([]);
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
