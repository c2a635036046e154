import { tmpdir } from 'node:os';
import { openTypes as over } from '../harness/adapters/types/open-types.ts';
import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './code-fix.ts';

const openTypes = (texts: ReadonlyMap<string, string>) => over({ root: tmpdir(), texts });
const told = (message: string, line = 1) => ({ message, line, openTypes, file: 'example.ts' });

fixerTable(fixer, {
  cures: [
    [
      'a member that is spelt otherwise',
      told("Cannot read properties of undefined (reading 'length')", 2),
      'const cart = { items: [1] };\nconst count = cart.itms.length;',
      'const cart = { items: [1] };\nconst count = cart.items.length;',
    ],
    [
      'a promise that nobody waits for',
      told('text.trim is not a function', 3),
      'async function load(): Promise<string> { return "a"; }\nasync function show() {\n  return load().trim();\n}',
      'async function load(): Promise<string> { return "a"; }\nasync function show() {\n  return (await load()).trim();\n}',
    ],
    [
      'a member that is called without this',
      told('start is not defined', 3),
      'class Clock {\n  start() {}\n  run() { start(); }\n}',
      'class Clock {\n  start() {}\n  run() { this.start(); }\n}',
    ],
    [
      'a class that is called like a function',
      told("Class constructor Clock cannot be invoked without 'new'", 2),
      'class Clock {}\nconst clock = Clock();',
      'class Clock {}\nconst clock = new Clock();',
    ],
    [
      'a name of another file',
      { ...told('pad is not defined'), others: { 'pad.ts': 'export const pad = (text: string): string => text;\n' } },
      "const label = pad('a');",
      "import { pad } from './pad';\n\nconst label = pad('a');",
    ],
  ],
  leaves: [
    [
      'a line without an error',
      told('x is not defined', 2),
      'const cart = { items: [1] };\nconst count = cart.items.length;',
    ],
    [
      'an error on another line',
      told('x is not defined', 1),
      'const cart = { items: [1] };\nconst count = cart.itms.length;',
    ],
    ['what is a matter of types alone', told('x is not defined'), 'export function f(a) { return a; }'],
    ['a variable that is not used', told('x is not defined'), 'function f() { const unused = 1; }\nf();'],
    ['a project whose types nobody opened', { message: 'x is not defined' }, 'const count = cart.itms.length;'],
  ],
});
