import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { editorCommand, openEditor } from './open-editor.ts';

test.each<[string, string[] | undefined]>([
  ['code', ['code', '--goto', '/a b/c.ts:7']],
  ['/opt/cursor/cursor --reuse-window', ['/opt/cursor/cursor', '--reuse-window', '--goto', '/a b/c.ts:7']],
  ['webstorm', ['webstorm', '--line', '7', '/a b/c.ts']],
  ['gvim', ['gvim', '+7', '/a b/c.ts']],
  ['subl -n', ['subl', '-n', '/a b/c.ts:7']],
  ['unheard-of', ['unheard-of', '/a b/c.ts']],
  ['vim', undefined],
  ['/usr/bin/nano -w', undefined],
])('%s is told the place in its own way', (editor, command) => {
  expect(editorCommand(editor, '/a b/c.ts', 7)).toEqual(command);
});

test.each<[string, string | undefined, string, object]>([
  ['without an editor', undefined, 'cart.ts', { commands: ['cart.ts:7'] }],
  ['with one that needs a terminal', 'vi', 'cart.ts', { commands: ['cart.ts:7'] }],
  ['with one that is there', 'true', 'cart.ts', { text: 'cart.ts:7 was opened in true.', commands: [] }],
])('%s', async (_, editor, file, answer) => {
  const top = mkdtempSync(join(tmpdir(), 'mendwright-editor-'));
  try {
    writeFileSync(join(top, 'cart.ts'), '');

    expect(await openEditor({ top, editor }, { file, line: 7 })).toMatchObject(answer);
  } finally {
    rmSync(top, { recursive: true });
  }
});

test.each([
  ['../../etc/hosts', 'true', 'file-outside'],
  ['gone.ts', 'true', 'file-outside'],
  ['package.json', 'no-such-editor-here', 'editor-missing'],
])('%s with %s: %s', async (file, editor, code) => {
  const top = join(import.meta.dirname, '..', '..', '..');

  await expect(openEditor({ top, editor }, { file, line: 1 })).rejects.toMatchObject({ kind: 'usage', code });
});
