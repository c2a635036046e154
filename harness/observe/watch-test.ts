/** Extends a suite's own `test` so that every scenario is watched; everything else of Playwright stays what it was. */

import type * as Playwright from '@playwright/test';
import type {
  Browser,
  BrowserContext,
  BrowserType,
  Fixtures,
  LaunchOptions,
  PlaywrightTestConfig,
  TestInfo,
} from '@playwright/test';
import { type ObserveOptions, readOptions } from './options.ts';
import { Recorder } from './recorder.ts';
import { appendRecord } from './records.ts';
import { repeatTest } from './repeat-test.ts';
import { type ContextWatch, watchContext } from './watch-context.ts';

type Real = Pick<typeof Playwright, 'test' | 'chromium' | 'firefox' | 'webkit' | 'defineConfig'>;

export interface Watched {
  readonly test: Real['test'];
  readonly defineConfig: Real['defineConfig'];
}

const watched = new WeakMap<object, Watched>();
/** A worker runs one test at a time. */
let current: Recorder | undefined;
/** Contexts that are open; those of `beforeAll` and of users outlive a test. */
const open = new Set<ContextWatch>();

/** The same wrapper for every file of a process: Playwright merges fixtures by identity. */
export function watch(real: Real): Watched {
  const known = watched.get(real.test);
  if (known) return known;
  const options = readOptions(process.env);
  const made = options === undefined ? { test: real.test, defineConfig: real.defineConfig } : wrap(real, options);
  watched.set(real.test, made);
  return made;
}

function wrap(real: Real, options: ObserveOptions): Watched {
  for (const type of [real.chromium, real.firefox, real.webkit]) watchBrowsers(type);
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
    launchOptions: [async ({ launchOptions }, use) => use(withBrowser(launchOptions, options)), { scope: 'worker' }],
    mendwright: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright demands a destructured first parameter.
      async ({}, use, info) => {
        await record(options, info, use);
      },
      { auto: true },
    ],
  };
  const extended = real.test.extend(fixtures);
  const test = options.repeat > 1 ? repeatTest(extended, options.repeat, options.repeated) : extended;
  return { test, defineConfig: withoutServer(real.defineConfig) };
}

async function record(options: ObserveOptions, info: TestInfo, use: () => Promise<void>): Promise<void> {
  const recorder = new Recorder(options, {
    test: info.testId,
    retry: info.retry,
    hasFailed: () => info.errors.length > 0 || info.status === 'timedOut',
  });
  current = recorder;
  try {
    await use();
    for (const context of open) await context.lastLook();
    if (options.keepWorkers) keepWorker(info);
  } finally {
    current = undefined;
    appendRecord(options.folder, recorder.toRecord());
  }
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

function withBrowser(launchOptions: LaunchOptions, { executablePath }: ObserveOptions): LaunchOptions {
  if (executablePath === undefined || launchOptions.executablePath !== undefined) return launchOptions;
  return { ...launchOptions, executablePath };
}

/** Meets every context of every browser, those made by hand included. */
function watchBrowsers(type: BrowserType): void {
  const launch = type.launch.bind(type);
  type.launch = async (launchOptions) => {
    const browser = await launch(launchOptions);
    watchContexts(browser);
    return browser;
  };
}

function watchContexts(browser: Browser): void {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (contextOptions): Promise<BrowserContext> => {
    const context = await newContext(contextOptions);
    const seen = await watchContext(context, () => current);
    open.add(seen);
    context.on('close', () => open.delete(seen));
    return context;
  };
}

/** The app under test is started by the harness: a `webServer` of the suite would be a second one. */
function withoutServer(defineConfig: Real['defineConfig']): Real['defineConfig'] {
  return (...configs: PlaywrightTestConfig[]) => {
    const [first = {}, ...rest] = configs.map(({ webServer: _, ...config }) => config);
    return defineConfig(first, ...rest);
  };
}
