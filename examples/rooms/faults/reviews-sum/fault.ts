/** The summary of reviews no longer thinks of rooms without any. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'reviews-sum',
  title: 'A room without reviews cannot be summed up',
  template: 'early-return',
  location: 'same-function',
  commit: { subject: 'Reviews: one way to sum them up' },
  edits: [
    {
      file: 'server/rooms.js',
      find: '  if (reviews.length === 0) return { count: 0, average: null, latest: null };\n',
      replace: '',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a favourite is remembered',
    file: 'server/rooms.js',
    line: 'const latest = reviews.reduce((newest, review) => (review.on > newest.on ? review : newest));',
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/rooms.js',
      find: '  const latest = reviews.reduce(',
      replace:
        '  if (reviews.length === 0) return { count: 0, average: null, latest: null };\n  const latest = reviews.reduce(',
    },
  ],
};
