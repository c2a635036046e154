/** Reads the country of a maker that the products of the partner’s feed do not have. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'made-in',
  title: 'The product page reads the maker of a product that has none',
  template: 'optional-chain',
  location: 'throw-line',
  commit: { subject: 'Product page: say where a product is made' },
  edits: [
    {
      file: 'src/pages/product-page.tsx',
      find: `      <dd>{product.category}</dd>
`,
      replace: `      <dd>{product.category}</dd>
      <dt>Made in</dt>
      <dd>{product.maker.country}</dd>
`,
    },
    {
      file: 'scenarios/product.spec.ts',
      find: `  await expect(page.getByRole('article')).toContainText('€89.00');
`,
      replace: `  await expect(page.getByRole('article')).toContainText('€89.00');
  await expect(page.getByRole('article')).toContainText('Made inNorway');
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a product that is new to the shop can be bought before anybody has reviewed it',
    file: 'src/pages/product-page.tsx',
    line: '<dd>{product.maker.country}</dd>',
  },
  mendable: true,
  humanFix: [{ file: 'src/pages/product-page.tsx', find: 'product.maker.country', replace: 'product.maker?.country' }],
};
