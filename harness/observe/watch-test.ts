/** Extends a suite's own `test` so that every scenario is watched; everything else of Playwright stays what it was. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type * as Playwright from '@playwright/test';
import type { Browser, BrowserContext, Fixtures, LaunchOptions, TestInfo } from '@playwright/test';
import { takeServerCoverage } from './ask-servers.ts';
import { coverPages } from './cover-pages.ts';
import { type ObserveOptions, readOptions } from './options.ts';
import { Recorder } from './recorder.ts';
import { appendRecord } from './records.ts';
import { readTitle, repeatTest } from './repeat-test.ts';
import { endTurn, repetitionsOf, selectIn, takeTurn } from './screening.ts';
import { traceContext } from './trace-context.ts';
import { watchBrowsers } from './watch-browsers.ts';
import { type ContextWatch, watchContext } from './watch-context.ts';
import { watchThrows } from './watch-throws.ts';
import { type WorkerWatch, watchWorkers } from './watch-workers.ts';

type Real = Pick<typeof Playwright, 'test' | 'chromium' | 'firefox' | 'webkit'>;

export interface Watched {
  readonly test: Real['test'];
}

const watched = new WeakMap<object, Watched>();
/** A worker runs one test at a time. */
let current: Recorder | undefined;
let configured: LaunchOptions = {};
/** Contexts that are open; those of `beforeAll` and of users outlive a test. */
const open = new Map<BrowserContext, ContextWatch>();
const workers = new Map<Browser, Promise<WorkerWatch | undefined>>();

/** The same wrapper for every file of a process: Playwright merges fixtures by identity. */
export function watch(real: Real): Watched {
  const known = watched.get(real.test);
  if (known) return known;
  const options = readOptions(process.env);
  const made = options === undefined ? { test: real.test } : wrap(real, options);
  watched.set(real.test, made);
  return made;
}

function wrap(real: Real, options: ObserveOptions): Watched {
  const browsers = {
    options,
    configured: () => configured,
    onBrowser: addBrowser,
    onContext: addContext,
    beforeClose: async (context: BrowserContext) => open.get(context)?.lastLook(),
  };
  for (const type of [real.chromium, real.firefox, real.webkit]) watchBrowsers(type, browsers);
  const fixtures: Fixtures<
    // biome-ignore lint/suspicious/noConfusingVoidType: Playwright's own form for a fixture without a value.
    { mendwright: void },
    object,
    { baseURL: string | undefined },
    { launchOptions: LaunchOptions }
  > = {
    // Not an option fixture, so that it wins over `use.baseURL` of the configuration.
    // biome-ignore lint/correctness/noEmptyPattern: Playwright demands a destructured first parameter.
    baseURL: async ({}, use) => use(options.baseUrl),
    launchOptions: [
      async ({ launchOptions }, use) => {
        configured = launchOptions;
        await use(launchOptions);
      },
      { scope: 'worker' },
    ],
    mendwright: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright demands a destructured first parameter.
      async ({}, use, info) => {
        await record(options, info, use);
      },
      { auto: true },
    ],
  };
  const extended = real.test.extend(fixtures);
  const { screening, repeat, repeated } = options;
  if (screening) return { test: repeatTest(extended, (title) => repetitionsOf(screening, title)) };
  if (repeat <= 1) return { test: extended };
  const all = Array.from({ length: repeat }, (_, nth) => nth);
  return { test: repeatTest(extended, (title) => (repeated?.includes(title) === false ? [0] : all)) };
}

/** Nobody waits for it but the end of a scenario: the protocol tells of workers that were there before. */
function addBrowser(browser: Browser): void {
  // A browser that is closed at once has no workers.
  workers.set(
    browser,
    watchWorkers(browser, () => current).catch(() => undefined),
  );
  browser.on('disconnected', () => workers.delete(browser));
}

async function settleWorkers(): Promise<void> {
  for (const seen of workers.values()) await (await seen)?.settle();
}

function addContext(context: BrowserContext): void {
  const ask = (): Recorder | undefined => current;
  const { screening } = current?.options ?? {};
  if (screening && current) {
    const recorder = current;
    selectIn(context, screening, {
      repetition: recorder.repetition,
      onAsked: (number) => recorder.switches.add(number),
    });
  }
  const parts = [traceContext(context, ask), coverPages(context, ask)];
  const seen = watchContext(context, { current: ask, settleWorkers, parts });
  watchThrows(context, ask);
  open.set(context, seen);
  context.on('close', () => open.delete(context));
}

async function record(options: ObserveOptions, info: TestInfo, use: () => Promise<void>): Promise<void> {
  const titled = readTitle(info.title);
  const { repetition } = titled;
  const isFirst = repetition === 0 && info.repeatEachIndex === 0;
  if (options.repeat > 1 || options.screening) hideRepetition(info);
  const recorder = new Recorder(options, {
    test: info.testId,
    title: titled.title,
    retry: info.retry,
    isFirst,
    repetition,
    errors: () => info.errors.length + (info.status === 'timedOut' ? 1 : 0),
  });
  // Opened for an earlier scenario, it selects the patch of that one.
  if (open.size > 0) recorder.isMixed = true;
  current = recorder;
  try {
    if (options.compare) await takeServerCoverage(options.compare.port);
    if (options.screening && !(await takeTurn(options.screening, titled))) info.skip();
    await use();
    for (const context of open.values()) await context.lastLook();
    if (options.compare) recorder.addWitness({ covered: await takeServerCoverage(options.compare.port) });
  } finally {
    current = undefined;
    if (options.screening) {
      const { hasWritten: wrote, isMixed: mixed } = recorder;
      const asked = [...recorder.switches];
      await endTurn(options.screening, titled, { wrote, mixed, asked, red: recorder.isRed() });
    }
    appendRecord(options.folder, { ...recorder.toRecord(), expected: info.expectedStatus });
    if (options.keepWorkers) keepWorker(info);
  }
}

/**
 * To the scenario, a repetition is the scenario itself, as with Playwright's own --repeat-each: snapshots are named after
 * its title, and files beside it are found by its path.
 */
function hideRepetition(info: TestInfo): void {
  const [file = ''] = info.titlePath;
  const path = resolve(info.config.rootDir, file);
  if (existsSync(path)) info.file = path;
  info.title = readTitle(info.title).title;
  info.titlePath = [...info.titlePath.slice(0, -1), info.title];
}

/**
 * Playwright throws a worker and its browser away after each failed test, which costs more than a scenario. A failure
 * that was expected does not cost it. Status and errors stay what they were; tests that depend on each other, or that
 * would be tried again, are left alone.
 */
function keepWorker(info: TestInfo): void {
  if (info.status === 'failed' && info.project.retries === 0 && !isSerial(info)) info.expectedStatus = 'failed';
}

function isSerial(info: TestInfo): boolean {
  let suite: unknown = Reflect.get(Object(Reflect.get(info, '_test')), 'parent');
  while (typeof suite === 'object' && suite !== null) {
    if (Reflect.get(suite, '_parallelMode') === 'serial') return true;
    suite = Reflect.get(suite, 'parent');
  }
  return false;
}
