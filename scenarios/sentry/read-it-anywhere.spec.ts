/** The page on a narrow telephone, in the dark, and by its roles and names alone, as a screen reader tells it. */
import { expect } from '../../harness/kit/scenario.ts';
import { faintTexts } from '../faint-texts.ts';
import { errorNumber, type Sentry, test } from './sentry-page.ts';

const LONG = 'a_name_without_any_place_to_break_'.repeat(6);

async function fill({ send }: Sentry): Promise<void> {
  for (let id = 1; id <= 30; id += 1) await send(errorNumber(id, { level: ['fatal', 'warning', 'info'][id % 3] }));
  await send(
    errorNumber(1, {
      event_id: 'ab'.repeat(16),
      timestamp: Date.now() / 1000,
      transaction: LONG,
      release: 'shop@1.4.0',
      environment: 'ci',
      breadcrumbs: {
        values: [{ category: 'fetch', message: `https://shop.test/${LONG}`, data: { status: 500, url: LONG } }],
      },
      request: { url: `https://shop.test/${LONG}`, headers: { 'User-Agent': LONG }, data: { [LONG]: LONG } },
      user: { id: '7', email: `${LONG}@example.org` },
      contexts: { runtime: { name: 'node', version: 'v24.1.0' }, odd: { [LONG]: LONG } },
      tags: { [LONG]: LONG },
      extra: { [LONG]: [LONG] },
    }),
  );
}

const PAGES = [
  '/',
  '/?query=%22',
  '/?query=nothing',
  '/organizations/mendwright/issues/1/',
  '/organizations/mendwright/issues/99/',
];

test.describe('on a narrow telephone', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('needs no scrolling to the side, even with everything unfolded', async ({ page, sentry }) => {
    await fill(sentry);
    for (const path of PAGES) {
      await page.goto(`${sentry.url}${path}`);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });

      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBe(320);
    }
    await page.goto(sentry.url);
    await expect(page.getByRole('columnheader')).toHaveText(['Issue', 'Events']);
    await page.getByRole('button', { name: 'Keys' }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('keeps every text readable on its ground', async ({ page, sentry }) => {
      await fill(sentry);
      for (const path of [...PAGES, '/organizations/mendwright/issues/1/?done=resolved']) {
        await page.goto(`${sentry.url}${path}`);
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
        });

        expect(await faintTexts(page), path).toEqual([]);
      }
      const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(ground).toBe(colorScheme === 'dark' ? 'rgb(21, 23, 22)' : 'rgb(246, 246, 243)');
    });
  });
}

test('tells a screen reader what is where', async ({ page, sentry }) => {
  await fill(sentry);
  await page.goto(sentry.url);

  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - link "Skip to the content"
    - banner:
      - link "Embedded Sentry"
      - button "Keys ?"
    - main:
      - heading "Issues" [level=1]
      - search:
        - text: Search
        - searchbox "Search"
        - combobox "Status"
        - combobox "Project"
        - combobox "Environment"
        - combobox "Seen in"
        - combobox "Sorted by"
        - button "Search"
      - status: 1 to 25 of 30 issues
      - table "Issues":
        - rowgroup:
          - row:
            - columnheader "Issue"
            - columnheader "24 hours"
            - columnheader "Events"
            - columnheader "Users"
            - columnheader "Last seen"
            - columnheader "First seen"
        - rowgroup:
          - row:
            - rowheader:
              - 'link "TypeError: fault 1"'
            - cell "2 events in 24 hours":
              - img "2 events in 24 hours"
            - cell "2"
      - navigation "Pages":
        - text: Page 1 of 2
        - link "Next page"
  `);
});

test('gives every part of an issue a name, headings without gaps, and a way past what is repeated', async ({
  page,
  sentry,
}) => {
  await fill(sentry);
  await page.goto(`${sentry.url}/organizations/mendwright/issues/1/`);

  const headings = await page.getByRole('heading').evaluateAll((all) => all.map((one) => Number(one.tagName.slice(1))));
  expect(headings[0]).toBe(1);
  expect(headings.filter((level, index) => level > (headings[index - 1] ?? 1) + 1)).toEqual([]);
  const nameless = await page
    .locator('input:not([type=hidden]), select, textarea, button, a, summary, table, nav, section[aria-labelledby]')
    .evaluateAll((all) =>
      all
        .filter(
          (one) =>
            one.textContent.trim() === '' &&
            one.getAttribute('aria-label') === null &&
            one.closest('label') === null &&
            document.querySelector(`label[for="${one.id}"]`) === null,
        )
        .map((one) => one.outerHTML),
    );
  expect(nameless).toEqual([]);
  const twice = await page
    .locator('[id]')
    .evaluateAll((all) => all.map((one) => one.id).filter((id, index, ids) => ids.indexOf(id) !== index));
  expect(twice).toEqual([]);
  await expect(page.getByRole('complementary', { name: 'About the issue' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Where this is' }).locator('[aria-current=page]')).toHaveText(
    'SHOP-1',
  );
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
