import { expect, test } from 'vitest';
import { bundleOf } from '../../../test/contract/artifact-bundle.ts';
import { openDatabase } from '../storage/database.ts';
import { ensureProject } from '../storage/projects.ts';
import { readBundle } from './artifact-bundle.ts';
import { findByUrl } from './artifact-lookup.ts';
import { addBundle, giveBundle, listBundles } from './bundle-store.ts';
import { keepChunks, missingChunks, sha1Of } from './chunk-store.ts';

/** Each takes a few bytes more than its text when it is packed. */
function bundle(name: string) {
  const read = readBundle(bundleOf([{ url: `~/${name}.js`, type: 'minified_source', text: name }]));
  if (read.kind !== 'bundle') throw new Error(read.why);
  return read;
}

test('the oldest bundles make room for new ones, with all that belongs to them', () => {
  const db = openDatabase(':memory:');
  const { id: projectId } = ensureProject(db, { slug: 'shop' }, 0).project;
  const room = 2 * (bundle('a').artifacts[0]?.packed.byteLength ?? 0);
  for (const [index, name] of ['a', 'b', 'c'].entries()) {
    const id = addBundle(db, { checksum: name, bundle: bundle(name) }, index, room);
    giveBundle(db, id, { projectIds: [projectId], release: 'shop@1' });
  }

  const left = ['a', 'b', 'c'].map(
    (name) => findByUrl(db, { projectId, release: 'shop@1', dist: '' }, [`~/${name}.js`])?.url,
  );

  expect(left).toEqual([undefined, '~/b.js', '~/c.js']);
  expect(listBundles(db, projectId, { offset: 0, limit: 9 }).map((one) => one.uploaded_at)).toEqual([2, 1]);
  expect(db.run('DELETE FROM artifact_bundle_releases').changes).toBe(2);
});

test('of the chunks that wait the oldest make room', () => {
  const db = openDatabase(':memory:');
  const chunks = ['one', 'two', 'six'].map((text) => ({ sha1: sha1Of(Buffer.from(text)), bytes: Buffer.from(text) }));

  for (const [index, chunk] of chunks.entries()) keepChunks(db, [chunk], index, 6);

  expect(
    missingChunks(
      db,
      chunks.map(({ sha1 }) => sha1),
    ),
  ).toEqual([chunks[0]?.sha1]);
});

test('a chunk that comes again waits from then on', () => {
  const db = openDatabase(':memory:');
  const [one, two, six] = ['one', 'two', 'six'].map((text) => ({
    sha1: sha1Of(Buffer.from(text)),
    bytes: Buffer.from(text),
  }));
  if (!one || !two || !six) throw new Error('three are three');

  for (const [index, chunk] of [one, two, one, six].entries()) keepChunks(db, [chunk], index, 6);

  expect(missingChunks(db, [one.sha1, two.sha1, six.sha1])).toEqual([two.sha1]);
});
