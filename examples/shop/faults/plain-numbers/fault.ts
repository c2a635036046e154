/** Lost an import that is still used, in a module that the type checker does not read. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'plain-numbers',
  title: 'The CSV module uses a function that it no longer imports',
  template: 'missing-import',
  location: 'same-file',
  commit: { subject: 'CSV: write totals as plain numbers, as the bookkeeping asks' },
  edits: [
    {
      file: 'src/lib/order-csv.js',
      find: "import { formatDate, formatMoney } from './format.ts';",
      replace: "import { formatDecimal } from './format.ts';",
    },
    {
      file: 'src/lib/order-csv.js',
      find: '    formatMoney(order.totalCents),',
      replace: '    formatDecimal(order.totalCents),',
    },
    {
      file: 'src/lib/format.ts',
      find: '/** `2 Oct 2026`. */',
      replace: `/** \`12.50\`, for machines. */
export function formatDecimal(cents: number): string {
  return (cents / 100).toFixed(2);
}

/** \`2 Oct 2026\`. */`,
    },
    {
      file: 'scenarios/orders.spec.ts',
      find: `  expect(lines[1]).toContain('1044;2 Nov 2026;in preparation;');
`,
      replace: `  expect(lines[1]).toBe('1044;2 Nov 2026;in preparation;84.90');
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'orders are listed, narrowed to the open ones, and downloaded',
    file: 'src/lib/order-csv.js',
    line: "import { formatDecimal } from './format.ts';",
  },
  mendable: true,
  humanFix: [
    { file: 'src/lib/order-csv.js', find: 'import { formatDecimal }', replace: 'import { formatDate, formatDecimal }' },
  ],
};
