/** A developer reads what broke, steps through its events, and says what was done about it. */
import { expect } from '../../harness/kit/scenario.ts';
import { errorNumber, test } from './sentry-page.ts';

const ids = ['aa', 'bb', 'cc'].map((pair) => pair.repeat(16));

test.beforeEach(async ({ page, sentry }) => {
  for (const [index, id] of ids.entries()) {
    const timestamp = Date.now() / 1000 - 60 + index;
    await sentry.send(errorNumber(1, { event_id: id, timestamp, tags: { turn: `${index + 1}` } }));
  }
  await page.goto(sentry.url);
  await page.getByRole('link', { name: 'TypeError: fault 1' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('TypeError: fault 1');
  // Shown by the script: from now on keys are heard.
  await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible();
});

test("sees the app's own frame with its source, and the others on demand", async ({ page }) => {
  const exception = page.getByRole('article').filter({ hasText: 'TypeError' });

  await expect(exception.getByText('return cart.sum.net;')).toBeVisible();
  await expect(exception.getByText('node_modules/express/index.js:9')).toBeHidden();
  await exception.getByText('1 frame outside of the app').click();

  await expect(exception.getByText('node_modules/express/index.js:9')).toBeVisible();
});

test('steps through the events with links and with keys', async ({ page }) => {
  const event = page.getByRole('region', { name: 'Event', exact: true });
  const steps = page.getByRole('navigation', { name: 'Events' });
  await expect(event).toContainText(ids[2] ?? '');

  await page.keyboard.press('p');
  await expect(event).toContainText(ids[1] ?? '');
  await page.keyboard.press('n');
  await expect(event).toContainText(ids[2] ?? '');
  await steps.getByRole('link', { name: 'First' }).click();
  await expect(event).toContainText(ids[0] ?? '');
  await page.keyboard.press('p');
  await expect(event).toContainText(ids[0] ?? '');
  await expect(steps.getByRole('link')).toHaveText(['Newer', 'Latest']);
  await steps.getByRole('link', { name: 'Latest' }).click();
  await expect(event).toContainText(ids[2] ?? '');
});

test('resolves by key, and reopens', async ({ page }) => {
  await page.keyboard.press('r');

  await expect(page.getByRole('status')).toContainText('The issue is resolved.');
  await page.getByRole('link', { name: 'Embedded Sentry' }).click();
  await expect(page.getByRole('status')).toContainText('No unresolved issues.');
  await page.getByLabel('Status').selectOption('Resolved');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: 'TypeError: fault 1' }).click();
  await page.getByRole('button', { name: 'Reopen' }).click();
  await expect(page.getByRole('button', { name: 'Resolve', exact: true })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Activity' }).getByRole('listitem')).toHaveText([
    /^Reopened/,
    /^Resolved/,
    /^First seen/,
  ]);
});

test('keeps a note, and is told where the same is said twice', async ({ page }) => {
  const note = page.getByRole('textbox', { name: 'Note' });
  await note.fill('Seen since <b>Monday</b>, see #12.');
  await page.getByRole('button', { name: 'Keep the note' }).click();
  await expect(page.getByRole('region', { name: 'Activity' }).getByRole('listitem').first()).toContainText(
    'Seen since <b>Monday</b>',
  );

  await note.fill('Seen since <b>Monday</b>, see #12.');
  await page.getByRole('button', { name: 'Keep the note' }).click();

  await expect(note).toHaveAccessibleDescription('The same note was kept within the last hour.');
  await expect(note).toHaveValue('Seen since <b>Monday</b>, see #12.');
});

test('goes from a tag to all that have it', async ({ page }) => {
  await page.getByRole('list', { name: 'turn' }).getByRole('link', { name: '3' }).click();

  await expect(page.getByRole('searchbox')).toHaveValue('turn:3');
  await expect(page.getByRole('rowheader')).toHaveText([/fault 1/]);
});

test('finds the issue by its short id from any page', async ({ page }) => {
  await page.keyboard.press('/');
  await page.keyboard.type('shop-1');
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(/\/organizations\/mendwright\/issues\/1\/$/);
});

test('another site can send no form', async ({ page, sentry }) => {
  const issue = page.url();
  await page.route('http://elsewhere.test/', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<form method="post" action="${issue}status/"><button name="to" value="resolved">Win</button></form>`,
    }),
  );
  await page.context().grantPermissions(['local-network-access']);
  await page.goto('http://elsewhere.test/');
  await page.getByRole('button', { name: 'Win' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Not allowed');

  await page.goto(sentry.url);

  await expect(page.getByRole('link', { name: 'TypeError: fault 1' })).toBeVisible();
});
