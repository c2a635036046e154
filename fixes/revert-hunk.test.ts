import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './revert-hunk.ts';

const MESSAGE = "Cannot read properties of undefined (reading 'name')";
const FILE = 'example.tsx';

function hunk(oldLines: string[], newLines: string[], newStart = 1, file = FILE) {
  return { commit: '3f2a91c0', file, oldStart: newStart, oldLines, newStart, newLines };
}

fixerTable(fixer, {
  cures: [
    [
      'a guard that was taken away',
      { message: MESSAGE, hunks: [hunk(['show(user?.name);'], ['show(user.name);'])] },
      'show(user.name);\ngo();',
      'show(user?.name);\ngo();',
    ],
    [
      'lines that were deleted',
      { message: MESSAGE, hunks: [hunk(['if (!user) stop();'], [], 1)] },
      'begin();\nshow(user.name);',
      'begin();\nif (!user) stop();\nshow(user.name);',
    ],
    [
      'lines that were added',
      { message: MESSAGE, hunks: [hunk([], ['show(user.name);'], 2)], line: 2 },
      'begin();\nshow(user.name);\nend();',
      'begin();\nend();',
    ],
    [
      'a hunk that moved',
      { message: MESSAGE, line: 3, hunks: [hunk(['a();'], ['b();'], 1)] },
      '// one\n// two\nb();',
      '// one\n// two\na();',
    ],
    [
      'one line of several',
      { message: MESSAGE, hunks: [hunk(['a();', 'b?.c();'], ['x();', 'b.c();'])] },
      'x();\nb.c();',
      'x();\nb?.c();',
    ],
    [
      'all that a commit changed in the file',
      { message: MESSAGE, hunks: [hunk(['a();'], ['x();']), hunk(['c();'], ['z();'], 3)] },
      'x();\nkeep();\nz();',
      'a();\nkeep();\nc();',
    ],
    [
      'a guard line that was lost while the commit added something',
      {
        message: MESSAGE,
        line: 2,
        hunks: [hunk(['  if (!a) return;', '  if (a.b) go();'], ['  if (a.b && c) go();'], 2)],
      },
      'function f(a) {\n  if (a.b && c) go();\n}',
      'function f(a) {\n  if (!a) return;\n  if (a.b && c) go();\n}',
    ],
  ],
  leaves: [
    [
      'a guard that was not deleted but kept',
      { message: MESSAGE, line: 90, hunks: [hunk(['if (!a) return;'], ['if (!a) return;', 'b();'])] },
      'c();',
    ],
    ['lines that have changed since', { message: MESSAGE, hunks: [hunk(['a();'], ['b();'])] }, 'c();'],
    ['hunks of another file', { message: MESSAGE, hunks: [hunk(['a();'], ['b();'], 1, 'other.ts')] }, 'b();'],
    ['no hunk at all', MESSAGE, 'show(user.name);'],
    ['a commit of which a part is gone', { message: MESSAGE, line: 90, hunks: [hunk(['a();'], ['gone();'])] }, 'b();'],
    [
      'hunks of a file that is no source',
      { message: MESSAGE, line: 90, hunks: [hunk(['a();'], ['b();'], 1, 'x.json')] },
      'b();',
    ],
    ['an empty file', { message: MESSAGE, hunks: [hunk(['a();'], ['b();'])] }, ''],
  ],
});
