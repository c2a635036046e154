/** Formats the day of delivery of orders that are not delivered. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'delivered-on',
  title: 'The order list formats an empty date',
  template: 'ternary guard',
  location: 'other-file',
  commit: { subject: 'Orders: show when an order was delivered' },
  edits: [
    {
      file: 'src/pages/orders-page.tsx',
      find: `              <td>{order.status}</td>
`,
      replace: `              <td>{order.status}</td>
              <td>{formatDate(order.deliveredOn)}</td>
`,
    },
    {
      file: 'scenarios/orders.spec.ts',
      find: `  await expect(page.getByRole('row')).toHaveCount(3);
`,
      replace: `  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('row', { name: 'Order 1042' })).toContainText('2 Oct 2026');
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'orders are listed, narrowed to the open ones, and downloaded',
    file: 'src/pages/orders-page.tsx',
    line: '<td>{formatDate(order.deliveredOn)}</td>',
  },
  mendable: true,
  humanFix: [
    {
      file: 'src/pages/orders-page.tsx',
      find: '{formatDate(order.deliveredOn)}',
      replace: '{order.deliveredOn && formatDate(order.deliveredOn)}',
    },
  ],
};
