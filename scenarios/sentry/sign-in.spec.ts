/** A server that other machines may reach asks for its token before it shows anything. */
import { expect } from '../../harness/kit/scenario.ts';
import { errorNumber, test } from './sentry-page.ts';

test.use({ token: 'a long enough token' });

test.beforeEach(({ sentry }) => sentry.send(errorNumber(1)));

test('shows nothing before the token, then what was asked for', async ({ page, sentry, token }) => {
  await page.goto(`${sentry.url}/?query=fault`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await expect(page.getByText('fault 1')).toHaveCount(0);

  await page.getByLabel('Token of this server').fill('guess');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Token of this server')).toHaveAccessibleDescription('That is not this server’s token.');
  await page.getByLabel('Token of this server').fill(token);
  await page.keyboard.press('Enter');

  await expect(page).toHaveURL(`${sentry.url}/?query=fault`);
  await page.getByRole('link', { name: 'TypeError: fault 1' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('TypeError: fault 1');
  await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.getByRole('status')).toContainText('The issue is resolved.');
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test('lets in who follows a link of another site, and nobody after signing out', async ({ page, sentry, token }) => {
  const issue = `${sentry.url}/organizations/mendwright/issues/1/`;
  await page.context().grantPermissions(['local-network-access']);
  await page.route('http://elsewhere.test/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<a href="${issue}">The issue</a>` }),
  );
  await page.goto(sentry.url);
  await page.getByLabel('Token of this server').fill(token);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Issues');

  await page.goto('http://elsewhere.test/');
  await page.getByRole('link', { name: 'The issue' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('TypeError: fault 1');
  await page.getByRole('button', { name: 'Sign out' }).click();

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  await page.goto(issue);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
});
