/** A developer watches a night while it runs: its stages, what it finds, and that it has ended. */
import { expect } from '../../harness/kit/scenario.ts';
import { test } from './review-page.ts';

const TONIGHT = '2026-11-24T02-00-00-aaaa';

test('sees the stages as they come, and is led to the night when it has ended', async ({ page, review }) => {
  await review.enter(page);
  const live = page.getByRole('region', { name: 'A night is running' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(live).toHaveCount(0);

  await review.lock(TONIGHT);
  await review.tell(TONIGHT, { kind: 'stage', text: 'run', detail: 'running every scenario on the base' });
  await review.tell(TONIGHT, { kind: 'update', text: 'green: [chromium] pays' });
  await expect(live).toContainText('Run the scenarios');
  await expect(live).toContainText('green: [chromium] pays');
  await expect(live.getByRole('status')).toHaveText('A night is running: Run the scenarios.');

  await review.tell(TONIGHT, { kind: 'line', text: 'exception in pays: <img src=x onerror=alert(1)>' });
  await review.tell(TONIGHT, { kind: 'stage', text: 'collect', detail: 'reading the issues from Sentry' });
  await expect(live.getByRole('listitem').filter({ hasText: 'Collect the issues' })).toHaveAttribute(
    'aria-current',
    'step',
  );
  await expect(live).toContainText('exception in pays: <img src=x onerror=alert(1)>');

  await review.tell(TONIGHT, { kind: 'end', text: '' });
  await review.lock(undefined);
  await expect(page.getByRole('region', { name: 'A night has ended' })).toBeVisible();
});

test('sees that a night was cut off', async ({ page, review }) => {
  await review.tell(TONIGHT, { kind: 'stage', text: 'run', detail: '' });

  await review.enter(page);

  await expect(page.getByRole('region', { name: 'A night was cut off' })).toContainText('Run the scenarios');
});

test.describe('before any night has ended', () => {
  test.use({ night: 'none' });

  test('follows the first one', async ({ page, review }) => {
    await review.enter(page);
    await expect(page.getByText('npx mendwright nightly')).toBeVisible();

    await review.lock(TONIGHT);
    await review.tell(TONIGHT, { kind: 'stage', text: 'validate', detail: 'judging 3 candidates' });

    await expect(page.getByRole('region', { name: 'A night is running' })).toContainText('Prove one');
  });
});
