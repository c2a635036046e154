import { expect, test } from 'vitest';
import { EventPayload } from './payload.ts';

const frame = (filename: string) => ({ filename });

test.each([
  ['numbers and booleans become text', { release: 7, level: true }, { release: '7', level: 'true' }],
  ['empty text says nothing', { release: '', environment: null }, {}],
  ['text is cut', { dist: 'x'.repeat(100) }, { dist: 'x'.repeat(64) }],
  ['fields that nobody reads are left out', { shoes: 1 }, {}],
  ['a bare list of exceptions', { exception: [{ type: 'E' }] }, { exception: [{ type: 'E' }] }],
  ['an only exception', { exception: { type: 'E' } }, { exception: [{ type: 'E' }] }],
  [
    'wrong members of a list are dropped',
    { exception: { values: [1, null, { value: 'x' }] } },
    { exception: [{ value: 'x' }] },
  ],
  ['no exceptions at all', { exception: { values: [] } }, {}],
  ['a message in words', { message: 'hi' }, { logentry: { formatted: 'hi' } }],
  [
    'a message and an entry: the entry wins',
    { message: 'hi', logentry: { message: 'ho' } },
    { logentry: { message: 'ho' } },
  ],
  [
    'tags as an object',
    { tags: { a: 1, '': 'x', b: null, c: ' y ' } },
    {
      tags: [
        ['a', '1'],
        ['c', 'y'],
      ],
    },
  ],
  ['tags as pairs', { tags: [['a', true], ['b'], 'c', ['d', {}]] }, { tags: [['a', 'true']] }],
  ['headers as pairs', { request: { headers: [['a', 1]] } }, { request: { headers: [['a', '1']] } }],
  [
    'headers of any value',
    { request: { headers: { a: ['x', 'y'], b: { c: 1 } } } },
    {
      request: {
        headers: [
          ['a', 'x,y'],
          ['b', '{"c":1}'],
        ],
      },
    },
  ],
  ['headers of another form', { request: { url: '/', headers: ['a'] } }, { request: { url: '/' } }],
  ['a user keeps what is not known', { user: { id: 7, plan: 'gold' } }, { user: { id: '7', plan: 'gold' } }],
  ['a wrong field of a user is left out', { user: { id: {}, plan: 'gold' } }, { user: { plan: 'gold' } }],
  [
    'lines of another form',
    { stacktrace: { frames: [{ lineno: '12', colno: 1.5 }] } },
    { stacktrace: { frames: [{ lineno: 12 }] } },
  ],
  ['a stack without frames', { stacktrace: {} }, { stacktrace: { frames: [] } }],
  ['a fingerprint', { fingerprint: ['a', 1, {}] }, { fingerprint: ['a', '1'] }],
  ['a time of another form', { timestamp: {} }, {}],
])('%s', (_, input, expected) => {
  expect(EventPayload.read(input)).toEqual(expected);
});

test.each([
  ['a number', 5],
  ['a list', []],
  ['nothing', null],
])('%s is no event', (_, input) => {
  expect(EventPayload.read(input)).toBeUndefined();
});

test('of a very long stack both ends are kept', () => {
  const frames = Array.from({ length: 300 }, (_, index) => frame(`f${index}`));

  const read = EventPayload.read({ stacktrace: { frames } })?.stacktrace?.frames.map(({ filename }) => filename);

  expect([read?.length, read?.[0], read?.[124], read?.[125], read?.[249]]).toEqual([250, 'f0', 'f124', 'f175', 'f299']);
});

test('of many exceptions and breadcrumbs the last are kept', () => {
  const exception = Array.from({ length: 60 }, (_, index) => ({ value: `${index}` }));
  const breadcrumbs = Array.from({ length: 120 }, (_, index) => ({ message: `${index}` }));

  const read = EventPayload.read({ exception, breadcrumbs });

  expect([read?.exception?.[0], read?.exception?.length]).toEqual([{ value: '10' }, 50]);
  expect([read?.breadcrumbs?.[0], read?.breadcrumbs?.length]).toEqual([{ message: '20' }, 100]);
});
