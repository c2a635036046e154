import { describe, expect, test } from 'vitest';
import { fixer as optionalChain } from '../../fixes/optional-chain.ts';
import { embeddedScripts } from '../model/embedded-scripts.ts';
import { breaksSyntax } from './apply-edits.ts';
import { resultsOf } from './fixer-table.ts';
import { SourceText } from './source-text.ts';

const READ_NAME = "Cannot read properties of undefined (reading 'name')";

describe('scripts inside of other files', () => {
  test('keep their place', () => {
    const text =
      '<template>\n  <p>{{ a }}</p>\n</template>\n<script setup lang="ts">\nconst a: number = 1;\n</script>\n';

    const found = embeddedScripts('a.vue', text);

    expect(found.language).toBe('ts');
    expect(found.text).toHaveLength(text.length);
    expect(found.text.trim()).toBe('const a: number = 1;');
    expect(found.text.indexOf('const')).toBe(text.indexOf('const'));
  });

  test.each([
    ['data', '<script type="application/json">{ "a": 1 }</script>'],
    ['an import map', "<script type='importmap'>{}</script>"],
    ['a script of another file', '<script src="/a.js">ignored()</script>'],
  ])('leave out %s', (_, text) => {
    expect(embeddedScripts('page.html', text).text.trim()).toBe('');
  });

  test('may be filled in by a template engine', () => {
    const text = '<script>\nconst user = {{ user | tojson }};\n{% if user %}\nshow(user);\n{% endif %}\n</script>';

    const { tree } = new SourceText('page.jinja', text);

    expect(tree.statements).toHaveLength(2);
    expect(embeddedScripts('page.jinja', text).text).toHaveLength(text.length);
  });
});

test.each([
  [
    'a.vue',
    '<script>\nexport default {\n  methods: { show(user) { return user.name; } },\n};\n</script>\n<template><p>{{ user.name }}</p></template>\n',
    3,
    'return user?.name;',
  ],
  [
    'a.svelte',
    '<p>{user.name}</p>\n<script lang="ts">\n  $: label = user.name as string;\n</script>\n',
    3,
    'user?.name as',
  ],
  ['page.html', '<body>\n<script type="module">\nshow(user.name);\n</script>\n</body>\n', 3, 'show(user?.name)'],
  ['page.j2', '<script>\nconst user = {{ user }};\nshow(user.name);\n</script>\n', 3, '{{ user }};\nshow(user?.name)'],
])('fixers reach the script of %s, and nothing else of it', (file, text, line, cured) => {
  const [first] = resultsOf(optionalChain, { message: READ_NAME, file, line }, text);

  expect(first?.text).toContain(cured);
  expect(first?.text.replace('?.', '.')).toBe(text);
});

test('an edit that breaks the script of a component is seen', () => {
  const text = '<template>\n<p>(</p>\n</template>\n<script>\nshow(user.name);\n</script>\n';
  const at = text.indexOf('.name');

  expect(breaksSyntax(new SourceText('a.vue', text), [{ start: at, end: at, text: '(' }])).toBe(true);
  expect(breaksSyntax(new SourceText('a.vue', text), [{ start: at, end: at + 1, text: '?.' }])).toBe(false);
});
