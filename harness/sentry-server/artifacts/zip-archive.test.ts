import { describe, expect, test } from 'vitest';
import { type ZipEntry, zipOf } from '../../../test/contract/artifact-bundle.ts';
import { openZip, unpack, type ZipLimits } from './zip-archive.ts';

const limits: ZipLimits = { entries: 3, nameBytes: 40, fileBytes: 1000, totalBytes: 1500 };
const text = Buffer.from('let total = 0;\n'.repeat(20));

function opened(bytes: Uint8Array): ReturnType<typeof openZip> {
  return openZip(bytes, limits);
}

describe('an archive', () => {
  test.each([
    ['packed', false, new Uint8Array()],
    ['stored', true, new Uint8Array()],
    ['behind a header that the offsets count', false, Buffer.from('SYSB\x02\0\0\0')],
  ])('gives its files back when they are %s', (_, isStored, before) => {
    const zip = opened(zipOf([{ name: 'a.js', bytes: text, isStored }], before));

    const file = zip.kind === 'zip' ? zip.files.get('a.js') : undefined;

    expect(file && Buffer.from(unpack(file) ?? []).toString()).toBe(text.toString());
  });

  test('may stand behind bytes that its offsets do not count, and before a comment', () => {
    const plain = zipOf([{ name: 'a.js', bytes: text }]);
    plain.writeUInt16LE(5, plain.byteLength - 2);

    const zip = opened(Buffer.concat([Buffer.from('12345678'), plain, Buffer.from('hello')]));

    expect(zip.kind === 'zip' && [...zip.files.keys()]).toEqual(['a.js']);
  });

  test.each<[string, readonly ZipEntry[], string]>([
    ['too many files', ['a', 'b', 'c', 'd'].map((name) => ({ name, bytes: text })), 'it has more than 3 files'],
    ['a name that is too long', [{ name: 'a'.repeat(41), bytes: text }], 'the name of a file is too long'],
    ['a file that unpacks to too much', [{ name: 'a', bytes: Buffer.alloc(1001) }], 'it unpacks to too much'],
    [
      'files that unpack to too much together',
      ['a', 'b'].map((name) => ({ name, bytes: Buffer.alloc(800) })),
      'it unpacks to too much',
    ],
    ['an encrypted file', [{ name: 'a', bytes: text, claims: { flags: 1 } }], 'a is encrypted'],
    ['a file packed as bzip2', [{ name: 'a', bytes: text, claims: { method: 12 } }], 'a is packed in an unknown way'],
    [
      'a size that needs 64 bits',
      [{ name: 'a', bytes: text, claims: { size: 0xffffffff } }],
      'its directory is damaged',
    ],
  ])('is refused for %s', (_, entries, why) => {
    expect(opened(zipOf(entries))).toEqual({ kind: 'invalid', why });
  });

  test.each<[string, (bytes: Buffer) => Uint8Array, string]>([
    ['nothing', () => new Uint8Array(), 'it is no zip archive'],
    ['the first half', (bytes) => bytes.subarray(0, bytes.byteLength / 2), 'it is no zip archive'],
    ['the end mark alone', (bytes) => bytes.subarray(-22), 'its directory is cut off'],
    ['no local header', (bytes) => bytes.fill(0, 0, 4), 'a is cut off'],
    [
      'an offset behind its end',
      (bytes) => {
        bytes.writeUInt32LE(0x00ffffff, bytes.byteLength - 22 - 'a'.length - 4);
        return bytes;
      },
      'a is cut off',
    ],
    [
      'a directory of other things',
      (bytes) => bytes.fill(0, bytes.byteLength - 22 - 'a'.length - 46, bytes.byteLength - 22),
      'its directory is damaged',
    ],
  ])('is refused when of it there is %s', (_, damage, why) => {
    expect(opened(damage(zipOf([{ name: 'a', bytes: text }])))).toEqual({ kind: 'invalid', why });
  });
});

describe('a file', () => {
  test.each([
    ['unpacks to more than it says', { size: 20 }],
    ['unpacks to less than it says', { size: 900 }],
    ['has another checksum', { crc: 7 }],
    ['is not packed as it says', { method: 0 }],
  ])('is not given out when it %s', (_, claims) => {
    const zip = opened(zipOf([{ name: 'a', bytes: text, claims }]));

    const file = zip.kind === 'zip' ? zip.files.get('a') : undefined;

    expect(file && unpack(file)).toBeUndefined();
    expect(file).toBeDefined();
  });

  test('that is empty is given out empty', () => {
    const zip = opened(zipOf([{ name: 'a', bytes: new Uint8Array() }]));

    const file = zip.kind === 'zip' ? zip.files.get('a') : undefined;

    expect(file && unpack(file)).toHaveLength(0);
  });
});
