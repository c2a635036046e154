/** The grouping table: md5 over the leaves that were worked out by hand equals what the server makes of each input. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { normaliseEvent } from '../../harness/sentry-server/event/normalise-event.ts';
import { EventPayload } from '../../harness/sentry-server/event/payload.ts';
import { explainGrouping, groupEvent, groupingHashes } from '../../harness/sentry-server/grouping/group-event.ts';
import { CAPTURED_ROWS } from './captured-rows.ts';
import { OTHER_ROWS } from './other-rows.ts';
import { STACK_ROWS } from './stack-rows.ts';

const INPUTS = join(import.meta.dirname, 'inputs');
const ROWS = [...CAPTURED_ROWS, ...STACK_ROWS, ...OTHER_ROWS];
/** Their hash is not that of leaves; rows below. */
const CHECKSUMS = ['checksum', 'checksum-of-words'];

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function read(input: string): EventPayload {
  return normaliseEvent(EventPayload.parse(JSON.parse(readFileSync(join(INPUTS, `${input}.json`), 'utf8'))));
}

test.each(ROWS.map((row) => [row.input, row] as const))('%s', (_, { input, why, ...expected }) => {
  const event = read(input);

  const found = groupEvent(event);

  expect(Object.fromEntries(found.map(({ key, hash, leaves }) => [key, hash === null ? null : leaves])), why).toEqual(
    expected,
  );
  const hashes = Object.values(expected).flatMap((leaves) => (leaves === null ? [] : md5(leaves.join(''))));
  expect(groupingHashes(event)).toEqual(hashes);
});

test.each([
  ['checksum', 'checksum', '0123456789abcdef0123456789abcdef'],
  ['checksum-of-words', 'hashed_checksum', md5('orders are late')],
])('%s goes before everything', (input, key, hash) => {
  expect(groupEvent(read(input)).map((variant) => [variant.key, variant.hash])).toEqual([[key, hash]]);
});

test('every input has its row, and more than forty do', () => {
  const inputs = readdirSync(INPUTS).map((file) => file.replace(/\.json$/, ''));

  expect([...ROWS.map(({ input }) => input), ...CHECKSUMS].sort()).toEqual(inputs.sort());
  expect(ROWS.length).toBeGreaterThanOrEqual(40);
  expect(CAPTURED_ROWS.length).toBeGreaterThanOrEqual(10);
});

test.each(ROWS.map(({ input }) => [input]))('%s has the same hashes when it is explained', (input) => {
  const event = read(input);

  const explained = explainGrouping(event).flatMap(({ hash }) => hash ?? []);

  expect([...new Set(explained)]).toEqual(groupingHashes(event));
});
