import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { takeNightLock } from './night-lock.ts';
import { createRunFolder, listRuns, openRunFolder, runId } from './run-folder.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'run-folder-'));
});

const Count = z.strictObject({ count: z.int() });

test('gives back what was written, checked on both ways', () => {
  const folder = createRunFolder(home, '2026-01-01T00-00-00-0001');

  folder.write('count.json', Count, { count: 3 });

  expect(folder.read('count.json', Count)).toEqual({ count: 3 });
  expect(() => folder.write('count.json', Count, { count: 1.5 })).toThrow();
  expect(folder.read('count.json', Count)).toEqual({ count: 3 });
});

test('names the stage that has not run', () => {
  const folder = createRunFolder(home, '2026-01-01T00-00-00-0001');

  expect(() => folder.read('patches.json', Count)).toThrow(expect.objectContaining({ code: 'stage-not-run' }));
});

test('refuses a file of another form', () => {
  const folder = createRunFolder(home, '2026-01-01T00-00-00-0001');
  writeFileSync(folder.path('count.json'), '{"count":');

  expect(() => folder.read('count.json', Count)).toThrow(expect.objectContaining({ code: 'run-file-wrong' }));
});

test('finds the newest run, and refuses ids that are paths', () => {
  createRunFolder(home, '2026-01-02T00-00-00-0001');
  createRunFolder(home, '2026-01-01T00-00-00-ffff');

  expect(listRuns(home)).toEqual(['2026-01-01T00-00-00-ffff', '2026-01-02T00-00-00-0001']);
  expect(openRunFolder(home, 'latest').id).toBe('2026-01-02T00-00-00-0001');
  expect(() => openRunFolder(home, '../..')).toThrow(expect.objectContaining({ code: 'run-unknown' }));
});

test('makes ids that sort by time', () => {
  expect(runId(new Date('2026-11-23T02:03:04.567Z'), () => 0.5)).toBe('2026-11-23T02-03-04-8000');
});

test('lets one night at a time work on a repository', () => {
  const release = takeNightLock(home, 'first');

  expect(() => takeNightLock(home, 'second')).toThrow(expect.objectContaining({ code: 'night-already-running' }));

  release();
  takeNightLock(home, 'third')();
  expect(existsSync(join(home, 'night.lock'))).toBe(false);
});

test('takes over the lock of a process that is gone', () => {
  writeFileSync(join(home, 'night.lock'), JSON.stringify({ pid: 2 ** 22 + 1, started: '1', run: 'killed' }));

  const release = takeNightLock(home, 'next');

  expect(existsSync(join(home, 'night.lock'))).toBe(true);
  release();
});

test('takes over the lock of a number that another process has by now', () => {
  writeFileSync(
    join(home, 'night.lock'),
    JSON.stringify({ pid: process.pid, started: 'another start', run: 'killed' }),
  );

  expect(() => takeNightLock(home, 'next')()).not.toThrow();
});
