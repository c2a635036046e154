/** Calls a number’s method on a weight that the partner’s feed writes as text. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'product-weight',
  title: 'The weight of a product from the feed is text, not a number',
  template: 'type-coercion',
  location: 'throw-line',
  commit: { subject: 'Product page: show the weight' },
  edits: [
    {
      file: 'src/pages/product-page.tsx',
      find: `      <dd>{product.stock > 0 ? product.stock : 'Not at the moment'}</dd>
`,
      replace: `      <dd>{product.stock > 0 ? product.stock : 'Not at the moment'}</dd>
      <dt>Weight</dt>
      <dd>{product.weightKg.toFixed(1)} kg</dd>
`,
    },
    {
      file: 'scenarios/product.spec.ts',
      find: `  await expect(page.getByRole('definition').filter({ hasText: '12' })).toBeVisible();
`,
      replace: `  await expect(page.getByRole('definition').filter({ hasText: '12' })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: '0.2 kg' })).toBeVisible();
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a product that is new to the shop can be bought before anybody has reviewed it',
    file: 'src/pages/product-page.tsx',
    line: '<dd>{product.weightKg.toFixed(1)} kg</dd>',
  },
  mendable: true,
  humanFix: [
    {
      file: 'src/pages/product-page.tsx',
      find: 'product.weightKg.toFixed(1)',
      replace: 'Number(product.weightKg).toFixed(1)',
    },
  ],
};
