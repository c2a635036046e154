import { expect, test } from 'vitest';
import { openProject } from './project.ts';

const manifest = (dependencies: Record<string, string>): string => JSON.stringify({ devDependencies: dependencies });

test.each([
  ['a compiler that knows chains', 'a.b;', manifest({ typescript: '^5.4.0' }), true, true],
  ['a compiler that does not', 'a.b;', manifest({ typescript: '~3.6.2', '@babel/core': '7.4.0' }), false, false],
  ['one of two tools that knows them', 'a.b;', manifest({ typescript: '3.6.2', '@babel/core': '7.12.0' }), true, true],
  ['an engine that knows them', 'a.b;', '{ "engines": { "node": ">=18" } }', true, true],
  ['no tool by name', 'a.b;', '{}', false, true],
  ['no manifest', 'a.b;', '', false, true],
  ['a file that uses them already', 'a?.b;', manifest({ typescript: '3.6.2' }), true, true],
])('tells which syntax an app may use by %s', (_, text, told, chains, isModern) => {
  const project = openProject(new Map([['a.ts', text]]), { manifest: told });

  expect(project.chains).toBe(chains);
  expect(project.source('a.ts')?.isModern).toBe(isModern);
});

test('an app of older days has its defaults written as it would', () => {
  const old = openProject(new Map([['a.js', 'a.b;']]), { manifest: manifest({ 'babel-core': '^6.26.0' }) });
  const modern = openProject(new Map([['a.js', 'a.b;']]), { manifest: manifest({ vite: '^8.0.0' }) });

  expect(old.source('a.js')?.style.otherwise).toBe('||');
  expect(modern.source('a.js')?.style.otherwise).toBe('??');
});
