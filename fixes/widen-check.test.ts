import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './widen-check.ts';

const UNDEFINED = { message: "Cannot read properties of undefined (reading 'name')", at: 'user.name' };
const NULL = { message: "Cannot read properties of null (reading 'name')", at: 'user.name' };

fixerTable(fixer, {
  offers: [
    [
      'more than two checks, and one of another function',
      { message: "Cannot read properties of null (reading 'name')", line: 9 },
      'function g(user) {\n  return user !== undefined;\n}\nfunction f(user, other) {\n  if (user !== undefined) a();\n  if (user !== undefined) b();\n  if (other !== undefined) c();\n  if (user !== undefined) d();\n  return user.name;\n}',
    ],
    [
      'a check for the other kind, of a path',
      { message: "Cannot read properties of undefined (reading 'name')", line: 3 },
      'function f(a) {\n  if (a.user === null) return;\n  show(a.user.name);\n  if (a.user !== null) go();\n}',
    ],
    [
      'checks of a kind, one after it',
      { message: "Cannot read properties of null (reading 'name')", line: 4 },
      "function f(a, b) {\n  if (typeof b === 'object') go();\n  if (typeof a === 'object') stop();\n  if (typeof a === 'object') return a.name;\n  return typeof a === 'object';\n}",
    ],
    [
      'two checks',
      UNDEFINED,
      'function f(user) {\n  if (user !== null) go();\n  if (user !== null && user.name) stop();\n  return user.name;\n}',
    ],
    ['a check for undefined', NULL, 'function f(user) {\n  return user !== undefined && user.name;\n}'],
    ['an object', NULL, "function f(user) {\n  if (typeof user === 'object') return user.name;\n  return '';\n}"],
    ['a path', UNDEFINED, 'const f = (a) => a.user === null ? 1 : a.user.name;'],
    ['a check in a file without functions', UNDEFINED, 'if (user !== null) show(user.name);'],
  ],
  cures: [
    [
      'an exit for null',
      UNDEFINED,
      "function f(user) {\n  if (user === null) return '';\n  return user.name;\n}",
      "function f(user) {\n  if (user == null) return '';\n  return user.name;\n}",
    ],
    [
      'a condition that asks for undefined',
      NULL,
      "const f = (user) => user !== undefined ? user.name : '';",
      "const f = (user) => user != null ? user.name : '';",
    ],
    [
      'a conjunct',
      UNDEFINED,
      'if (row !== null && user !== null && user.name) go();',
      'if (row !== null && user != null && user.name) go();',
    ],
    [
      'a type that null has as well',
      NULL,
      "if (typeof user === 'object' && user.name) go();",
      "if (typeof user === 'object' && user !== null && user.name) go();",
    ],
  ],
  leaves: [
    [
      'a check against a name that is not undefined',
      { message: "Cannot read properties of null (reading 'name')", line: 2 },
      'function f(user) {\n  if (user !== nothing) return user.name;\n}',
    ],
    [
      'a kind that is no object',
      { message: "Cannot read properties of null (reading 'name')", line: 2 },
      "function f(user) {\n  if (typeof user === 'function') return user.name;\n}",
    ],
    [
      'a kind that it is not',
      { message: "Cannot read properties of null (reading 'name')", line: 2 },
      "function f(user) {\n  if (typeof user !== 'object') return user.name;\n}",
    ],
    ['a check for both', UNDEFINED, "function f(user) {\n  if (user == null) return '';\n  return user.name;\n}"],
    [
      'a check of another value',
      UNDEFINED,
      "function f(user) {\n  if (row === null) return '';\n  return user.name;\n}",
    ],
    ['a check that comes later', UNDEFINED, 'function f(user) {\n  show(user.name);\n  return user === null;\n}'],
    ['a check in another function', UNDEFINED, 'const g = (user) => user === null;\nconst f = (user) => user.name;'],
    ['a comparison with something else', UNDEFINED, "if (user !== 'x' && user.name) go();"],
    ['a type with its null checked', NULL, "if (typeof user === 'object' && user !== null && user.name) go();"],
  ],
});
