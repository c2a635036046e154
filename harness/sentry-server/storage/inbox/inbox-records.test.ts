import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Arrival } from '../../event/arrival.ts';
import { encodeRecord, type InboxRecord, readRecords } from './inbox-records.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inbox-records-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const arrival = (stored: string): Arrival => ({
  id: 'a'.repeat(32),
  words: { platform: 'node', url: undefined, trace: undefined },
  stored,
  description: {
    type: 'error',
    title: 'a "title"\nof two lines \ud800',
    culprit: '',
    level: 'error',
    metadata: {},
    location: undefined,
    message: '',
    errorType: undefined,
    errorValue: undefined,
    isUnhandled: false,
  },
  tags: [['plan', 'gold']],
  errorTypes: [],
  hashes: ['b'],
  at: 1,
  receivedAt: 2,
  size: 3,
});

interface Wanted {
  readonly base?: number;
  readonly to?: number;
  readonly room?: number;
}

function readAll(bytes: Buffer, { base = 0, to = base + bytes.length, room = 1e6 }: Wanted = {}): InboxRecord[] {
  const path = join(folder, 'inbox');
  writeFileSync(path, bytes);
  const fd = openSync(path, 'r');
  try {
    return readRecords(fd, { base, from: base, to }, room);
  } finally {
    closeSync(fd);
  }
}

const storedOf = (records: readonly InboxRecord[]): string[] =>
  records.map(({ arrival: { stored } }) => Buffer.from(stored).toString());

const [one, two] = ['{"é":"\\u0000\\n"}', '{}'].map((stored, index) =>
  Buffer.concat(encodeRecord(index + 1, arrival(stored))),
) as [Buffer, Buffer];
const both = Buffer.concat([one, two]);
const damaged = Buffer.from(both);
damaged[one.length + 20] = (damaged[one.length + 20] ?? 0) ^ 1;

test('a record is read as it was written', () => {
  const [first, second] = readAll(both, { base: 100 });
  const { stored, ...known } = arrival('');

  expect(first).toMatchObject({ projectId: 1, end: 100 + one.length });
  expect({ ...second, arrival: { ...second?.arrival, stored } }).toEqual({
    projectId: 2,
    end: 100 + both.length,
    arrival: { ...known, stored },
  });
  expect(storedOf(readAll(both))).toEqual(['{"é":"\\u0000\\n"}', '{}']);
});

test.each<[string, Buffer, Wanted, number]>([
  ['no more than there is room for', both, { room: one.length + 5 }, 1],
  ['the first, however long it is', both, { room: 1 }, 1],
  ['none that ends behind what was written', both, { to: both.length - 1 }, 1],
  ['none of which a part is missing', both.subarray(0, -1), {}, 1],
  ['none whose head is cut off', both.subarray(0, one.length + 5), {}, 1],
  ['none that was damaged, and none behind it', Buffer.concat([damaged, one]), {}, 1],
  ['none of an empty file', Buffer.alloc(0), {}, 0],
  ['none of what is none', Buffer.alloc(64, 0xff), {}, 0],
])('reads %s', (_, bytes, stretch, count) => {
  expect(readAll(bytes, stretch)).toHaveLength(count);
});
