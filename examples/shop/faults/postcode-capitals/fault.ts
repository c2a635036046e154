/** Reads a field of the form by a name that it does not have. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'postcode-capitals',
  title: 'The server reads the postcode by a wrong name',
  template: 'wrong-name',
  location: 'throw-line',
  commit: { subject: 'Addresses: write postcodes in capitals' },
  edits: [
    {
      file: 'server/read-address.ts',
      find: '    postcode: form.postcode.trim(),',
      replace: '    postcode: form.postCode.trim().toUpperCase(),',
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a customer moves to another address',
    file: 'server/read-address.ts',
    line: 'postcode: form.postCode.trim().toUpperCase(),',
  },
  mendable: true,
  humanFix: [{ file: 'server/read-address.ts', find: 'form.postCode', replace: 'form.postcode' }],
};
