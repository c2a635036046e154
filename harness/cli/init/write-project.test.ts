import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Config } from '../../model/config.ts';
import { writeProject } from './write-project.ts';

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder with these files, and a `mendwright` that the written configuration can import. */
function project(files: Readonly<Record<string, string>>, { git = true } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'mendwright-init-'));
  made.push(folder);
  const stub = { 'node_modules/mendwright/package.json': '{"type":"module","exports":"./index.js"}' };
  const code = { 'node_modules/mendwright/index.js': 'export const defineConfig = (config) => config;' };
  for (const [file, text] of Object.entries({ ...files, ...stub, ...code })) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  if (git) execFileSync('git', ['init', '--quiet', folder]);
  return folder;
}

async function readConfig(folder: string, name = 'mendwright.config.ts'): Promise<Config> {
  const module: { default: unknown } = await import(/* @vite-ignore */ pathToFileURL(join(folder, name)).href);
  return Config.parse(module.default);
}

const json = (value: unknown): string => JSON.stringify(value);

test('writes configuration, scenario and workflow for a Vite app with a server', async () => {
  const folder = project({
    'package.json': json({
      type: 'module',
      scripts: { build: 'vite build', start: 'node server/main.js', typecheck: 'tsc --noEmit', test: 'vitest run' },
      dependencies: { hono: '4', react: '19', '@sentry/react': '11', '@sentry/node': '11' },
      devDependencies: { vite: '8', typescript: '6' },
    }),
    'package-lock.json': '{}',
    'src/main.tsx': 'Sentry.init({ dsn: import.meta.env.VITE_SENTRY_DSN });',
    'server/main.js': "Sentry.init({ dsn: process.env.SENTRY_DSN }); app.get('/healthz', () => ok);",
  });

  const { written, skipped, notes } = writeProject({ cwd: folder });

  expect(written).toEqual([
    'mendwright.config.ts',
    'playwright.config.ts',
    'scenarios/front-page.spec.ts',
    '.github/workflows/mendwright.yml',
  ]);
  expect(skipped).toEqual([]);
  expect(notes.at(-2)).toBe('Install what the files import: npm install --save-dev mendwright @playwright/test');
  expect(await readConfig(folder)).toMatchObject({
    app: {
      build: 'npm run build',
      start: 'npm run start',
      ready: '/healthz',
      env: { VITE_SENTRY_DSN: '$SENTRY_DSN' },
      sources: ['server/**', 'src/**'],
      root: '.',
    },
    scenarios: { config: 'playwright.config.ts' },
    checks: ['npm run typecheck', 'npm run test'],
    sentry: 'embedded',
  });
});

const VITE = { devDependencies: { vite: '8' } };

test.each([
  [
    'a Vite page',
    { 'package.json': json(VITE) },
    'npx vite preview --host 127.0.0.1 --port "$PORT" --strictPort',
    'npx vite build',
  ],
  [
    'a Vite page whose start is the development server',
    { 'package.json': json({ ...VITE, scripts: { start: 'vite --open', build: 'vite build' } }), 'pnpm-lock.yaml': '' },
    'npx vite preview --host 127.0.0.1 --port "$PORT" --strictPort',
    'pnpm run build',
  ],
  [
    'Next',
    {
      'package.json': json({ scripts: { build: 'next build', start: 'next start' }, dependencies: { next: '16' } }),
      'yarn.lock': '',
    },
    'yarn run start',
    'yarn run build',
  ],
  [
    'Express without a start script',
    { 'package.json': json({ dependencies: { express: '5' } }), 'server.js': '' },
    'node server.js',
    undefined,
  ],
  [
    'Flask',
    { 'requirements.txt': 'sentry-sdk[flask]\nFlask>=3\n', 'app.py': 'import sentry_sdk\n' },
    'python -m flask --app app run --host 127.0.0.1 --port "$PORT"',
    undefined,
  ],
  ['Django', { 'manage.py': '' }, 'python manage.py runserver --noreload "127.0.0.1:$PORT"', undefined],
])('finds out how to start %s', async (_, files, start, build) => {
  const folder = project(files);

  writeProject({ cwd: folder });

  const { app } = await readConfig(folder);
  expect({ start: app.start, build: app.build }).toEqual({ start, build });
});

test('says what it did not find instead of guessing', async () => {
  const folder = project({ 'notes.txt': 'nothing here' }, { git: false });

  const { notes } = writeProject({ cwd: folder });

  expect(notes.map((note) => note.split(/[.;:]/)[0])).toEqual([
    'This is no git repository yet',
    'No command that starts the app was found',
    'The folders of the app’s code were not recognised',
    'No Sentry SDK was found',
    'There is no package',
    'Install what the files import',
    'Look over the configuration, commit the files, then try',
  ]);
  expect((await readConfig(folder)).app.start).toContain('exit 1');
});

