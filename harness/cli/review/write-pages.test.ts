import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { reviewGround } from '../../../test/review/review-ground.ts';
import { review } from '../commands/review.ts';

const never = new AbortController().signal;

/** Addresses of files that a page names, read from where it lies. */
function filesOf(page: string): string[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/(?:href|src)="(?!https?:|#)([^"?#]+)/g)].map(([, link = '']) =>
    join(dirname(page), decodeURIComponent(link)),
  );
}

test.each([
  ['the run’s folder', true],
  ['a folder of their own', false],
])('writes the pages into %s, and all that they name is there', async (_, isOwn) => {
  const { repository, record } = await reviewGround();
  using __ = repository;
  const elsewhere = mkdtempSync(join(tmpdir(), 'mendwright-pages-'));
  const printed: string[] = [];
  const folder = isOwn ? join(repository.dir, '.mendwright', 'runs', record.id, 'review') : elsewhere;
  try {
    const flags = {
      cwd: repository.dir,
      host: '127.0.0.1',
      run: undefined,
      json: true,
      static: isOwn ? true : elsewhere,
    } as const;

    await review(flags, never, (text) => printed.push(text));

    expect(JSON.parse(printed[0] ?? '')).toEqual({ index: join(folder, 'index.html'), pages: 7 });
    const pages = [
      join(folder, 'index.html'),
      ...readdirSync(join(folder, 'issues')).map((name) => join(folder, 'issues', name)),
    ];
    const named = pages.flatMap(filesOf);
    expect(named.filter((file) => !existsSync(file))).toEqual([]);
    expect(named.some((file) => file.endsWith('pays-for-a-cart-mended.png'))).toBe(true);
    for (const page of pages) {
      const text = readFileSync(page, 'utf8');
      expect(text).toContain('script-src &#39;self&#39;');
      expect(text).not.toMatch(/type="module"|page-token|id="decide"/);
    }
  } finally {
    rmSync(elsewhere, { recursive: true });
  }
});

test.each([
  ['a run that is not there', { run: '2020-01-01T00-00-00-0000', static: true }, 'run-unknown'],
  ['an address of the world without a token', { host: '0.0.0.0' }, 'review-open-to-strangers'],
  ['a token that can be guessed', { token: 'secret' }, 'token-too-short'],
  ['to serve a run that is not there', { run: '2020-01-01T00-00-00-0000' }, 'night-not-ended'],
] as const)('refuses %s', async (_, changes, code) => {
  const { repository } = await reviewGround();
  using __ = repository;
  const flags = { cwd: repository.dir, host: '127.0.0.1', run: undefined, ...changes };

  await expect(review(flags, never, () => undefined)).rejects.toMatchObject({ kind: 'usage', code });
});

test('serves on a port until it is told to end', async () => {
  const { repository } = await reviewGround();
  using _ = repository;
  const stop = new AbortController();
  const { promise, resolve } = Promise.withResolvers<string>();
  const serving = review({ cwd: repository.dir, host: '127.0.0.1', run: undefined, json: true }, stop.signal, resolve);

  const { url, address } = JSON.parse(await promise);
  const entered = await fetch(address);
  expect(entered.status).toBe(200);
  expect((await fetch(url)).status).toBe(401);
  // Somebody watches the night: a connection that nobody closes.
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const watched = await fetch(`${url}/live`, { headers: { cookie } });
  expect(watched.headers.get('content-type')).toContain('text/event-stream');
  stop.abort();
  await serving;

  await expect(fetch(url)).rejects.toThrow();
});
