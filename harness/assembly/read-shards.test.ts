import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runOf, scenario } from '../../test/ladder/scripted-trial.ts';
import type { ScenarioRun } from '../model/scenario.ts';
import type { ShardRecording } from '../model/shard.ts';
import { readShards } from './read-shards.ts';

const ground = mkdtempSync(join(tmpdir(), 'mendwright-shards-'));
afterAll(() => rmSync(ground, { recursive: true, force: true }));

function shard(changes: Partial<ShardRecording>, run: Partial<ScenarioRun> = {}): string {
  const folder = mkdtempSync(join(ground, 'run-'));
  const recording: ShardRecording = {
    version: 1,
    part: '1/2',
    base: 'c1',
    startedAt: '2026-01-01T00:00:00.000Z',
    appUrl: 'http://127.0.0.1:4001',
    lost: [],
    events: [],
    issues: [],
    read: [],
    suspectCommits: {},
    isHosted: false,
    findings: [],
    ...changes,
  };
  writeFileSync(join(folder, 'shard.json'), JSON.stringify(recording));
  const items = [runOf(scenario(recording.part), run)];
  writeFileSync(join(folder, 'run.json'), JSON.stringify({ items, skipped: [] }));
  return folder;
}

function read(folders: readonly string[]) {
  const into = mkdtempSync(join(ground, 'into-'));
  const path = (...parts: string[]): string => {
    const full = join(into, ...parts);
    mkdirSync(dirname(full), { recursive: true });
    return full;
  };
  return { into, shards: readShards({ folders, base: 'c1', into: { path } }) };
}

test('gives shards in the order of their parts, with their screenshots', () => {
  const second = shard({ part: '2/2' }, { screenshot: 'base/suite/red.png' });
  mkdirSync(join(second, 'base', 'suite'), { recursive: true });
  writeFileSync(join(second, 'base', 'suite', 'red.png'), 'pixels');

  const { into, shards } = read([second, shard({ part: '1/2' })]);

  expect(shards.map(({ recording }) => recording.part)).toEqual(['1/2', '2/2']);
  expect(shards.map(({ runs }) => runs[0]?.screenshot)).toEqual([undefined, 'shards/2/base/suite/red.png']);
  expect(readFileSync(join(into, 'shards', '2', 'base', 'suite', 'red.png'), 'utf8')).toBe('pixels');
});

test.each([
  ['a name that leads out of the folder', '../secret.png'],
  ['a link that leads out of the folder', 'link.png'],
  ['a file that is not there', 'gone.png'],
])('leaves out %s', (_, screenshot) => {
  const folder = shard({ part: '1/1' }, { screenshot });
  writeFileSync(join(ground, 'secret.png'), 'secret');
  symlinkSync(join(ground, 'secret.png'), join(folder, 'link.png'));

  const { shards } = read([folder]);

  expect(shards[0]?.runs[0]?.screenshot).toBeUndefined();
});

test.each<[string, () => string[], string, string]>([
  ['a missing part', () => [shard({ part: '2/3' })], 'shards-incomplete', 'The run of shard 1/3 and 3/3 is missing.'],
  [
    'the same part twice',
    () => [shard({ part: '1/1' }), shard({ part: '1/1' })],
    'shards-differ',
    'These are not the parts of one whole: 1/1, 1/1.',
  ],
  [
    'another commit',
    () => [shard({ part: '1/1', base: 'c2' })],
    'shards-differ',
    'Shard 1/1 ran c2, but this night works on c1.',
  ],
  ['a folder that is no shard’s', () => [mkdtempSync(join(ground, 'other-'))], 'shard-unreadable', 'does not exist'],
])('refuses %s', (_, folders, code, message) => {
  expect(() => read(folders())).toThrow(
    expect.objectContaining({ kind: 'usage', code, message: expect.stringContaining(message) }),
  );
});