test('leaves every file that is there as it is, and says so', () => {
  const files = {
    'package.json': json({ type: 'module', dependencies: { mendwright: '1', '@playwright/test': '1' } }),
    'mendwright.config.mjs': 'export default {};',
    'playwright.config.js': 'export default {};',
    '.github/workflows/mendwright.yml': 'name: mine',
  };
  const folder = project(files);

  const { written, skipped } = writeProject({ cwd: folder });

  expect(written).toEqual([]);
  expect(skipped.map(({ file }) => file)).toEqual([
    'mendwright.config.mjs',
    'playwright.config.js',
    '.github/workflows/mendwright.yml',
  ]);
  for (const [file, text] of Object.entries(files)) expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
});

test('overwrites its own files with force, and nobody’s scenarios', async () => {
  const folder = project({
    'package.json': json({ type: 'module' }),
    'server.js': '',
    'playwright.config.ts': '// mine',
  });
  writeFileSync(join(folder, 'mendwright.config.ts'), 'export default {};');

  const { written } = writeProject({ cwd: folder, force: true });

  expect(written).toEqual(['mendwright.config.ts', '.github/workflows/mendwright.yml']);
  expect(readFileSync(join(folder, 'playwright.config.ts'), 'utf8')).toBe('// mine');
  expect((await readConfig(folder)).app.start).toBe('node server.js');
});

test('uses an existing Playwright configuration and writes no example beside it', async () => {
  const folder = project({ 'package.json': json({ scripts: { start: 'node .' } }), 'playwright.config.mts': '' });

  const { written } = writeProject({ cwd: folder });

  expect(written).toEqual(['mendwright.config.ts', '.github/workflows/mendwright.yml']);
  expect((await readConfig(folder)).scenarios.config).toBe('playwright.config.mts');
});

test('writes a configuration that Node reads in a CommonJS package', async () => {
  const folder = project({ 'package.json': json({ type: 'commonjs', main: 'server.js' }), 'server.js': '' });

  const { written } = writeProject({ cwd: folder });

  expect(written[0]).toBe('mendwright.config.mts');
  expect((await readConfig(folder, 'mendwright.config.mts')).app.start).toBe('node server.js');
});

test('serves an app in a subfolder, with the workflow at the top', async () => {
  const top = project({
    'package-lock.json': '{}',
    "apps/it's a shop/package.json": json({ scripts: { start: 'node .' } }),
  });
  const cwd = join(top, 'apps', "it's a shop");

  const { written } = writeProject({ cwd });

  expect(written.at(-1)).toBe('../../.github/workflows/mendwright.yml');
  expect((await readConfig(cwd)).app.root).toBe("apps/it's a shop");
  const workflow = parse(readFileSync(join(top, '.github/workflows/mendwright.yml'), 'utf8'));
  const steps: { run?: string; 'working-directory'?: string }[] = workflow.jobs.night.steps;
  expect(steps.find(({ run }) => run?.includes('nightly'))?.['working-directory']).toBe("apps/it's a shop");
  expect(steps.find(({ run }) => run === 'npm ci')?.['working-directory']).toBeUndefined();
});

test('warns of a DSN that is written into the code', () => {
  const folder = project({
    'package.json': json({ scripts: { start: 'node .' } }),
    'src/sentry.js': `Sentry.init({ dsn: 'https://${'0a'.repeat(16)}@o1.ingest.de.sentry.io/42' });`,
  });

  const { notes } = writeProject({ cwd: folder });

  expect(notes).toContain(
    'src/sentry.js holds a DSN: let it read SENTRY_DSN, so that a night’s events go to the night’s own Sentry.',
  );
});

test.each([
  ['a package.json that is no JSON', { 'package.json': '{ "name": ' }, 'package-json-unreadable'],
  ['a package.json of another shape', { 'package.json': '{ "scripts": [] }' }, 'package-json-unreadable'],
])('refuses %s and writes nothing', (_, files, code) => {
  const folder = project(files);

  expect(() => writeProject({ cwd: folder })).toThrow(expect.objectContaining({ kind: 'usage', code }));
  expect(existsSync(join(folder, 'mendwright.config.ts'))).toBe(false);
});

test('refuses a folder that does not exist', () => {
  const folder = join(project({}), 'nowhere');

  expect(() => writeProject({ cwd: folder })).toThrow(
    expect.objectContaining({ kind: 'usage', code: 'folder-missing' }),
  );
});
