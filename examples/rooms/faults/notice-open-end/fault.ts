/** A notice holds until further notice. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'notice-open-end',
  title: 'A notice without an end cannot be dated',
  template: 'ternary guard',
  location: 'other-file',
  commit: { subject: 'Harbour day: until further notice' },
  edits: [
    {
      file: 'server/data/notices.json',
      find: '"from": "2026-05-09",\n    "until": "2026-05-16"',
      replace: '"from": "2026-05-09",\n    "until": null',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the house tells its hours and its news',
    file: 'public/js/components/notice-list.js',
    line: 'return `${formatDay(from)} to ${formatDay(until)}`;',
  },
  mendable: true,
  humanFix: [
    {
      file: 'public/js/components/notice-list.js',
      find: '  return `${formatDay(from)} to ${formatDay(until)}`;',
      replace: '  return until === null ? `from ${formatDay(from)}` : `${formatDay(from)} to ${formatDay(until)}`;',
    },
  ],
};
