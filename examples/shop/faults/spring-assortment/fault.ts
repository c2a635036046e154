/** A new product of the feed has no tags, which its card reads. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'spring-assortment',
  title: 'A product card reads the tags of a product that has none',
  template: 'default-value',
  location: 'throw-line',
  commit: { subject: 'Take the walnut board of the spring assortment into the catalogue' },
  edits: [
    {
      file: 'server/data/partner-feed.json',
      find: `  {
    "slug": "oak-board",`,
      replace: `  {
    "slug": "walnut-board",
    "title": "Walnut board",
    "category": "Boards",
    "text": "Dark walnut with a juice groove, for bread, cheese and roasts.",
    "cents": 5600,
    "stock": 6,
    "weightKg": "2.10",
    "maker": null
  },
  {
    "slug": "oak-board",`,
    },
    {
      file: 'scenarios/catalogue.spec.ts',
      find: `  await page.getByRole('button', { name: 'Pans (3)' }).click();
`,
      replace: `  await expect(page.getByRole('button', { name: 'Boards (3)' })).toBeVisible();
  await page.getByRole('button', { name: 'Pans (3)' }).click();
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the catalogue is searched, narrowed and sorted',
    file: 'src/components/product-card.tsx',
    line: 'const labels = product.tags.slice(0, 2);',
  },
  mendable: true,
  humanFix: [
    {
      file: 'src/components/product-card.tsx',
      find: 'product.tags.slice(0, 2)',
      replace: '(product.tags ?? []).slice(0, 2)',
    },
  ],
};
