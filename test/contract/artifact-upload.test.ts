/** Uploads of artifact bundles as sentry-cli makes them, and what is refused of them. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  assemble,
  type BundleFile,
  bundleOf,
  CHUNKS,
  type ChunkPart,
  sendChunks,
  sha1,
  upload,
  zipOf,
} from './artifact-bundle.ts';
import { callApi, embedded } from './embedded.ts';

const FILES: readonly BundleFile[] = [
  {
    url: '~/app.js',
    type: 'minified_source',
    text: 'x();\n//# sourceMappingURL=app.js.map',
    headers: { Sourcemap: 'app.js.map', 'debug-id': '3CCF23C0-8611-457A-91ED-453EF6702EE8' },
  },
  { url: '~/app.js.map', type: 'source_map', text: '{"version":3,"sources":[],"mappings":""}' },
];

const READY = { state: 'ok', missingChunks: [], detail: null };

async function listed({ server }: ReturnType<typeof embedded>, project = 'shop'): Promise<unknown> {
  return (await callApi(server, 'GET', `/projects/mendwright/${project}/files/artifact-bundles/`)).json();
}

test('the server says how it wants its chunks, and where', async () => {
  const { server } = embedded();

  const answer = await server(new Request(CHUNKS));

  expect(await answer.json()).toEqual({
    url: CHUNKS,
    chunkSize: 8 * 1024 * 1024,
    chunksPerRequest: 64,
    maxFileSize: 128 * 1024 * 1024,
    maxRequestSize: 32 * 1024 * 1024,
    concurrency: 8,
    hashAlgorithm: 'sha1',
    compression: ['gzip'],
    accept: ['artifact_bundles', 'artifact_bundles_v2'],
  });
});

describe('a bundle', () => {
  test.each([
    ['of one chunk', bundleOf(FILES), 1],
    ['of seven chunks', bundleOf(FILES), 7],
    ['that is a plain zip archive', bundleOf(FILES, new Uint8Array()), 1],
  ])('%s is asked for, uploaded and assembled', async (_, bundle, chunks) => {
    const sentry = embedded();

    const [before, after] = await upload(sentry.server, bundle, { version: 'shop@1', dist: 'web', chunks });

    expect(before).toMatchObject({ state: 'not_found', detail: null });
    expect(before).toHaveProperty('missingChunks.length', chunks);
    expect(after).toEqual(READY);
    expect(await listed(sentry)).toMatchObject([{ associations: [{ release: 'shop@1', dist: 'web' }], fileCount: 2 }]);
  });

  test('that is known needs no chunks, and belongs to another project and release as well', async () => {
    const sentry = embedded();
    sentry.server.ensureProject({ slug: 'desk' });
    const bundle = bundleOf(FILES);
    await upload(sentry.server, bundle, { version: 'shop@1' });

    const [before] = await upload(sentry.server, bundle, { version: 'desk@2', projects: ['desk'] });

    expect(before).toEqual(READY);
    expect(await listed(sentry)).toMatchObject([{ associations: [{ release: 'shop@1', dist: null }] }]);
    expect(await listed(sentry, 'desk')).toMatchObject([{ associations: [{ release: 'desk@2', dist: null }] }]);
  });

  test('is asked for again when one of its chunks is not there', async () => {
    const { server } = embedded();
    const [one, two] = [Buffer.from('one'), Buffer.from('two')];
    await sendChunks(server, [{ name: sha1(one), field: 'file', bytes: one }]);

    const chunks = [sha1(one), sha1(two)];
    const answer = await assemble(server, { checksum: sha1(Buffer.from('onetwo')), chunks, projects: ['shop'] });

    expect(await answer.json()).toEqual({ state: 'not_found', missingChunks: [sha1(two)], detail: null });
  });

  test('whose chunks waited for more than a day is asked for again', async () => {
    const { server, clock } = embedded();
    const [old, young] = [Buffer.from('old'), Buffer.from('young')];
    await sendChunks(server, [{ name: sha1(old), field: 'file', bytes: old }]);
    clock.advance(25 * 60 * 60 * 1000);
    await sendChunks(server, [{ name: sha1(young), field: 'file', bytes: young }]);

    const chunks = [sha1(old), sha1(young)];
    const answer = await assemble(server, { checksum: sha1(old), chunks, projects: ['shop'] });

    expect(await answer.json()).toMatchObject({ missingChunks: [sha1(old)] });
  });
});

const named = (bytes: string): ChunkPart => ({
  name: sha1(Buffer.from(bytes)),
  field: 'file',
  bytes: Buffer.from(bytes),
});

describe('chunks', () => {
  test.each<[string, readonly ChunkPart[], string]>([
    ['that are not what they say', [{ ...named('a'), name: sha1(Buffer.from('b')) }], 'Checksum of original file'],
    ['with a path for a name', [{ ...named('a'), name: '../../etc/passwd' }], 'Checksum of original file'],
    [
      'that unpack to too much',
      [{ ...named('a'), field: 'file_gzip', bytes: gzipSync(Buffer.alloc(9_000_000)) }],
      'Chunk size',
    ],
    ['that are too large', [{ ...named('a'), bytes: Buffer.alloc(9_000_000) }], 'Chunk size'],
    ['that are not packed', [{ ...named('a'), field: 'file_gzip' }], 'not packed as it says'],
    ['in too great a number', Array.from({ length: 65 }, (_, index) => named(`${index}`)), 'Too many chunks'],
    [
      'in tiny parts',
      Array.from({ length: 300 }, (_, index) => ({ ...named(`${index}`), field: 'x' })),
      'Too many chunks',
    ],
  ])('%s are refused', async (_, parts, why) => {
    const { server } = embedded();

    const answer = await sendChunks(server, parts);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ detail: expect.stringContaining(why) });
  });

  test.each([
    ['of another form', 'text/plain', 'abc', 'Chunks are uploaded as multipart/form-data.'],
    ['without an end', 'multipart/form-data; boundary=b', '--b\r\ncontent-', 'The request body is not valid multipart'],
    ['of nothing', 'multipart/form-data; boundary=b', '', 'The request body is not valid multipart'],
  ])('in a body %s are refused', async (_, type, body, why) => {
    const { server } = embedded();

    const answer = await server(new Request(CHUNKS, { method: 'POST', body, headers: { 'content-type': type } }));

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ detail: expect.stringContaining(why) });
  });

  test('larger together than a request may be are refused before they are read', async () => {
    const { server } = embedded();
    const headers = { 'content-type': 'multipart/form-data; boundary=b', 'content-length': '40000000' };

    const answer = await server(new Request(CHUNKS, { method: 'POST', body: '--b--', headers }));

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ detail: 'The request body is too large or cannot be decoded.' });
  });
});

describe('an assembly', () => {
  const sum = sha1(Buffer.from('a'));
  test.each([
    ['for a project that is not there', { projects: ['nowhere'] }, 'One or more projects are invalid'],
    ['with a dist and no version', { dist: 'web' }, 'A dist can be set together with a version only.'],
    ['with a checksum that is none', { checksum: "' OR 1=1 --" }, 'checksum: '],
    ['of a chunk that has no checksum', { chunks: ['../a'] }, 'chunks.0: '],
    ['of no chunks', { chunks: [] }, 'chunks: '],
    ['for no project', { projects: [] }, 'projects: '],
  ])('%s is refused', async (_, change, why) => {
    const { server } = embedded();

    const answer = await assemble(server, { checksum: sum, chunks: [sum], projects: ['shop'], ...change });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ detail: expect.stringContaining(why) });
  });

  const text = Buffer.from('x');
  const manifest = (files: unknown) => ({ name: 'manifest.json', bytes: Buffer.from(JSON.stringify({ files })) });
  test.each([
    ['no archive', Buffer.from('hello'), 'it is neither a source bundle nor a zip archive'],
    ['an archive that is cut off', bundleOf(FILES).subarray(0, 60), 'it is no zip archive'],
    ['an archive without a manifest', zipOf([{ name: 'a', bytes: text }]), 'it has no manifest.json'],
    ['a manifest that is no object', zipOf([manifest([1])]), 'its manifest.json is not valid'],
    [
      'a manifest that is nested too deeply',
      zipOf([{ name: 'manifest.json', bytes: Buffer.from('['.repeat(10_000)) }]),
      'its manifest.json is not valid',
    ],
    [
      'a manifest that unpacks to more than it says',
      zipOf([{ ...manifest({}), claims: { size: 3 } }]),
      'its manifest.json is not valid',
    ],
    [
      'a file that the archive has not',
      zipOf([manifest({ '../a.js': { type: 'source_map', url: '~/a' } })]),
      'its manifest names ../a.js, which is missing',
    ],
    [
      'files that unpack to too much',
      zipOf([manifest({}), { name: 'a', bytes: text, claims: { size: 70_000_000 } }]),
      'it unpacks to too much',
    ],
  ])('of %s ends as an error that says why', async (_, bytes, why) => {
    const sentry = embedded();

    const [, after] = await upload(sentry.server, bytes);

    expect(after).toEqual({ state: 'error', missingChunks: [], detail: `The bundle cannot be read: ${why}.` });
    expect(await listed(sentry)).toEqual([]);
  });

  test('of chunks that form another file ends as an error', async () => {
    const { server } = embedded();
    await sendChunks(server, [named('a')]);

    const answer = await assemble(server, { checksum: sha1(Buffer.from('b')), chunks: [sum], projects: ['shop'] });

    expect(await answer.json()).toMatchObject({ state: 'error', detail: expect.stringContaining('checksum') });
  });
});

test('without the token nothing can be uploaded', async () => {
  const { server } = embedded({ server: { token: 'secret' } });

  const answers = [await sendChunks(server, [named('a')]), await assemble(server, {})];

  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
});
