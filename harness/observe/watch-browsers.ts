/** Meets every browser context of a suite, those made by hand included, and hands a Chromium to a Playwright without one. */

import type { Browser, BrowserContext, BrowserType, LaunchOptions } from '@playwright/test';
import type { ObserveOptions } from './options.ts';

export interface BrowserWatch {
  readonly options: ObserveOptions;
  /** What the suite's configuration says, where its fixtures are at work. */
  configured(): LaunchOptions;
  onBrowser(browser: Browser): void;
  onContext(context: BrowserContext): void;
  /** Asked when a whole browser is closed over its contexts. */
  beforeClose(context: BrowserContext): Promise<void>;
}

export function watchBrowsers(type: BrowserType, watch: BrowserWatch): void {
  const tries = (asked: LaunchOptions = {}): LaunchOptions[] => {
    if (type.name() !== 'chromium') return [asked];
    return launchesOf({ ...watch.configured(), ...asked }, watch.options).map((change) => ({ ...asked, ...change }));
  };
  const launch = type.launch.bind(type);
  type.launch = async (asked) => {
    const browser = await firstThatStarts(tries(asked), launch);
    watchContexts(browser, watch);
    watch.onBrowser(browser);
    return browser;
  };
  const launchPersistent = type.launchPersistentContext.bind(type);
  type.launchPersistentContext = async (folder, asked) => {
    const context = await firstThatStarts(tries(asked), (options) =>
      launchPersistent(folder, { ...asked, ...options }),
    );
    watch.onContext(context);
    return context;
  };
}

/** What to change in the options of a launch, one try after the other. A browser that the suite names itself stays. */
export function launchesOf(
  asked: LaunchOptions,
  { executablePath, sandbox, browserArgs }: Pick<ObserveOptions, 'executablePath' | 'sandbox' | 'browserArgs'>,
): LaunchOptions[] {
  const bare = {
    ...(browserArgs && { args: [...(asked.args ?? []), ...browserArgs] }),
    ...(asked.chromiumSandbox === true && !sandbox && { chromiumSandbox: false }),
  };
  if (executablePath === undefined || asked.executablePath !== undefined) return [bare];
  const ours = { ...bare, executablePath };
  // Some containers allow no sandbox to anybody; without is what Playwright itself does.
  const boxed = sandbox && asked.chromiumSandbox === undefined ? [{ ...ours, chromiumSandbox: true }] : [];
  return [...(asked.channel === undefined ? [] : [bare]), ...boxed, ours];
}

async function firstThatStarts<T>(
  tries: readonly LaunchOptions[],
  start: (options: LaunchOptions) => Promise<T>,
): Promise<T> {
  const [first = {}, ...rest] = tries;
  if (rest.length === 0) return start(first);
  return start(first).catch(() => firstThatStarts(rest, start));
}

function watchContexts(browser: Browser, { onContext, beforeClose }: BrowserWatch): void {
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options): Promise<BrowserContext> => {
    const context = await newContext(options);
    onContext(context);
    return context;
  };
  const close = browser.close.bind(browser);
  browser.close = async (options) => {
    await Promise.all(browser.contexts().map(beforeClose));
    await close(options);
  };
}
