/** The server renamed a field of its answer that the page still reads by the old name. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'article-count',
  title: 'The order list reads a count that the server sends under another name',
  template: 'wrong-name',
  location: 'other-file',
  commit: { subject: 'Orders: add the goods’ value and tidy the summary’s names' },
  edits: [
    {
      file: 'server/orders.ts',
      find: `    itemCount: order.lines.length,
`,
      replace: `    articleCount: order.lines.length,
    goodsCents: goods,
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'orders are listed, narrowed to the open ones, and downloaded',
    file: 'server/orders.ts',
    line: 'articleCount: order.lines.length,',
  },
  mendable: true,
  humanFix: [{ file: 'server/orders.ts', find: 'articleCount:', replace: 'itemCount:' }],
};
