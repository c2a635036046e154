/** Runs this repository's own command line, as a user would. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

/** Its standard output. Throws where it ended otherwise than with 0, or 1 for findings. */
export async function runMendwright(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ['bin/mendwright.js', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  await once(child, 'close');
  if (child.exitCode !== 0 && child.exitCode !== 1)
    throw new Error(`${args.join(' ')} ended with ${child.exitCode}:\n${stderr.slice(-2_000)}`);
  return stdout;
}
