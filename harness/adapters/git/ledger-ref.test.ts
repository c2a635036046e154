import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeLedgerFiles, LEDGER_REF, readLedgerFiles, readLedgerTree } from './ledger-ref.ts';
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

/** A ledger with what no night of ours has written. */
function foreignLedger(scratch: ScratchRepository): void {
  const env = { ...process.env, GIT_INDEX_FILE: join(scratch.dir, '.git', 'foreign') };
  const git = (args: string[], input?: string | Buffer) =>
    execFileSync('git', args, { cwd: scratch.dir, env, input, encoding: 'utf8' }).trim();
  const blob = (bytes: string | Buffer) => git(['hash-object', '-w', '--stdin'], bytes);
  const entries = [
    `100644 ${blob('{}')}\ta.json`,
    `100644 ${blob(Buffer.of(0xff, 0x00, 0xfe, 0x0a))}\tbytes.bin`,
    `100755 ${blob('#!/bin/sh\n')}\ttool.sh`,
    `120000 ${blob('a.json')}\tlink`,
    `160000 ${scratch.git('rev-parse', 'HEAD')}\tsub`,
    `100644 ${blob('in the way')}\tissues`,
  ];
  git(['read-tree', '--empty']);
  git(['update-index', '--add', '--index-info'], `${entries.join('\n')}\n`);
  git(['update-ref', LEDGER_REF, git(['commit-tree', '-m', 'theirs', git(['write-tree'])])]);
}

const treeOf = (scratch: ScratchRepository, commit: string = LEDGER_REF): string[] =>
  scratch.git('ls-tree', '-r', commit).split('\n');

test('carries along what it cannot read: bytes, programs, links, submodules, and a file in its way', async () => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  foreignLedger(scratch);
  const before = treeOf(scratch);
  const repository = await openRepository(scratch.dir);

  await changeLedgerFiles(repository, (files) => new Map([...files, ['issues/shop-1.json', '{}']]), ABOUT);

  const after = treeOf(scratch);
  expect(after.filter((line) => !line.endsWith('issues/shop-1.json')).sort()).toEqual(
    before.map((line) => line.replace('\tissues', '\tset-aside/issues')).sort(),
  );
  expect(after).toHaveLength(before.length + 1);
  expect([...(await readLedgerTree(repository)).foreign.keys()].sort()).toEqual([
    'bytes.bin',
    'link',
    'sub',
    'tool.sh',
  ]);
});

test('what is written over stays in the history', async () => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  foreignLedger(scratch);
  const bytes = scratch.git('rev-parse', `${LEDGER_REF}:bytes.bin`);

  await changeLedgerFiles(await openRepository(scratch.dir), () => new Map([['bytes.bin', 'ours']]), ABOUT);

  expect(scratch.git('show', `${LEDGER_REF}:bytes.bin`)).toBe('ours');
  expect(scratch.git('rev-parse', `${LEDGER_REF}^:bytes.bin`)).toBe(bytes);
});

test.each<[string, (scratch: ScratchRepository) => string]>([
  ['a file', (scratch) => scratch.git('rev-parse', 'HEAD:a.ts')],
  ['a folder', (scratch) => scratch.git('rev-parse', 'HEAD^{tree}')],
  [
    'a tag',
    (scratch) => {
      scratch.git('tag', '-a', '-m', 'x', 'x');
      return scratch.git('rev-parse', 'x');
    },
  ],
])('says so, and writes nothing, where the reference is %s', async (_, make) => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  const id = make(scratch);
  scratch.git('update-ref', LEDGER_REF, id);
  const repository = await openRepository(scratch.dir);
  const failure = { code: 'ledger-unreadable', kind: 'usage', hint: expect.stringContaining('update-ref') };

  await expect(readLedgerFiles(repository)).rejects.toMatchObject(failure);
  await expect(changeLedgerFiles(repository, (files) => files, ABOUT)).rejects.toMatchObject(failure);
  expect(scratch.git('rev-parse', LEDGER_REF)).toBe(id);
});

test('says so where an object of the ledger is lost', async () => {
  using scratch = new ScratchRepository({ 'a.ts': '' });
  const repository = await openRepository(scratch.dir);
  await changeLedgerFiles(repository, () => new Map([['issues/a.json', '{}']]), ABOUT);
  const id = scratch.git('rev-parse', `${LEDGER_REF}:issues/a.json`);
  rmSync(join(scratch.dir, '.git', 'objects', id.slice(0, 2), id.slice(2)));

  await expect(readLedgerFiles(repository)).rejects.toMatchObject({ code: 'ledger-unreadable' });
});
