import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { childEnvironment } from './child-environment.ts';
import { startGroup } from './process-group.ts';
import { findMarked } from './sweep-processes.ts';

const LIMITS = { memoryMiB: 200, outputMiB: 1, ports: 3, processes: 20 };

test.each([
  [
    'memory',
    'const held = []; setInterval(() => held.push(Buffer.alloc(30e6, 1)), 20);',
    'took more than 200 MiB of memory',
  ],
  ['output', "setInterval(() => console.log('x'.repeat(1e5)), 10);", 'printed more than 1 MiB'],
  ['ports', "for (let n = 0; n < 4; n++) require('net').createServer().listen(0);", 'listened on more than 3 ports'],
  [
    'processes',
    "for (let n = 0; n < 25; n++) require('child_process').spawn('sleep', ['600']);",
    'started more than 20 processes',
  ],
])('ends an app that takes too much %s, with all that it started, and says why', async (what, script, why) => {
  const cwd = mkdtempSync(join(tmpdir(), `limits-${what}-`));
  const log = join(cwd, 'log');
  const env = childEnvironment(process.env, cwd);

  const group = startGroup({ command: `exec "${process.execPath}" -e "${script}"`, cwd, env, log, limits: LIMITS });
  await group.exited;
  await group.end();

  expect(readFileSync(log, 'utf8').trimEnd().split('\n').at(-1)).toBe(`Error: Mendwright ended the app: it ${why}.`);
  expect(findMarked((mark) => mark === cwd)).toEqual([]);
});

test('lets an app alone that stays within its limits', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'limits-none-'));
  const log = join(cwd, 'log');
  const env = childEnvironment(process.env, cwd);
  const script = "console.log('up'); require('net').createServer().listen(0); setTimeout(() => process.exit(7), 1200);";

  const group = startGroup({ command: `"${process.execPath}" -e "${script}"`, cwd, env, log, limits: LIMITS });

  expect(await group.exited).toBe(7);
  expect(readFileSync(log, 'utf8')).toBe('up\n');
});
