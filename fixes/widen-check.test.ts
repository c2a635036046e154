import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './widen-check.ts';

const UNDEFINED = { message: "Cannot read properties of undefined (reading 'name')", at: 'user.name' };
const NULL = { message: "Cannot read properties of null (reading 'name')", at: 'user.name' };

fixerTable(fixer, {
  offers: [
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
