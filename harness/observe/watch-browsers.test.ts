/** Which browser a launch of the suite gets, try by try. */
import { expect, test } from 'vitest';
import { launchesOf } from './watch-browsers.ts';

const OURS = '/usr/bin/chromium';

test.each([
  ['as root', {}, { executablePath: OURS, sandbox: false }, [{ executablePath: OURS }]],
  [
    'as anybody: with the sandbox, and without where none can be had',
    {},
    { executablePath: OURS, sandbox: true },
    [{ executablePath: OURS, chromiumSandbox: true }, { executablePath: OURS }],
  ],
  [
    'a suite that decides on the sandbox itself',
    { chromiumSandbox: false },
    { executablePath: OURS, sandbox: true },
    [{ executablePath: OURS }],
  ],
  [
    'a suite that asks for a sandbox, as root',
    { chromiumSandbox: true },
    { executablePath: OURS, sandbox: false },
    [{ executablePath: OURS, chromiumSandbox: false }],
  ],
  ['a suite with a browser of its own', { executablePath: '/opt/own' }, { executablePath: OURS, sandbox: false }, [{}]],
  [
    'a suite that asks for Chrome: Chrome first',
    { channel: 'chrome' },
    { executablePath: OURS, sandbox: false },
    [{}, { executablePath: OURS }],
  ],
  ['a Playwright that has its browser', {}, { sandbox: true }, [{}]],
  [
    'flags of ours, behind those of the suite',
    { args: ['--mute-audio'] },
    { sandbox: false, executablePath: OURS, browserArgs: ['--host-resolver-rules=MAP a b'] },
    [{ executablePath: OURS, args: ['--mute-audio', '--host-resolver-rules=MAP a b'] }],
  ],
])('%s', (_, asked, options, launches) => {
  expect(launchesOf(asked, options)).toEqual(launches);
});
