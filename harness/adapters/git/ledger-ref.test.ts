import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeLedgerFiles, LEDGER_REF, readLedgerFiles } from './ledger-ref.ts';
import { openRepository } from './open-repository.ts';
import { ScratchRepository } from './scratch-repository.ts';

const ABOUT = { message: 'ledger: a night\n', at: new Date('2026-01-01T00:00:00Z') };

test('keeps files of any text on a reference of its own, readable with plain git', async () => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  scratch.addFailingHooks();
  const before = scratch.fingerprint();
  const repository = await openRepository(scratch.dir);
  expect(await readLedgerFiles(repository)).toEqual(new Map());

  const files = new Map([
    ['README', ''],
    ['issues/shop-1.json', '{ "title": "é › 𝄞" }\n'],
    ['scenarios/pay.json', 'no line feed at the end'],
  ]);
  await changeLedgerFiles(repository, () => files, ABOUT);

  expect(await readLedgerFiles(repository)).toEqual(files);
  expect(scratch.git('show', `${LEDGER_REF}:issues/shop-1.json`)).toBe('{ "title": "é › 𝄞" }');
  expect(scratch.git('log', '--format=%an %s', LEDGER_REF)).toBe('mendwright ledger: a night');
  expect(scratch.fingerprint()).toBe(before);
});

test('drops the files that a change leaves out', async () => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  const repository = await openRepository(scratch.dir);
  await changeLedgerFiles(
    repository,
    () =>
      new Map([
        ['a.json', '1'],
        ['b.json', '2'],
      ]),
    ABOUT,
  );

  await changeLedgerFiles(repository, (files) => new Map([...files].filter(([path]) => path === 'b.json')), ABOUT);

  expect([...(await readLedgerFiles(repository)).keys()]).toEqual(['b.json']);
});

test('loses nothing when several write at once', async () => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  const repository = await openRepository(scratch.dir);
  const names = ['a', 'b', 'c', 'd', 'e'];

  await Promise.all(
    names.map((name) => changeLedgerFiles(repository, (files) => new Map([...files, [`${name}.json`, name]]), ABOUT)),
  );

  expect([...(await readLedgerFiles(repository)).values()]).toEqual(names);
  expect(scratch.git('rev-list', '--count', LEDGER_REF)).toBe('5');
});

test('asks again for the change when somebody else was quicker', async () => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  const repository = await openRepository(scratch.dir);
  await changeLedgerFiles(repository, () => new Map([['a.json', '1']]), ABOUT);
  const seen: unknown[] = [];

  await changeLedgerFiles(
    repository,
    (files) => {
      if (seen.length === 0) {
        const env = { ...process.env, GIT_INDEX_FILE: join(scratch.dir, '.git', 'theirs') };
        const git = (...args: string[]) =>
          execFileSync('git', args, { cwd: scratch.dir, env, encoding: 'utf8' }).trim();
        git('read-tree', LEDGER_REF);
        git('update-index', '--add', '--cacheinfo', `100644,${git('rev-parse', `${LEDGER_REF}:a.json`)},theirs.json`);
        const commit = git('commit-tree', '-p', LEDGER_REF, '-m', 'theirs', git('write-tree'));
        git('update-ref', LEDGER_REF, commit);
      }
      seen.push([...files.keys()]);
      return new Map([...files, ['ours.json', '']]);
    },
    ABOUT,
  );

  expect(seen).toEqual([['a.json'], ['a.json', 'theirs.json']]);
  expect([...(await readLedgerFiles(repository)).keys()]).toEqual(['a.json', 'ours.json', 'theirs.json']);
});

test('says so, and keeps the old ledger, where the disk is full', async () => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  const repository = await openRepository(scratch.dir);
  await changeLedgerFiles(repository, () => new Map([['a.json', 'old']]), ABOUT);
  const free = scratch.fillDisk();

  await expect(changeLedgerFiles(repository, () => new Map([['a.json', 'new']]), ABOUT)).rejects.toMatchObject({
    code: 'repository-not-writable',
  });

  free();
  expect(await readLedgerFiles(repository)).toEqual(new Map([['a.json', 'old']]));
});
