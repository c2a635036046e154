/**
 * What being watched costs. `ratio`: the examples' suites against one running app, plain `playwright test` and the same
 * under Mendwright's observation, in pairs that take turns at being first. `wholeRatio`: `mendwright run` from start to
 * end against `playwright test` with the suite's own webServer; both build and start the app.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { childEnvironment } from '../harness/adapters/app/child-environment.ts';
import { type RunningApp, startApp } from '../harness/adapters/app/start-app.ts';
import { type Chromium, findChromium } from '../harness/adapters/playwright/find-browser.ts';
import { runSuite } from '../harness/adapters/playwright/run-suite.ts';
import { listenSentry } from '../harness/sentry-server/listen.ts';
import { sentryServer } from '../harness/sentry-server/sentry-server.ts';
import { readSettings, type Settings } from '../harness/settings.ts';
import { buildRepository } from '../test/faults/build-repository.ts';
import { median } from '../test/statistics.ts';
import type { Bench, BenchResult } from './bench.ts';

const ROOT = join(import.meta.dirname, '..');
const WORK = join(ROOT, '.demo', 'overhead');
const PAIRS = 5;

interface Pair {
  readonly plain: number;
  readonly watched: number;
}

interface Ground {
  readonly repository: string;
  readonly chromium: Chromium;
  readonly settings: Settings;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function pair(nth: number, plain: () => Promise<unknown>, watched: () => Promise<unknown>): Promise<Pair> {
  if (nth % 2 === 0) return { plain: await seconds(plain), watched: await seconds(watched) };
  const second = await seconds(watched);
  return { plain: await seconds(plain), watched: second };
}

async function run(command: string, args: readonly string[], cwd: string, env: Record<string, string>): Promise<void> {
  const child = spawn(command, args, { cwd, env, stdio: 'ignore' });
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${child.exitCode} in ${cwd}`);
}

function environment({ repository, chromium }: Ground): Record<string, string> {
  const browser = chromium.executablePath === undefined ? {} : { MENDWRIGHT_CHROMIUM: chromium.executablePath };
  return { ...childEnvironment(process.env, `bench:${repository}`), ...browser };
}

/** Without npx, on either side: it takes a third of a second by itself. */
function playwright(ground: Ground, env: Record<string, string>): Promise<void> {
  const cli = join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js');
  const args = [cli, 'test', '--config', ground.settings.scenarios.config, '--reporter', 'line'];
  return run(process.execPath, args, ground.repository, { ...environment(ground), ...env });
}

/** The suite alone, on one running app. */
async function suitePairs(ground: Ground, app: RunningApp): Promise<Pair[]> {
  const { repository, settings, chromium } = ground;
  const plain = (): Promise<void> => playwright(ground, { BASE_URL: app.url });
  const watched = (): Promise<unknown> =>
    runSuite({
      root: repository,
      config: settings.scenarios.config,
      baseUrl: app.url,
      outputDir: join(WORK, 'suite'),
      chromium,
      env: environment(ground),
    });
  await plain(); // Neither of the two shall pay for cold caches.
  const pairs: Pair[] = [];
  for (let nth = 0; nth < PAIRS; nth++) pairs.push(await pair(nth, plain, watched));
  return pairs;
}

async function wholePairs(ground: Ground): Promise<Pair[]> {
  const mendwright = (): Promise<void> =>
    run(
      process.execPath,
      [join(ROOT, 'bin', 'mendwright.js'), 'run', '--json', '--cwd', ground.repository],
      ROOT,
      environment(ground),
    );
  const pairs: Pair[] = [];
  for (let nth = 0; nth < PAIRS; nth++) pairs.push(await pair(nth, () => playwright(ground, {}), mendwright));
  return pairs;
}

async function measureExample(example: string): Promise<{ suite: Pair[]; whole: Pair[] }> {
  const repository = join(WORK, example);
  rmSync(repository, { recursive: true, force: true });
  buildRepository(join(ROOT, 'examples', example), repository);
  const settings = await readSettings({ cwd: repository, config: undefined, flags: {}, env: {} });
  const ground: Ground = { repository, settings, chromium: findChromium(repository) };
  const sentry = sentryServer({ org: 'bench' });
  const listening = await listenSentry(sentry, {});
  sentry.ensureProject({ slug: example });
  const dsn = sentry.dsn(example, listening.url);
  mkdirSync(join(WORK, 'logs'), { recursive: true });
  const app = await startApp({
    app: settings.app,
    root: repository,
    logs: join(WORK, 'logs'),
    env: environment(ground),
    sentry: { dsn, environment: 'bench', release: 'bench' },
    build: true,
  });
  let suite: Pair[];
  try {
    suite = await suitePairs(ground, app);
  } finally {
    await app.stop();
    await listening.close();
    sentry.close();
  }
  return { suite, whole: await wholePairs(ground) };
}

async function measure(): Promise<BenchResult> {
  mkdirSync(WORK, { recursive: true });
  const rows: Record<string, string | number>[] = [];
  const ratios: Record<'suite' | 'whole', number[]> = { suite: [], whole: [] };
  for (const example of readdirSync(join(ROOT, 'examples'))) {
    if (!existsSync(join(ROOT, 'examples', example, 'faults'))) continue;
    const measured = await measureExample(example);
    for (const kind of ['suite', 'whole'] as const) {
      for (const [nth, { plain, watched }] of measured[kind].entries()) {
        ratios[kind].push(watched / plain);
        rows.push({ example, what: kind, pair: nth + 1, plain, watched, ratio: watched / plain });
      }
    }
  }
  return { rows, figures: { ratio: median(ratios.suite), wholeRatio: median(ratios.whole) } };
}

export const bench: Bench = {
  name: 'overhead',
  summary: 'seconds of a suite alone, and from start to end, plain and watched',
  measure,
};
