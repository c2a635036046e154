import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { childEnvironment } from './child-environment.ts';
import { runToEnd, startGroup } from './process-group.ts';
import { findMarked, sweepProcesses } from './sweep-processes.ts';

let cwd: string;
let log: string;
let mark: string;
let env: Record<string, string>;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'process-group-'));
  log = join(cwd, 'log');
  mark = `test:${cwd}`;
  env = childEnvironment(process.env, mark);
});

const isOurs = (found: string): boolean => found === mark;

test('runs a command of the shell to its end and keeps its output', async () => {
  const code = await runToEnd({ command: 'echo one && echo two >&2; exit 3', cwd, env, log }, { timeoutMs: 10_000 });

  expect(code).toBe(3);
  expect(readFileSync(log, 'utf8')).toBe('one\ntwo\n');
});

test('ends grandchildren as well', async () => {
  const group = startGroup({ command: 'sh -c "sleep 600 & echo started; sleep 600"', cwd, env, log });
  await vi.waitFor(() => expect(group.tail(1)).toBe('started'));
  expect(findMarked(isOurs).length).toBeGreaterThanOrEqual(2);

  await group.end();

  expect(findMarked(isOurs)).toEqual([]);
});

test('ends a command that takes too long', async () => {
  const code = await runToEnd({ command: 'sleep 600', cwd, env, log }, { timeoutMs: 50 });

  expect(code).toBe(124);
  expect(findMarked(isOurs)).toEqual([]);
});

test('sweeps what left its group', async () => {
  const group = startGroup({ command: 'setsid sh -c "echo started; exec sleep 600" & wait', cwd, env, log });
  await vi.waitFor(() => expect(group.tail(1)).toBe('started'));
  await group.end();
  await vi.waitFor(() => expect(findMarked(isOurs)).toHaveLength(1));

  expect(sweepProcesses(isOurs)).toBe(1);

  await vi.waitFor(() => expect(findMarked(isOurs)).toEqual([]));
});

test('hands on no secret of the harness', () => {
  const own = {
    PATH: '/bin',
    HOME: '/home/u',
    LC_ALL: 'C',
    SENTRY_AUTH_TOKEN: 's',
    GITHUB_TOKEN: 'g',
    AWS_SECRET: 'a',
    NODE_OPTIONS: '--x',
  };

  const given = childEnvironment(own, 'm');

  expect(Object.keys(given).sort()).toEqual(['HOME', 'LC_ALL', 'MENDWRIGHT_RUN', 'PATH']);
});
