import { expect, test } from 'vitest';
import { openRepository } from '../adapters/git/open-repository.ts';
import { ScratchRepository } from '../adapters/git/scratch-repository.ts';
import { Config } from '../model/config.ts';
import { inputsOf } from './night-inputs.ts';

const FILES = {
  'src/cart.ts': 'cart\n',
  'package-lock.json': '{}\n',
  'playwright.config.ts': 'export default {};\n',
  'e2e/pay.spec.ts': 'pay\n',
  'e2e/pages/cart-page.ts': 'page\n',
  'fixers/own.ts': 'own\n',
  'README.md': 'read\n',
};

async function inputs(scratch: ScratchRepository): Promise<string> {
  const repository = await openRepository(scratch.dir);
  const { sha: base } = await repository.resolveCommit('HEAD');
  const settings = Config.parse({ app: { start: 'x', sources: ['src/**'] }, fixers: { paths: ['fixers'] } });
  return (await inputsOf({ repository, base, settings }, await repository.listBlobs(base, ['**']))).join();
}

test.each<[keyof typeof FILES, boolean]>([
  ['src/cart.ts', true],
  ['package-lock.json', true],
  ['playwright.config.ts', true],
  ['e2e/pay.spec.ts', true],
  ['e2e/pages/cart-page.ts', true],
  ['fixers/own.ts', true],
  ['README.md', false],
])('a change of %s is one of the inputs: %s', async (file, isInput) => {
  using scratch = new ScratchRepository(FILES);
  const before = await inputs(scratch);
  expect(await inputs(scratch)).toBe(before);

  scratch.commit('Change', { [file]: 'changed\n' });

  expect((await inputs(scratch)) !== before).toBe(isInput);
});
