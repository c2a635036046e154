/** The search finds things of a kind that the page has no name for. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'search-equipment',
  title: 'Equipment has no label in the search',
  template: 'missing-case',
  location: 'same-file',
  commit: { subject: 'Search: find equipment as well' },
  edits: [
    {
      file: 'server/search.js',
      find: "import { allRooms } from './rooms.js';",
      replace: "import { allEquipment, allRooms } from './rooms.js';",
    },
    {
      file: 'server/search.js',
      find: '  return [...rooms, ...members, ...notices];',
      replace:
        "  const equipment = allEquipment()\n    .filter((thing) => thing.name.toLowerCase().includes(wanted))\n    .map((thing) => ({ kind: 'equipment', title: thing.name, path: '/' }));\n  return [...rooms, ...members, ...notices, ...equipment];",
    },
    {
      file: 'scenarios/house.spec.js',
      find: "  await page.getByRole('link', { name: 'Rosa Wind' }).click();\n",
      replace:
        "  await page.getByLabel('Search').fill('projector');\n  await page.getByLabel('Search').press('Enter');\n  await expect(page.getByRole('link', { name: 'Projector' })).toBeVisible();\n  await page.goBack();\n  await page.getByRole('link', { name: 'Rosa Wind' }).click();\n",
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'one search finds rooms, members and notices',
    file: 'public/js/views/search.js',
    line: "notice: { label: 'Notice', icon: '✎' },",
  },
  mendable: true,
  humanFix: [
    {
      file: 'public/js/views/search.js',
      find: "  notice: { label: 'Notice', icon: '✎' },\n",
      replace: "  notice: { label: 'Notice', icon: '✎' },\n  equipment: { label: 'Equipment', icon: '⚙' },\n",
    },
  ],
};
