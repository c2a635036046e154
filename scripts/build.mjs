// Compiles the published package to dist/: the harness and the fixers, with types, without tests.
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DIST = join(ROOT, 'dist');

rmSync(DIST, { recursive: true, force: true });
const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
  cwd: ROOT,
  stdio: ['ignore', 2, 2],
});
if (status !== 0) process.exit(status ?? 1);

// What a process of another module system loads is not compiled.
const observe = join('harness', 'observe');
for (const name of readdirSync(join(ROOT, observe)).filter((file) => file.endsWith('.cjs'))) {
  cpSync(join(ROOT, observe, name), join(DIST, observe, name));
}
