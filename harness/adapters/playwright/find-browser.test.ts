/** Which Chromium is found on machines of several kinds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BrowserPlaces, findChromium } from './find-browser.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const SHELL = '/usr/bin/chromium-headless-shell';

/** The revision that this repository's Playwright asks for. */
function revision(): string {
  const file = join(ROOT, 'node_modules', 'playwright-core', 'browsers.json');
  return /"name": "chromium",\s*"revision": "(\d+)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
}

function machine(files: readonly string[], changes: Partial<BrowserPlaces> = {}): BrowserPlaces {
  return {
    env: {},
    exists: (path) => files.includes(path),
    isRoot: false,
    home: '/home/me',
    platform: 'linux',
    ...changes,
  };
}

const managed = (folder: string): string => join(folder, 'INSTALLATION_COMPLETE');

test.each([
  [
    'Playwright’s own',
    machine([managed(`/home/me/.cache/ms-playwright/chromium-${revision()}`), SHELL]),
    { sandbox: true },
  ],
  [
    'Playwright’s own headless shell',
    machine([managed(`/home/me/.cache/ms-playwright/chromium_headless_shell-${revision()}`)]),
    { sandbox: true },
  ],
  [
    'Playwright’s own in a folder of its own',
    machine([managed(`/browsers/chromium-${revision()}`)], { env: { PLAYWRIGHT_BROWSERS_PATH: '/browsers' } }),
    { sandbox: true },
  ],
  [
    'the machine’s, where Playwright’s is of another version',
    machine([managed('/home/me/.cache/ms-playwright/chromium-1'), SHELL]),
    { executablePath: SHELL, sandbox: true },
  ],
  [
    'the one that the variable names, before Playwright’s own',
    machine(['/opt/mine', SHELL, managed(`/home/me/.cache/ms-playwright/chromium-${revision()}`)], {
      env: { MENDWRIGHT_CHROMIUM: '/opt/mine' },
    }),
    { executablePath: '/opt/mine', sandbox: true },
  ],
  [
    'the machine’s, where the variable names nothing',
    machine([SHELL], { env: { MENDWRIGHT_CHROMIUM: '/gone' } }),
    { executablePath: SHELL, sandbox: true },
  ],
  [
    'the headless shell before the whole browser',
    machine(['/usr/bin/chromium', SHELL]),
    { executablePath: SHELL, sandbox: true },
  ],
  ['one for root, without its sandbox', machine([SHELL], { isRoot: true }), { executablePath: SHELL, sandbox: false }],
])('finds %s', (_, places, chromium) => {
  expect(findChromium(ROOT, places)).toEqual(chromium);
});

test('says what to install where there is none', () => {
  expect(() => findChromium(ROOT, machine([]))).toThrow(
    expect.objectContaining({ kind: 'usage', code: 'no-browser', hint: expect.stringContaining('playwright install') }),
  );
});
