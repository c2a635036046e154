/** A promise is returned from a try block without awaiting it, so its catch is passed by. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'alert-address',
  title: 'A refused stock alert escapes the catch that would explain it',
  template: 'missing-await',
  location: 'other-file',
  commit: { subject: 'Stock alert: one address, however it is written' },
  edits: [
    {
      file: 'src/components/stock-alert.tsx',
      find: `    const { message } = await api.stockAlert(slug, email);
    return message;
`,
      replace: `    return api.stockAlert(slug, email.trim().toLowerCase()).then(({ message }) => message);
`,
    },
    {
      file: 'scenarios/stock-alert.spec.ts',
      find: `example.com.');

  await page.getByLabel('E-mail').fill('ingrid@example.com');
`,
      replace: `example.com.');

  await page.getByLabel('E-mail').fill('Ingrid@Example.com');
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a customer is put on the list for a sold-out product once',
    file: 'src/components/stock-alert.tsx',
    line: 'return api.stockAlert(slug, email.trim().toLowerCase()).then(({ message }) => message);',
  },
  mendable: true,
  humanFix: [
    { file: 'src/components/stock-alert.tsx', find: 'return api.stockAlert(', replace: 'return await api.stockAlert(' },
  ],
};
