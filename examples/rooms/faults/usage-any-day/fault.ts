/** The page shows any day, also one on which the house is closed. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'usage-any-day',
  title: 'A closed day has no share of its hours',
  template: 'division-by-zero',
  location: 'same-function',
  commit: { subject: 'In use: any day' },
  edits: [
    {
      file: 'server/statistics.js',
      find: 'const share = open === 0 ? 0 : hours / open;',
      replace: 'const share = hours / open;',
    },
    {
      file: 'public/js/api.js',
      find: "usage: () => send('GET', '/usage'),",
      replace: "usage: (date) => send('GET', date === null ? '/usage' : `/usage?date=${date}`),",
    },
    {
      file: 'public/js/views/usage.js',
      find: 'showUsage(place) {\n  const rows = await api.usage();',
      replace: "showUsage(place, { query }) {\n  const rows = await api.usage(query.get('date'));",
    },
    {
      file: 'server/data/opening-hours.json',
      find: '"reason": "Ascension Day" },',
      replace:
        '"reason": "Ascension Day" },\n    { "date": "2026-05-20", "from": "00:00", "to": "00:00", "reason": "Regatta" },',
    },
    {
      file: 'scenarios/house.spec.js',
      find: "  await expect(rows.nth(1)).toHaveText('Keel1 hour8 %##');\n",
      replace:
        "  await expect(rows.nth(1)).toHaveText('Keel1 hour8 %##');\n  await page.goto('/usage?date=2026-05-20');\n  await expect(rows).toHaveCount(6);\n",
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'the busiest room comes first',
    file: 'server/statistics.js',
    line: 'const share = hours / open;',
  },
  mendable: true,
  humanFix: [
    {
      file: 'server/statistics.js',
      find: 'const share = hours / open;',
      replace: 'const share = open === 0 ? 0 : hours / open;',
    },
  ],
};
