/** Finds a Chromium: the one that MENDWRIGHT_CHROMIUM names, else Playwright's own where it is there, else the machine's. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '../../model/failure.ts';

export interface Chromium {
  /** Undefined: Playwright finds its own. */
  readonly executablePath?: string;
  /** False as root, where Chromium's sandbox does not start. */
  readonly sandbox: boolean;
}

export interface BrowserPlaces {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
  readonly isRoot: boolean;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

/** Debian's headless shell first: it starts and runs scenarios 3 to 4 times as fast as the whole browser. */
const SYSTEM: Readonly<Record<string, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
};

/** `root` is the app's folder: the browsers of the Playwright that it uses count first. Throws the usage Failure `no-browser`. */
export function findChromium(root: string, places: BrowserPlaces = thisMachine()): Chromium {
  const sandbox = !places.isRoot;
  const given = places.env.MENDWRIGHT_CHROMIUM;
  if (given !== undefined && places.exists(given)) return { executablePath: given, sandbox };
  if (hasManagedBrowser(root, places)) return { sandbox };
  const executablePath = SYSTEM[places.platform]?.find(places.exists);
  if (executablePath !== undefined) return { executablePath, sandbox };
  throw new Failure('usage', 'no-browser', 'There is no Chromium on this machine.', {
    hint: 'Run `npx playwright install chromium`, or install your system’s chromium, or set MENDWRIGHT_CHROMIUM to one.',
  });
}

/** The revision that the app's Playwright asks for, as a whole browser or as the headless shell. */
function hasManagedBrowser(root: string, places: BrowserPlaces): boolean {
  const folder = browsersFolder(places);
  const revision = askedRevision(root);
  if (revision === undefined) return false;
  return [`chromium-${revision}`, `chromium_headless_shell-${revision}`].some((name) =>
    places.exists(join(folder, name, 'INSTALLATION_COMPLETE')),
  );
}

function browsersFolder({ env, home, platform }: BrowserPlaces): string {
  const given = env.PLAYWRIGHT_BROWSERS_PATH;
  if (given !== undefined && given !== '' && given !== '0') return given;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'ms-playwright');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? home, 'ms-playwright');
  return join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'ms-playwright');
}

function askedRevision(root: string): string | undefined {
  try {
    const require = createRequire(join(root, 'package.json'));
    const playwright = createRequire(require.resolve('@playwright/test/package.json')).resolve(
      'playwright/package.json',
    );
    // By its path: newer versions do not export the file.
    const core = dirname(createRequire(playwright).resolve('playwright-core/package.json'));
    const { browsers }: { browsers: { name: string; revision: string }[] } = require(join(core, 'browsers.json'));
    return browsers.find(({ name }) => name === 'chromium')?.revision;
  } catch {
    return undefined; // No Playwright there; run-suite says so in its own words.
  }
}

function thisMachine(): BrowserPlaces {
  return {
    env: process.env,
    exists: existsSync,
    isRoot: process.getuid?.() === 0,
    home: homedir(),
    platform: process.platform,
  };
}
