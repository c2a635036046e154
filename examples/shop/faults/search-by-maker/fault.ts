/** The search reads the maker’s name of products that have no maker. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'search-by-maker',
  title: 'The search reads the maker of a product that has none',
  template: 'conjunct guard',
  location: 'throw-line',
  commit: { subject: 'Search: find products by their maker, too' },
  edits: [
    {
      file: 'server/catalogue.ts',
      find: `    .every((word) => \`\${product.title} \${product.text}\`.toLowerCase().includes(word));`,
      replace: `    .every((word) => {
      const isInText = \`\${product.title} \${product.text}\`.toLowerCase().includes(word);
      return isInText || product.maker.name.toLowerCase().includes(word);
    });`,
    },
    {
      file: 'scenarios/catalogue.spec.ts',
      find: `  await expect(page.getByRole('list', { name: 'Products' })).toContainText('Oak board');
`,
      replace: `  await expect(page.getByRole('list', { name: 'Products' })).toContainText('Oak board');
  await page.getByLabel('Search').fill('gjuteri');
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByRole('status')).toHaveText('3 products');
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the catalogue is searched, narrowed and sorted',
    file: 'server/catalogue.ts',
    line: 'return isInText || product.maker.name.toLowerCase().includes(word);',
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/catalogue.ts',
      find: 'return isInText || product.maker.name',
      replace: 'return isInText || product.maker?.name',
    },
  ],
};
