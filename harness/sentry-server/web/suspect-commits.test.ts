/** Commits that touched a frame. */
import { expect, test } from 'vitest';
import { EventPayload } from '../event/payload.ts';
import type { CommitRow } from '../storage/commits.ts';
import { suspectCommits } from './suspect-commits.ts';

function commit(id: string, position: number, ...paths: string[]): CommitRow {
  const patch_set = paths.map(
    (path) => ({ path: path.replace(/^-/, ''), type: path.startsWith('-') ? 'D' : 'M' }) as const,
  );
  return {
    release_id: 1,
    position,
    id,
    repository: null,
    message: null,
    author_name: null,
    author_email: null,
    at: null,
    patch_set,
  };
}

function event(...filenames: string[]): EventPayload {
  const frames = filenames.map((filename) => ({ filename, in_app: !filename.includes('node_modules') }));
  return EventPayload.parse({ exception: { values: [{ type: 'Error', stacktrace: { frames } }] } });
}

test.each([
  ['the file of a frame', ['/srv/app/src/cart.js'], [commit('a', 0, 'src/cart.js')], ['a']],
  ['a file that the build begins deeper', ['webpack:///./src/cart.ts'], [commit('a', 0, 'client/src/cart.ts')], ['a']],
  ['a URL', ['https://shop.test/js/cart.js?v=2'], [commit('a', 0, 'public/js/cart.js')], ['a']],
  ['another file of that name is none', ['src/pay/index.js'], [commit('a', 0, 'src/cart/index.js')], []],
  ['a name that only ends alike is none', ['src/cart.js'], [commit('a', 0, 'src/minicart.js')], []],
  ['a library is none', ['/srv/node_modules/lib/index.js'], [commit('a', 0, 'node_modules/lib/index.js')], []],
  ['a removed file is none', ['src/cart.js'], [commit('a', 0, '-src/cart.js')], []],
  [
    'the innermost frame comes first',
    ['src/page.js', 'src/cart.js'],
    [commit('page', 0, 'src/page.js'), commit('cart', 1, 'src/cart.js')],
    ['cart', 'page'],
  ],
  [
    'of one frame the newest commit comes first',
    ['src/cart.js'],
    [commit('old', 1, 'src/cart.js'), commit('new', 0, 'src/cart.js')],
    ['new', 'old'],
  ],
])('%s', (_, frames, commits, expected) => {
  expect(suspectCommits(event(...frames), commits).map((one) => one.commit.id)).toEqual(expected);
});
