/** Only the scenario changed: it expects a total that the shop never showed. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'discount-expectation',
  title: 'The discount scenario expects a wrong total',
  template: 'none',
  location: 'none',
  commit: { subject: 'Discount scenario: look at the rounded total' },
  edits: [{ file: 'scenarios/discount.spec.ts', find: 'Total€67.05', replace: 'Total€67.00' }],
  expected: { result: 'scenario-wrong', scenario: 'a discount code is taken off, and a wrong one is refused' },
  mendable: false,
};
