import { describe, expect, test } from 'vitest';
import { EventPayload } from './payload.ts';
import { type SettledStacks, settleStacks, stackMemory } from './settle-stacks.ts';

const FRAME = {
  filename: '/srv/app/cart.js',
  abs_path: '/srv/app/cart.js',
  module: 'app:cart',
  function: 'Cart.total',
  raw_function: 'Cart.total',
  package: 'app',
  platform: 'node',
  lineno: 7,
  colno: 3,
  in_app: true,
  context_line: '  return sum;',
  pre_context: ['a'],
  post_context: ['b'],
  vars: { sum: 1 },
  data: { sourcemap: 'cart.js.map' },
};
const EXCEPTION = {
  type: 'TypeError',
  value: 'no total',
  module: 'cart',
  thread_id: '1',
  mechanism: { type: 'generic', handled: false, synthetic: false, exception_id: 1, parent_id: 0 },
  stacktrace: { frames: [{ ...FRAME, function: 'main' }, FRAME] },
};
const RICH = {
  platform: 'node',
  exception: { values: [EXCEPTION, { ...EXCEPTION, type: 'Error', mechanism: { exception_id: 0 } }] },
  threads: { values: [{ id: '1', crashed: true, stacktrace: { frames: [FRAME] } }] },
  stacktrace: { frames: [FRAME] },
  logentry: { message: 'no total for %s', formatted: 'no total for ann' },
  template: { filename: 'cart.html', context_line: '{{ total }}' },
  csp: { effective_directive: 'img-src', blocked_uri: 'https://evil.example/x.png' },
  sdk: { name: 'sentry.javascript.node', version: '11.0.0' },
  transaction: 'GET /cart',
  level: 'error',
};

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** The same value with one of its leaves changed, once for each leaf; and with each member left out. */
function* variations(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) {
      yield value.toSpliced(index, 1);
      for (const other of variations(member)) yield value.with(index, other);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
      for (const other of variations(member)) yield { ...value, [key]: other };
    }
  } else if (typeof value === 'string') yield `${value}x`;
  else if (typeof value === 'number') yield value + 1;
  else if (typeof value === 'boolean') yield !value;
}

const settledAnew = (event: Json): SettledStacks => settleStacks(EventPayload.parse(event), stackMemory(0));

describe('what is remembered of one event never answers for another', () => {
  const known = stackMemory();
  settleStacks(EventPayload.parse(RICH), known);
  const { exception: _, ...messageOnly } = RICH;
  const all = [...variations(RICH), ...variations(messageOnly)];

  test.each(all.map((event) => [JSON.stringify(event), event] as const))('%#', (_text, event) => {
    expect(settleStacks(EventPayload.parse(event), known)).toEqual(settledAnew(event));
  });
});

test('the same words in another event are worked out once', () => {
  const known = stackMemory();
  const one = settleStacks(EventPayload.parse({ ...RICH, event_id: 'a', user: { id: '1' } }), known);
  expect(settleStacks(EventPayload.parse({ ...RICH, event_id: 'b', level: 'info' }), known)).toBe(one);
});

test('words that take more room than there is are not remembered', () => {
  const known = stackMemory(5_000);
  const stacktrace = { frames: Array.from({ length: 100 }, () => FRAME) };
  settleStacks(EventPayload.parse({ ...RICH, stacktrace }), known);
  expect(known.size).toBe(0);
  settleStacks(EventPayload.parse(RICH), known);
  expect(known.size).toBeGreaterThan(0);
});

test.each([
  ['a fingerprint', { fingerprint: ['{{ level }}'] }],
  ['a checksum', { checksum: 'abc' }],
])('an event with %s is never remembered', (_, own) => {
  const known = stackMemory();
  const hashes = ['error', 'info'].map(
    (level) => settleStacks(EventPayload.parse({ ...RICH, ...own, level }), known).hashes,
  );
  expect(settleStacks(EventPayload.parse(RICH), known).hashes).not.toEqual(hashes[0]);
  expect(new Set(hashes.flat()).size).toBe('fingerprint' in own ? 2 : 1);
});

test('a hydration error is told apart by its transaction', () => {
  const known = stackMemory();
  const value = 'Text content does not match server-rendered HTML.';
  const hashes = ['/a', '/b'].map(
    (transaction) =>
      settleStacks(
        EventPayload.parse({ platform: 'javascript', exception: [{ type: 'Error', value }], transaction }),
        known,
      ).hashes,
  );
  expect(new Set(hashes.flat()).size).toBe(2);
});
