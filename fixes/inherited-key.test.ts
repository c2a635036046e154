import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './inherited-key.ts';

const NO_LIST = 'groups[word].push is not a function';

fixerTable(fixer, {
  cures: [
    [
      'a test for a missing entry',
      { message: NO_LIST, line: 2 },
      'if (!groups[word]) groups[word] = [];\ngroups[word].push(line);',
      'if (!Object.hasOwn(groups, word)) groups[word] = [];\ngroups[word].push(line);',
    ],
    [
      'a default',
      { message: NO_LIST, line: 2 },
      'groups[word] = groups[word] || [];\ngroups[word].push(line);',
      'groups[word] = Object.hasOwn(groups, word) ? groups[word] : [];\ngroups[word].push(line);',
    ],
    [
      'a key that is read from something',
      { message: 'teams[user.team].add is not a function', line: 3 },
      'function sort(user) {\n  if (!teams[user.team]) { teams[user.team] = new Set(); }\n  teams[user.team].add(user);\n}',
      'function sort(user) {\n  if (!Object.hasOwn(teams, user.team)) { teams[user.team] = new Set(); }\n  teams[user.team].add(user);\n}',
    ],
  ],
  leaves: [
    ['an entry that nothing asks for', { message: NO_LIST, line: 1 }, 'groups[word].push(line);'],
    [
      'a key that is written there',
      { message: "groups['all'].push is not a function", line: 2 },
      "if (!groups['all']) groups['all'] = [];\ngroups['all'].push(line);",
    ],
    [
      'another entry',
      { message: NO_LIST, line: 2 },
      'if (!groups[other]) groups[other] = [];\ngroups[word].push(line);',
    ],
    ['another error', { message: 'groups is not defined', line: 1 }, 'if (!groups[word]) groups[word] = [];'],
  ],
});
