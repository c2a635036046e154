// Whether this machine has a Chromium that Playwright can drive, for the setup on an old Node; the harness itself asks
// harness/adapters/playwright/find-browser.ts, which looks in the same places.
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const SYSTEM = {
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

/** Path of a browser, or of Playwright's folder for it; undefined where there is none. */
export function findBrowser(
  root,
  { env = process.env, platform = process.platform, home = homedir(), exists = existsSync } = {},
) {
  return (
    managedBrowser(root, { env, platform, home, exists }) ??
    [env.MENDWRIGHT_CHROMIUM, ...(SYSTEM[platform] ?? [])].find((path) => path && exists(path))
  );
}

function managedBrowser(root, { env, platform, home, exists }) {
  const list = join(root, 'node_modules', 'playwright-core', 'browsers.json');
  if (!exists(list)) return undefined;
  const { browsers } = JSON.parse(readFileSync(list, 'utf8'));
  const revision = browsers.find(({ name }) => name === 'chromium')?.revision;
  return ['chromium', 'chromium_headless_shell']
    .map((name) => join(cacheFolder({ env, platform, home }), `${name}-${revision}`))
    .find((folder) => exists(join(folder, 'INSTALLATION_COMPLETE')));
}

function cacheFolder({ env, platform, home }) {
  if (env.PLAYWRIGHT_BROWSERS_PATH && env.PLAYWRIGHT_BROWSERS_PATH !== '0') return env.PLAYWRIGHT_BROWSERS_PATH;
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'ms-playwright');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? home, 'ms-playwright');
  return join(env.XDG_CACHE_HOME ?? join(home, '.cache'), 'ms-playwright');
}
