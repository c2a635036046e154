import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { zipOf } from '../../test/contract/artifact-bundle.ts';
import { createRunFolder, type RunFolder } from '../adapters/run-folder/run-folder.ts';
import { filmReader } from './keep-frames.ts';

let home = '';
let folder: RunFolder;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mendwright-frames-'));
  folder = createRunFolder(home, '2026-01-01T00-00-00-0001');
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const JPEG = Buffer.of(0xff, 0xd8, 0xff, 1);

/** A trace whose frames lie in the archive under these names. */
function traceWith(names: readonly string[], events: readonly object[] = []): Buffer {
  const frames = names.map((file, index) => ({
    type: 'screencast-frame',
    pageId: 'p',
    file,
    timestamp: index * 1_000,
  }));
  const lines = [...frames, ...events].map((one) => JSON.stringify(one)).join('\n');
  const files = names.map((name) => ({ name, bytes: JPEG }));
  return zipOf([{ name: 'trace.trace', bytes: Buffer.from(lines) }, ...files]);
}

test('takes the pictures of a trace into the folder, and reads it once', () => {
  writeFileSync(folder.path('trials', 'a', 'traces', 'x.zip'), traceWith(['screencast/1.jpeg', 'resources/2.jpeg']));
  const filmOf = filmReader(folder);

  const film = filmOf('trials/a/traces/x.zip');

  expect(film).toMatchObject({
    frames: [
      { file: 'frames/trials-a-traces-x-1.jpeg', label: '1.0 s before the end' },
      { file: 'frames/trials-a-traces-x-2.jpeg', label: 'at the end' },
    ],
    hidden: 0,
  });
  for (const { file } of film?.frames ?? []) expect(readFileSync(join(folder.dir, file))).toEqual(JPEG);
  expect(filmOf('trials/a/traces/x.zip')).toBe(film);
});

test('takes nothing from elsewhere in the archive, and writes nowhere else', () => {
  writeFileSync(folder.path('x.zip'), traceWith(['../../evil.jpeg', '/etc/a.jpeg', 'a/b/c.jpeg', 'screencast/x.html']));

  expect(filmReader(folder)('x.zip')?.frames).toEqual([]);
  expect(readdirSync(home, { recursive: true }).filter((name) => /jpeg|html/.test(String(name)))).toEqual([]);
});

test.each<[string, string, (path: string) => void]>([
  ['is gone', 'gone.zip', () => undefined],
  ['is no archive', 'x.zip', (path) => writeFileSync(path, 'PK no')],
  ['holds no trace', 'x.zip', (path) => writeFileSync(path, zipOf([{ name: 'other', bytes: JPEG }]))],
  ['lies outside the folder', '../x.zip', (path) => writeFileSync(path, traceWith(['screencast/1.jpeg']))],
])('shows nothing of a trace that %s', (_, trace, write) => {
  write(join(folder.dir, trace));

  expect(filmReader(folder)(trace)).toBeUndefined();
});

test('shows no picture of a page that held a secret, and says so', () => {
  const look = { type: 'frame-snapshot', snapshot: { html: ['P', {}, '4111 1111 1111 1111'], timestamp: 0 } };
  writeFileSync(folder.path('x.zip'), traceWith(['screencast/1.jpeg'], [look]));

  expect(filmReader(folder)('x.zip')).toEqual({ frames: [], console: [], hidden: 1 });
  expect(() => statSync(join(folder.dir, 'frames'))).toThrow('ENOENT');
});
