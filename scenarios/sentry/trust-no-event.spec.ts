/** Whoever holds the DSN can write an event: on the page, its text stays text and is seen as it is. */
import { expect } from '../../harness/kit/scenario.ts';
import { errorNumber, test } from './sentry-page.ts';

const EVIL = '</h1><img src=x onerror=alert(1)><script>alert(2)</script>"onmouseover="alert(3) \u202egnp.exe\u0000';

test('runs nothing of a hostile event, asks no other server, and shows what is hidden in it', async ({
  page,
  sentry,
}) => {
  const alarms: string[] = [];
  page.on('dialog', async (dialog) => {
    alarms.push(dialog.message());
    await dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${sentry.url}/`)) alarms.push(request.url());
  });
  page.on('console', (message) => alarms.push(message.text()));
  const frames = [
    { function: EVIL, filename: EVIL, lineno: 1, in_app: true, context_line: EVIL, vars: { [EVIL]: EVIL } },
  ];
  await sentry.send({
    ...errorNumber(1),
    transaction: EVIL,
    exception: { values: [{ type: EVIL, value: EVIL, stacktrace: { frames } }] },
    breadcrumbs: { values: [{ category: EVIL, message: EVIL, data: { [EVIL]: EVIL } }] },
    request: { url: 'javascript:alert(4)', headers: { [EVIL]: EVIL } },
    tags: { [EVIL]: EVIL },
    user: { id: EVIL },
    contexts: { [EVIL]: { [EVIL]: EVIL } },
  });

  await page.goto(sentry.url);
  await expect(page.getByRole('rowheader')).toContainText('<script>alert(2)</script>');
  await page.getByRole('rowheader').getByRole('link').click();

  const title = page.getByRole('heading', { level: 1 });
  await expect(title).toContainText('<img src=x onerror=alert(1)>');
  await expect(title).toContainText('‹U+202E›gnp.exe␀');
  expect(
    await page.locator('main :is(script, img, iframe, [onerror], [onmouseover], [href^="javascript:"])').count(),
  ).toBe(0);
  expect(alarms).toEqual([]);
});
