/** Invoices without a credit no longer carry an empty one. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'credit-none',
  title: 'An invoice without a credit has no total',
  template: 'optional-chain',
  location: 'throw-line',
  commit: { subject: 'Invoices: no empty credits' },
  edits: [
    {
      file: 'server/data/invoices.json',
      find: '"cents": 11520 }],\n    "credit": { "cents": 0, "reason": "" }',
      replace: '"cents": 11520 }]',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'invoices are listed with what is to pay',
    file: 'server/invoices.js',
    line: 'return lines - invoice.credit.cents;',
  },
  mendable: true,
  humanFix: [{ file: 'server/invoices.js', find: 'invoice.credit.cents', replace: '(invoice.credit?.cents ?? 0)' }],
};
