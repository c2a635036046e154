/** Spreads a histogram that products without reviews do not have. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'rating-spread',
  title: 'The reviews of a product without reviews have no histogram',
  template: 'default-value',
  location: 'same-function',
  commit: { subject: 'Reviews: show how the stars are spread' },
  edits: [
    {
      file: 'shared/types.ts',
      find: `  average: number;
  reviews: Review[];
`,
      replace: `  average: number;
  /** Votes by stars, from one to five. */
  histogram: number[];
  reviews: Review[];
`,
    },
    {
      file: 'src/components/reviews.tsx',
      find: `  const { count, average, reviews } = summary;
`,
      replace: `  const { count, average, reviews, histogram } = summary;
  const most = Math.max(...histogram);
`,
    },
    {
      file: 'src/components/reviews.tsx',
      find: '      {reviews.map(',
      replace: `      <ul aria-label="Spread">
        {histogram.map((votes, index) => (
          <li key={\`\${index + 1}\`}>
            {formatCount(index + 1, 'star')}: <meter max={most} value={votes} /> {votes}
          </li>
        ))}
      </ul>
      {reviews.map(`,
    },
    {
      file: 'scenarios/product.spec.ts',
      find: `  await expect(page.getByText('4.7 of 5 in 3 reviews')).toBeVisible();
`,
      replace: `  await expect(page.getByText('4.7 of 5 in 3 reviews')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Spread' }).getByRole('listitem')).toHaveCount(5);
`,
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a product that is new to the shop can be bought before anybody has reviewed it',
    file: 'src/components/reviews.tsx',
    line: 'const { count, average, reviews, histogram } = summary;',
  },
  mendable: true,
  humanFix: [
    { file: 'src/components/reviews.tsx', find: 'reviews, histogram }', replace: 'reviews, histogram = [] }' },
  ],
};
