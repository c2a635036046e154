import { expect, test } from 'vitest';
import { describeEvent } from './describe-event.ts';
import { normaliseEvent } from './normalise-event.ts';
import { EventPayload } from './payload.ts';

const frames = [
  { filename: '/srv/cart.js', function: 'total', in_app: true },
  { filename: '/srv/node_modules/lib.js', function: 'call', in_app: true },
];

test.each([
  [
    'an error',
    { platform: 'node', exception: { values: [{ type: 'TypeError', value: 'boom\nmore' }] } },
    'TypeError: boom',
    '',
  ],
  ['an error without value', { exception: { values: [{ type: 'TypeError' }] } }, 'TypeError', ''],
  [
    'a chain: the last',
    {
      exception: {
        values: [
          { type: 'A', value: 'a' },
          { type: 'B', value: 'b' },
        ],
      },
    },
    'B: b',
    '',
  ],
  [
    'its in-app frame',
    { platform: 'node', exception: { values: [{ type: 'E', value: 'x', stacktrace: { frames } }] } },
    'E: x',
    'total(/srv/cart.js)',
  ],
  [
    'python: module in function',
    {
      platform: 'python',
      exception: {
        values: [
          { type: 'E', value: 'x', stacktrace: { frames: [{ module: 'shop.cart', function: 'total', in_app: true }] } },
        ],
      },
    },
    'E: x',
    'shop.cart in total',
  ],
  [
    'a transaction',
    { transaction: 'GET /cart', exception: { values: [{ type: 'E', value: 'x' }] } },
    'E: x',
    'GET /cart',
  ],
  ['a message', { message: 'hello\nworld' }, 'hello', ''],
  [
    'a message with a stack',
    {
      platform: 'node',
      message: 'hello',
      exception: { values: [{ value: 'hello', mechanism: { synthetic: true }, stacktrace: { frames } }] },
    },
    'hello',
    'total(/srv/cart.js)',
  ],
  [
    'something synthetic',
    {
      platform: 'node',
      exception: { values: [{ type: 'Object', value: 'x', mechanism: { synthetic: true }, stacktrace: { frames } }] },
    },
    'total',
    'total(/srv/cart.js)',
  ],
  ['nothing', {}, '<unlabeled event>', ''],
])('title and culprit of %s', (_, event, title, culprit) => {
  expect(describeEvent(normaliseEvent(EventPayload.parse(event)))).toMatchObject({ title, culprit });
});

test('a long value is cut', () => {
  const { title } = describeEvent(
    EventPayload.parse({ exception: { values: [{ type: 'E', value: 'x'.repeat(500) }] } }),
  );

  expect(title).toBe(`E: ${'x'.repeat(253)}...`);
});

test.each([
  ['log', 'info'],
  ['warn', 'warning'],
  ['fatal', 'fatal'],
  ['nonsense', 'error'],
])('level %s is %s', (level, expected) => {
  expect(describeEvent(EventPayload.parse({ level })).level).toBe(expected);
});
