/** Suites of many shapes, unchanged: whatever they do by hand is watched, and their own results stay what they were. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { ScenarioRun } from '../../harness/model/scenario.ts';
import { IS_OLDEST, type ObservedSuite, observedSuite, titled } from './observed-suite.ts';

const PAGES = {
  '/ok': '<h1>Fine</h1>',
  '/exception': '<h1>Page</h1><script>setTimeout(() => { throw new TypeError("boom"); });</script>',
};
const BOOM = [{ kind: 'exception', origin: 'app', message: 'boom' }];
const VISIT = "await page.goto('/exception'); await page.waitForLoadState('networkidle');";
const VISIT_BY_HAND = VISIT.replace("'/exception'", "process.env.BASE_URL + '/exception'");

const made: ObservedSuite[] = [];
afterEach(() => {
  for (const suite of made.splice(0)) suite.close();
});

async function suiteOf(
  files: Readonly<Record<string, string>>,
  pages: Parameters<typeof observedSuite>[0] = PAGES,
): Promise<ObservedSuite> {
  const suite = await observedSuite(pages);
  made.push(suite);
  for (const [file, text] of Object.entries(files)) suite.write(file, text);
  return suite;
}

function statuses(runs: readonly ScenarioRun[]): string[] {
  return runs.map(({ scenario, repetition, status }) => `${scenario.id} #${repetition} ${status}`);
}

test('watches what a suite opens by hand, and fixtures of its own', async () => {
  const suite = await suiteOf({
    'specs/by-hand.spec.ts': `
import { chromium, mergeTests, test as base } from '@playwright/test';
const one = base.extend<{ heading: string }>({ heading: async ({ page }, use) => { ${VISIT} await use(await page.getByRole('heading').innerText()); } });
const two = base.extend<{ extra: number }>({ extra: 1 });
const test = mergeTests(one, two);
test('own fixtures', async ({ heading, extra }) => { test.expect(heading + extra).toBe('Page1'); });
test('a context', async ({ browser }) => {
  const page = await (await browser.newContext()).newPage(); ${VISIT_BY_HAND} await page.context().close();
});
test('a page of the browser', async ({ browser }) => { const page = await browser.newPage(); ${VISIT_BY_HAND} });
test('a browser', async () => {
  const browser = await chromium.launch(); const page = await browser.newPage(); ${VISIT_BY_HAND} await browser.close();
});
test('a profile', async ({}, info) => {
  const context = await chromium.launchPersistentContext(info.outputPath('profile'));
  const page = await context.newPage(); ${VISIT_BY_HAND} await context.close();
});
`,
  });

  const { runs } = await suite.run();

  for (const title of ['own fixtures', 'a context', 'a page of the browser', 'a browser', 'a profile']) {
    expect({ title, ...titled(runs, title) }).toMatchObject({
      title,
      status: 'passed',
      sightings: BOOM,
      browserSdk: false,
    });
  }
});

const CONFIGURATIONS = [
  [
    'a CommonJS configuration',
    'common/playwright.config.js',
    'module.exports =',
    'module.exports = async () =>',
    'require',
  ],
  ['one of ES modules', 'playwright.config.ts', 'export default', 'export default async () =>', 'import'],
] as const;

test.each(IS_OLDEST ? CONFIGURATIONS.slice(0, 1) : CONFIGURATIONS)(
  '%s: starts no webServer of the suite, and hands its set-up a browser',
  async (_, config, exports, setUp, system) => {
    const folder = config.startsWith('common/') ? 'common/' : '';
    const asked = (names: string): string =>
      system === 'import'
        ? `import { ${names} } from '@playwright/test';`
        : `const { ${names} } = require('@playwright/test');`;
    const suite = await suiteOf({
      'common/package.json': '{ "type": "commonjs" }',
      [config]: `${exports} { testDir: '.', testMatch: '*.look.*', globalSetup: './set-up.js', webServer: { command: 'node started.js', port: 1, timeout: 3000 } };`,
      [`${folder}started.js`]: "process.getBuiltinModule('node:fs').writeFileSync('started', '')",
      [`${folder}set-up.js`]: `${asked('chromium')}\n${setUp} { const browser = await chromium.launch(); await browser.close(); };`,
      [`${folder}one.look.js`]: `${asked('test')}\ntest('looks', async ({ page }) => { ${VISIT} });`,
    });

    const { runs } = await suite.run({ config });

    expect(runs).toMatchObject([{ status: 'passed', sightings: BOOM }]);
    expect(existsSync(join(suite.root, folder, 'started'))).toBe(false);
  },
);

test('leaves the suite its own word on what fails', async () => {
  const suite = await suiteOf({
    'specs/words.spec.ts': `
import { expect, test } from '@playwright/test';
test.fail('known to fail, fails', () => expect(1).toBe(2));
test.fail('known to fail, passes', () => undefined);
test.skip('skipped', () => undefined);
test('fails', () => expect(1).toBe(2));
test('runs out of time', async ({ page }) => { test.setTimeout(500); await page.waitForTimeout(5000); });
`,
  });

  const { runs } = await suite.run();

  const messages = (title: string): string[] => titled(runs, title).sightings.map(({ message }) => message);
  expect(statuses(runs).map((line) => line.replace('[] specs/words.spec.ts › ', ''))).toEqual([
    'fails #0 failed',
    'known to fail, fails #0 passed',
    'known to fail, passes #0 failed',
    'runs out of time #0 timed-out',
    'skipped #0 skipped',
  ]);
  expect(messages('known to fail, fails')).toEqual([]);
  expect(messages('known to fail, passes')).toEqual(['Expected to fail, but passed.']);
  expect(messages('runs out of time')[0]).toContain('Test timeout of 500ms exceeded');
});

test('merges the attempts of a retried scenario', async () => {
  const suite = await suiteOf({
    'specs/retried.spec.ts': `
import { expect, test } from '@playwright/test';
test('works at last', async ({ page }, info) => {
  await page.goto(info.retry === 0 ? '/exception' : '/ok'); await page.waitForLoadState('networkidle'); expect(info.retry).toBe(1);
});
`,
  });
  const told: ScenarioRun[] = [];

  const { runs } = await suite.run({ retries: 2, onScenario: (run) => told.push(run) });

  expect(runs).toMatchObject([
    { status: 'passed', attempts: 2, pageText: 'Fine', sightings: [...BOOM, { kind: 'assertion' }] },
  ]);
  expect(told).toEqual(runs);
});

test('runs just the scenarios asked for, where others share their title, project or set-up', async () => {
  const looks =
    "import { test } from '@playwright/test';\ntest('looks', async ({ page }) => { await page.goto('/ok'); });";
  const suite = await suiteOf({
    'playwright.config.ts': `export default { testDir: 'specs', projects: [
      { name: 'set up', testMatch: 'set-up.ts' }, { name: 'one', dependencies: ['set up'] }, { name: 'two', dependencies: ['set up'] }] };`,
    'specs/set-up.ts': "import { test } from '@playwright/test';\ntest('sets up', () => undefined);",
    'specs/a.spec.ts': `${looks}\ntest('looks (again)', { tag: '@slow' }, () => undefined);`,
    'specs/b.spec.ts': looks,
    'specs/more/a.spec.ts': looks,
  });
  const all = await suite.run();
  const only = all.listed.filter(({ id }) =>
    /^\[one\] specs\/(?:b\.spec\.ts › looks|a\.spec\.ts › looks \(again\))$/.test(id),
  );

  const { runs, listed } = await suite.run({ only });

  expect(all.listed).toHaveLength(9);
  expect(only).toHaveLength(2);
  expect(listed).toEqual(only);
  expect(statuses(runs)).toEqual(only.map(({ id }) => `${id} #0 passed`));
});

test('repeats a scenario as if it were itself: same title, file and snapshots', async () => {
  const suite = await suiteOf({
    'specs/again.spec.ts': `
import { basename } from 'node:path';
import { expect, test } from '@playwright/test';
test.describe('group', () => {
  test('is itself', ({}, info) => {
    expect([basename(info.file), info.title]).toEqual(['again.spec.ts', 'is itself']);
    expect('kept').toMatchSnapshot();
  });
});
test.describe.serial('row', () => { test('first', () => undefined); test('second', () => undefined); });
`,
    'specs/again.spec.ts-snapshots/group-is-itself-1-linux.txt': 'kept',
    'specs/again.spec.ts-snapshots/group-is-itself-1-darwin.txt': 'kept',
  });

  const { runs, listed } = await suite.run({ repeat: 3 });

  expect(listed.map(({ titlePath }) => titlePath.join(' '))).toEqual(['group is itself', 'row first', 'row second']);
  expect(statuses(runs)).toEqual(listed.flatMap(({ id }) => [0, 1, 2].map((nth) => `${id} #${nth} passed`)));
});

test('overlooks what is muted, by message, address or stack', async () => {
  const suite = await suiteOf(
    {
      'specs/noise.spec.ts': `
import { test } from '@playwright/test';
test('is noisy', async ({ page }) => {
  await page.goto('/noise');
  await page.waitForLoadState('networkidle');
});
`,
    },
    {
      '/noise':
        '<h1>Page</h1><script src="/widget.js"></script><script>console.error("Chat is offline (7)"); fetch("/beacon"); setTimeout(() => { throw new Error("ours"); });</script>',
      '/widget.js': 'setTimeout(() => { throw new Error("theirs"); });',
      '/beacon': { status: 500 },
    },
  );

  const { runs } = await suite.run({ mute: ['chat is OFFLINE \\(\\d\\)', '/beacon', 'widget\\.js'] });

  expect(runs[0]?.sightings.map(({ message }) => message)).toEqual(['ours']);
});

test('says once what it did not start, and what it cannot debug', async () => {
  const suite = await suiteOf({
    'playwright.config.js': `module.exports = {
  testDir: 'specs',
  webServer: { command: 'node started.js', port: 1, timeout: 3000 },
  projects: [{ name: 'a' }, { name: 'b', use: { browserName: 'firefox' } }, { name: 'c', use: { defaultBrowserType: 'firefox' } }],
};
`,
    'package.json': '{ "name": "observed", "private": true, "type": "commonjs" }',
    'specs/plain.spec.ts': `
import { test } from '@playwright/test';
test('opens nothing', () => undefined);
`,
  });

  const { runs, notes } = await suite.run({ config: 'playwright.config.js' });

  expect(runs.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
  expect(notes).toEqual([
    'Scenarios in firefox are observed, not debugged: values at the throw are seen in Chromium alone.',
    'The suite’s own webServer is not started: app.start is.',
  ]);
});

// Playwright believes the position of a test more than the file that it loaded, where their kinds differ.
test.each(IS_OLDEST ? ['ts'] : ['js', 'mjs', 'ts'])('repetitions stand where they were written: .%s', async (kind) => {
  const suite = await suiteOf({
    [`specs/again.spec.${kind}`]: `
import { test } from '@playwright/test';

test('is itself', () => undefined);
`,
  });
  const only = (await suite.run({ repeat: 2 })).listed;

  const { runs } = await suite.run({ repeat: 2, only });

  expect(only).toMatchObject([{ file: `specs/again.spec.${kind}`, line: 4 }]);
  expect(runs).toHaveLength(2);
});
