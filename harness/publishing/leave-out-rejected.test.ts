import { expect, test } from 'vitest';
import { patchOf } from '../../test/ladder/scripted-trial.ts';
import { leaveOutRejected } from './leave-out-rejected.ts';

const rejectionOf = ({ id }: { id: string }) => (id.startsWith('bad') ? 'No.' : undefined);

test('leaves the next best candidate its turn, and settles an issue that has none', () => {
  const items = [patchOf('bad1'), patchOf('good'), patchOf('bad2', { issue: 'SHOP-2' })];

  expect(leaveOutRejected({ items, skipped: [] }, rejectionOf)).toEqual({
    items: [items[1]],
    skipped: [
      { subject: 'bad1', reason: 'rejected-by-person', detail: 'No.' },
      { subject: 'SHOP-2', result: 'rejected-before', reason: 'rejected-by-person', detail: 'No.' },
    ],
  });
});
