import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './revert-hunk.ts';

const MESSAGE = "Cannot read properties of undefined (reading 'name')";
const FILE = 'example.tsx';

function hunk(oldLines: string[], newLines: string[], newStart = 1, file = FILE) {
  return { commit: '3f2a91c0', file, oldStart: newStart, oldLines, newStart, newLines };
}

fixerTable(fixer, {
  offers: [
    [
      'a change of several lines',
      { message: MESSAGE, line: 2, hunks: [hunk(['a?.b();', 'c();', 'd();'], ['a.b();', 'c();', 'e();'])] },
      'a.b();\nc();\ne();',
    ],
    [
      'a long change',
      {
        message: MESSAGE,
        hunks: [hunk(['a();', 'b();', 'c();', 'd();', 'e();'], ['f();', 'g();', 'h();', 'i();', 'j();'])],
      },
      'f();\ng();\nh();\ni();\nj();',
    ],
    [
      'two changes of a commit in a file',
      { message: MESSAGE, hunks: [hunk(['a();'], ['b();']), hunk(['c();'], ['d();'], 3)] },
      'b();\n// between\nd();',
    ],
    [
      'a commit that changed another file as well',
      {
        message: MESSAGE,
        hunks: [hunk(['a();'], ['b();']), hunk(['c();'], ['d();'], 1, 'other.ts')],
        others: { 'other.ts': 'd();\n' },
      },
      'b();\n',
    ],
    [
      'two commits',
      { message: MESSAGE, hunks: [hunk(['a();'], ['b();']), { ...hunk(['c();'], ['d();'], 2), commit: 'ffffffff' }] },
      'b();\nd();',
    ],
    [
      'guards that are gone',
      {
        message: MESSAGE,
        line: 2,
        hunks: [hunk(['if (!a) return;', 'if (!b) return null;', 'go(a, b);'], ['go(a, b, 1);'], 2)],
      },
      'function f() {\ngo(a, b, 1);\n}',
    ],
    [
      'a guard that stands there again',
      { message: MESSAGE, line: 3, hunks: [hunk(['if (!a) return;', 'go(a);'], ['go(a, 1);'], 3)] },
      'function f() {\nif (!a) return;\ngo(a, 1);\n}',
    ],
    [
      'a guard that throws, in a loop and out of it',
      {
        message: MESSAGE,
        line: 1,
        hunks: [hunk(["if (!a) throw new Error('a');", 'if (b) continue;', 'go();'], ['go(1);'])],
      },
      'go(1);\n',
    ],
    [
      'lines that were deleted at the top',
      { message: MESSAGE, hunks: [hunk(["import a from 'a';"], [], 0)] },
      'show(a.name);',
    ],
    ['lines of Windows', { message: MESSAGE, hunks: [hunk(['a?.b();\r'], ['a.b();\r'])] }, 'a.b();\r\nc();\r\n'],
    [
      'lines that were added on Windows',
      { message: MESSAGE, line: 1, hunks: [hunk([], ['a.b();\r'])] },
      'a.b();\r\nc();\r\n',
    ],
    [
      'a change that stands further up by now',
      { message: MESSAGE, line: 1, hunks: [hunk(['a();'], ['b();'], 30)] },
      'b();\nc();',
    ],
    [
      'a binding and a number that are gone',
      { message: MESSAGE, hunks: [hunk(['a.on(this.f.bind(this), Number(b));'], ['a.on(this.f, b);'])] },
      'a.on(this.f, b);',
    ],
  ],
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
    [
      'a change far away',
      { message: MESSAGE, line: 90, hunks: [hunk(['a();'], ['b();'], 1)] },
      `b();\n${'// far\n'.repeat(100)}`,
    ],
    ['lines that were deleted and are there again', { message: MESSAGE, hunks: [hunk(['b();'], [], 1)] }, 'a();\nb();'],
    ['lines that are gone by now', { message: MESSAGE, hunks: [hunk(['a();'], ['b();'], 1)] }, 'c();'],
  ],
});
