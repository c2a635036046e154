/** The reason of a holiday is read on every day. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'holiday-reason',
  title: 'Ordinary days have no reason',
  template: 'optional-chain',
  location: 'throw-line',
  commit: { subject: 'Opening hours: say why' },
  edits: [
    { file: 'server/opening-hours.js', find: "reason: exception?.reason ?? ''", replace: 'reason: exception.reason' },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the house tells its hours and its news',
    file: 'server/opening-hours.js',
    line: 'return { from: exception?.from ?? ordinary.from, to: exception?.to ?? ordinary.to, reason: exception.reason };',
  },
  mendable: true,
  humanFix: [
    { file: 'server/opening-hours.js', find: 'reason: exception.reason', replace: "reason: exception?.reason ?? ''" },
  ],
};
