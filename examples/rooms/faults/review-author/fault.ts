/** Reviews of members who left have no author any more. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'review-author',
  title: 'A review without an author breaks the room page',
  template: 'optional-chain',
  location: 'throw-line',
  commit: { subject: 'Reviews: leave out the names of members who left' },
  edits: [
    {
      file: 'server/data/reviews.json',
      find: '"on": "2026-05-04", "author": { "name": "Yusuf Aydin" }',
      replace: '"on": "2026-05-04", "author": null',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a room shows what stands in it and what members say',
    file: 'public/js/components/review-list.js',
    line: 'const author = review.author.name;',
  },
  mendable: true,
  humanFix: [
    {
      file: 'public/js/components/review-list.js',
      find: 'review.author.name;',
      replace: "review.author?.name ?? 'a former member';",
    },
  ],
};
