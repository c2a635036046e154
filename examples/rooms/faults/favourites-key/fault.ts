/** Favourites are kept where the old site kept its own, in another form. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'favourites-key',
  title: 'What the old site left in the browser cannot be parsed',
  template: 'parse guard',
  location: 'throw-line',
  commit: { subject: 'Favourites: keep them where the old site did' },
  edits: [
    { file: 'public/js/lib/favourites.js', find: "'harbour.favourites'", replace: "'favourites'" },
    {
      file: 'scenarios/rooms.spec.js',
      find: "  await page.goto('/rooms/crow');\n",
      replace:
        "  await page.goto('/house');\n  await page.evaluate(() => localStorage.setItem('favourites', 'keel,galley'));\n  await page.goto('/rooms/crow');\n",
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'a favourite is remembered',
    file: 'public/js/lib/favourites.js',
    line: "return new Set(JSON.parse(localStorage.getItem(KEY) ?? '[]'));",
  },
  mendable: true,
  humanFix: [
    {
      file: 'public/js/lib/favourites.js',
      find: "  return new Set(JSON.parse(localStorage.getItem(KEY) ?? '[]'));",
      replace:
        "  try {\n    return new Set(JSON.parse(localStorage.getItem(KEY) ?? '[]'));\n  } catch {\n    return new Set();\n  }",
    },
  ],
};
