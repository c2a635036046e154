/** The published package: packed, installed into an empty project, and run there. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'mendwright-package-'));
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', dir], { cwd: ROOT, encoding: 'utf8' });
  const tarball = packed.trim().split('\n').at(-1) ?? '';
  writeFileSync(join(dir, 'package.json'), '{ "name": "empty", "private": true, "type": "module" }');
  const install = [
    'install',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    join(dir, tarball),
    '@playwright/test',
    'typescript@6',
  ];
  execFileSync('npm', install, { cwd: dir, stdio: 'inherit' });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function run(command: string, args: string[]): string {
  return execFileSync(command, args, { cwd: dir, encoding: 'utf8' });
}

test('npx mendwright --help teaches', () => {
  expect(run('npx', ['--no-install', 'mendwright', '--help'])).toContain('npx mendwright init');
});

test('proposes patches', () => {
  writeFileSync(join(dir, 'cart.ts'), 'export const sum = (cart: any) => cart.total.net;\n');

  const text = run('npx', [
    '--no-install',
    'mendwright',
    'propose',
    '--json',
    '--error',
    "TypeError: Cannot read properties of undefined (reading 'net')",
    '--at',
    'cart.ts:1:47',
  ]);

  expect(
    JSON.parse(text)
      .candidates.map(({ diff }: { diff: string }) => diff)
      .join('\n'),
  ).toContain('cart.total?.net');
});

test('brings types for a configuration, a scenario and a fixer', () => {
  writeFileSync(
    join(dir, 'mendwright.config.ts'),
    "import { defineConfig, defineFixer, expect, test } from 'mendwright';\nexport const all = [defineFixer, expect, test];\nexport default defineConfig({ app: { start: 'x', sources: ['src/**'] } });\n",
  );
  writeFileSync(
    join(dir, 'wrong.config.ts'),
    "import { defineConfig } from 'mendwright';\nexport default defineConfig({ app: { start: 3, sources: ['src/**'] } });\n",
  );
  const tsc = (file: string): string =>
    run('npx', [
      '--no-install',
      'tsc',
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--target',
      'es2023',
      file,
    ]);

  expect(tsc('mendwright.config.ts')).toBe('');
  expect(() => tsc('wrong.config.ts')).toThrow();
});

test('says in one sentence what an older Node lacks', () => {
  const bin = join(dir, 'node_modules', 'mendwright', 'bin', 'mendwright.js');
  const old = `Object.defineProperty(process.versions, 'node', { value: '18.20.0' }); await import(${JSON.stringify(bin)});`;
  writeFileSync(
    join(dir, 'old.mjs'),
    `${old}\nif (process.exitCode !== 2) throw new Error('exit code ' + process.exitCode); process.exitCode = 0;`,
  );

  const text = execFileSync('sh', ['-c', 'node old.mjs 2>&1'], { cwd: dir, encoding: 'utf8' });

  expect(text).toBe('mendwright needs Node 22.18 or newer; this is 18.20.0.\n');
});

test('ships no test, no source and no example', () => {
  const listed = run('npm', ['ls', '--json', '--long', 'mendwright']);
  const { files } = JSON.parse(readFileSync(join(dir, 'node_modules', 'mendwright', 'package.json'), 'utf8'));

  expect(listed).toContain('mendwright');
  expect(files).toEqual(['bin', 'dist', 'schemas', 'README.md', 'LICENSE']);
});
