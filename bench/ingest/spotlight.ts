/** Spotlight, installed for the bench alone: it is no dependency of ours, and a fresh one needs an older hono to answer at all. */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const VERSION = '4.11.8';
const HONO = '4.12.25';
const INSTALL_MS = 300_000;

/** Undefined when it is installed below `work`, else why it is not. */
export async function installSpotlight(work: string, signal: AbortSignal): Promise<string | undefined> {
  const folder = join(work, 'spotlight');
  mkdirSync(folder);
  const manifest = {
    name: 'bench-of-spotlight',
    private: true,
    dependencies: { '@spotlightjs/spotlight': VERSION },
    overrides: { hono: HONO },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  try {
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
    await promisify(execFile)('npm', args, { cwd: folder, timeout: INSTALL_MS, signal });
    return undefined;
  } catch (error) {
    return `npm could not install it (${error instanceof Error ? error.message.split('\n', 1)[0] : error})`;
  }
}

export function spotlightCommand(
  work: string,
  port: number,
): { command: string; args: string[]; env: Record<string, string> } {
  const bin = join(work, 'spotlight', 'node_modules', '.bin', 'spotlight');
  return { command: bin, args: ['server', '--port', String(port)], env: { SENTRY_DSN: '' } };
}
