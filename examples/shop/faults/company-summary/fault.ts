/** Reads two properties of a company that private customers do not have. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'company-summary',
  title: 'The account page reads the company of a private customer',
  template: 'optional-chain, sibling sites',
  location: 'throw-line',
  commit: { subject: 'Account page: show business customers whom we invoice' },
  edits: [
    {
      file: 'src/pages/account-page.tsx',
      find: 'import type { Account } from',
      replace: 'import type { Account, Company } from',
    },
    {
      file: 'src/pages/account-page.tsx',
      find: `      <AddressFields address={current.address} />
`,
      replace: `      <AddressFields address={current.address} />
      <CompanySummary company={current.company} />
`,
    },
    {
      file: 'src/pages/account-page.tsx',
      find: 'function AccountForm(',
      replace: `function CompanySummary({ company }: { company: Company }) {
  return (
    <dl aria-label="Company">
      <dt>Invoices go to</dt>
      <dd>{company.name}</dd>
      <dt>VAT number</dt>
      <dd>{company.vatId}</dd>
    </dl>
  );
}

function AccountForm(`,
    },
    {
      file: 'scenarios/company.spec.ts',
      find: '',
      replace: `/** Being invoiced as a company. */
import { expect, test } from '@playwright/test';

test('a business customer sees whom we invoice', async ({ page }) => {
  const address = { street: 'Havnegata 1', postcode: '7010', city: 'Trondheim', country: 'NO' };
  const company = { name: 'Havn Catering AS', vatId: 'NO 987 654 321 MVA' };
  await page.request.put('/api/account', {
    data: { name: 'Per Dahl', email: 'per@havn.example', address, company },
  });

  await page.goto('/account');
  await expect(page.getByLabel('Company')).toContainText('NO 987 654 321 MVA');
});
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a customer moves to another address',
    file: 'src/pages/account-page.tsx',
    line: '<dd>{company.name}</dd>',
  },
  mendable: true,
  humanFix: [
    { file: 'src/pages/account-page.tsx', find: 'company.name', replace: 'company?.name' },
    { file: 'src/pages/account-page.tsx', find: 'company.vatId', replace: 'company?.vatId' },
  ],
};
