/** An import that is still in use was tidied away. */
import type { Fault } from '../../../../test/faults/fault.ts';

export const fault: Fault = {
  id: 'members-imports',
  title: 'The members’ directory misses an import',
  template: 'missing-import',
  location: 'same-file',
  commit: { subject: 'Members: tidy the imports' },
  edits: [
    {
      file: 'public/js/views/members.js',
      find: "import { html, render } from '../html.js';\nimport { plural } from '../lib/format.js';\n",
      replace: "import { html, render } from '../html.js';\n",
    },
  ],
  expected: {
    result: 'branch-created',
    scenario: 'members are listed with their companies',
    file: 'public/js/views/members.js',
    line: "import { html, render } from '../html.js';",
  },
  mendable: true,
  humanFix: [
    {
      file: 'public/js/views/members.js',
      find: "import { html, render } from '../html.js';\n",
      replace: "import { html, render } from '../html.js';\nimport { plural } from '../lib/format.js';\n",
    },
  ],
};
