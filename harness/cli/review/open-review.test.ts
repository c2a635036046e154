import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { reviewGround } from '../../../test/review/review-ground.ts';
import { openReview, type ReviewRequest } from './open-review.ts';

const BRANCH = 'mend/shop-1-take-the-lines-own-price';
const APP = "app: { start: 'x', sources: ['src/**'] }";

test.each<[string, string | undefined, Partial<ReviewRequest>, string]>([
  ['no configuration', undefined, {}, 'main is checked out, and your checkout is yours: merge it there.'],
  ['no configuration, but flags', undefined, { push: 'origin', approve: 'push' }, `${BRANCH} will be pushed to origin`],
  ['a remote', "publish: { push: 'origin' }", {}, `${BRANCH} will be merged into main at origin.`],
  ['pushing', "publish: { push: 'origin' }, review: { approve: 'push' }", {}, `${BRANCH} will be pushed to origin`],
  [
    'pushing, and a flag for merging into another branch',
    "publish: { push: 'origin' }, review: { approve: 'push' }",
    { approve: 'merge', into: 'next' },
    'origin has no branch next',
  ],
])('approves as %s says', async (_, config, flags, sentence) => {
  const folder = mkdtempSync(join(tmpdir(), 'mendwright-open-review-'));
  const { repository, record } = await reviewGround({ remote: join(folder, 'origin.git') });
  using __ = repository;
  try {
    if (config !== undefined) repository.write('mendwright.config.mjs', `export default { ${APP}, ${config} };\n`);
    const { tools } = await openReview({ cwd: repository.dir, host: '127.0.0.1', ...flags });
    const commit = repository.git('rev-parse', BRANCH);

    const plan = await tools.planApproval({ run: record.id, branch: BRANCH, commit, title: 'mend it' });

    expect(plan.text).toContain(sentence);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('opens no editor for whoever reads from another machine', async () => {
  const { repository } = await reviewGround();
  using _ = repository;
  repository.write('mendwright.config.mjs', `export default { ${APP}, review: { editor: 'true' } };\n`);
  const place = { file: 'src/cart/totals.ts', line: 2 };

  const here = await openReview({ cwd: repository.dir, host: '127.0.0.1' });
  const there = await openReview({ cwd: repository.dir, host: '0.0.0.0' });

  expect(await here.tools.openInEditor(place)).toEqual({
    text: 'src/cart/totals.ts:2 was opened in true.',
    commands: [],
  });
  expect(await there.tools.openInEditor(place)).toMatchObject({ commands: ['src/cart/totals.ts:2'] });
});
