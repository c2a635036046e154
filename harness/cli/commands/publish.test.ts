import { expect, onTestFinished, test, vi } from 'vitest';
import { startDouble, TOKEN } from '../../../test/forges/double.ts';
import { github } from '../../../test/forges/github-double.ts';
import { ScratchRepository } from '../../adapters/git/scratch-repository.ts';
import { type PublishFlags, publish } from './publish.ts';

async function ground() {
  const scratch = new ScratchRepository({ 'src/cart.ts': 'cart.total;\n', 'mendwright.config.mjs': 'throw 1;\n' });
  scratch.git('remote', 'add', 'origin', scratch.dir);
  const double = await startDouble(github);
  vi.stubEnv('GITHUB_TOKEN', TOKEN);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    scratch[Symbol.dispose]();
  });
  const flags: PublishFlags = {
    ...{ cwd: scratch.dir, config: undefined, runs: [], remote: undefined, tokenName: undefined },
    ...{ forge: 'github', url: double.url, repository: 'acme/shop' },
    ...{ dashboard: true, quiet: true, dryRun: false, signal: new AbortController().signal },
  };
  return { flags, double };
}

test('needs no configuration, and says that nothing waits', async () => {
  const { flags, double } = await ground();

  expect(await publish(flags)).toEqual({
    text: 'No branch of ours waits on the remote.',
    data: { branches: [], closed: [], merged: [] },
  });
  expect(double.requests).toEqual([]);
});

test('loads the configuration where it is named, and only then', async () => {
  const { flags } = await ground();

  await expect(publish({ ...flags, config: 'mendwright.config.mjs' })).rejects.toMatchObject({
    code: 'config-does-not-load',
  });
});

test.each<[string, Partial<PublishFlags>, RegExp]>([
  ['a host of no known kind', { forge: 'sourceforge' }, /forge\.kind/],
  [
    'a token in place of its variable’s name',
    { tokenName: 'ghp_s3cret' },
    /forge\.token.*name of an environment variable/,
  ],
  ['an address of another kind', { url: 'ftp://git.example' }, /forge\.url.*http/],
])('names the flag for %s', async (_, changes, message) => {
  const { flags } = await ground();

  await expect(publish({ ...flags, ...changes })).rejects.toMatchObject({
    ...{ kind: 'usage', code: 'config-wrong' },
    message: expect.stringMatching(message),
  });
});
