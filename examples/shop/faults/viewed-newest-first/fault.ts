/** Sends a null for a product that is no longer sold, which the page reads. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'viewed-newest-first',
  title: 'The list of viewed products holds a null for one that is no longer sold',
  template: 'filter-null',
  location: 'other-file',
  commit: { subject: 'Recently viewed: newest first' },
  edits: [
    {
      file: 'server/routes/catalogue.ts',
      find: `    const products = viewed.map(findProduct).filter((product) => product !== undefined);
    return c.json(products.slice(-4));
`,
      replace: `    const newest = viewed.slice(-4).toReversed();
    return c.json(newest.map(findProduct));
`,
    },
    {
      file: 'scenarios/recently-viewed.spec.ts',
      find: `  await expect(viewed.getByRole('link', { name: 'Whetstone 1000/3000' })).toBeVisible();
`,
      replace: `  await expect(viewed.getByRole('listitem').first()).toHaveText('Whetstone 1000/3000');
  await expect(viewed.getByRole('listitem')).toHaveCount(3);
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the start page links to products that were looked at before',
    file: 'server/routes/catalogue.ts',
    line: 'return c.json(newest.map(findProduct));',
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/routes/catalogue.ts',
      find: 'newest.map(findProduct)',
      replace: 'newest.map(findProduct).filter((product) => product !== undefined)',
    },
  ],
};
