import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { normaliseEvent } from '../event/normalise-event.ts';
import { EventPayload } from '../event/payload.ts';
import { groupEvent } from './group-event.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

function hashes(event: Record<string, unknown>): [string, string][] {
  const variants = groupEvent(normaliseEvent(EventPayload.parse(event)));
  return variants.flatMap(({ key, hash }) => (hash === null ? [] : [[key, hash]]));
}

const app = {
  filename: '/srv/src/cart.js',
  abs_path: '/srv/src/cart.js',
  function: 'Cart.total',
  context_line: '  return  cart.items ',
  in_app: true,
};
const library = {
  filename: '/srv/node_modules/lib/Call.js',
  abs_path: '/srv/node_modules/lib/Call.js',
  function: 'call',
  in_app: true,
};

function thrown(...frames: Record<string, unknown>[]): Record<string, unknown> {
  return { platform: 'node', exception: { values: [{ type: 'TypeError', value: 'boom 7', stacktrace: { frames } }] } };
}

describe('a stack', () => {
  test.each([
    ['of the app gives one hash of type and frames', thrown(app), [['app', 'TypeErrorcart.jstotalreturn cart.items']]],
    [
      'with library frames gives a second hash of all',
      thrown(library, app),
      [
        ['app', 'TypeErrorcart.jstotalreturn cart.items'],
        ['system', 'TypeErrorcall.jscallcart.jstotalreturn cart.items'],
      ],
    ],
    ['of library frames only gives the hash of all', thrown(library), [['system', 'TypeErrorcall.jscall']]],
    ['that recurs counts its frame once', thrown(app, app, app), [['app', 'TypeErrorcart.jstotalreturn cart.items']]],
    ['without frames gives type and value, its numbers replaced', thrown(), [['app', 'TypeErrorboom <int>']]],
    [
      'of a page goes by function, not by its URL',
      thrown({ filename: 'https://x.test/a.1f.js', function: 'pay', in_app: true }),
      [['app', 'TypeErrorpay']],
    ],
    [
      'of one nameless script frame goes by the value',
      thrown({ filename: 'https://x.test/a.js', in_app: true }),
      [['app', 'TypeErrorboom <int>']],
    ],
    ['with a module goes by it', thrown({ ...app, module: 'cart' }), [['app', 'TypeErrorcarttotalreturn cart.items']]],
    [
      'leaves plumbing out',
      thrown({ ...app, function: 'processTicksAndRejections' }, app),
      [['app', 'TypeErrorcart.jstotalreturn cart.items']],
    ],
    ['leaves eval out', thrown({ ...app, function: 'eval' }, app), [['app', 'TypeErrorcart.jstotalreturn cart.items']]],
    [
      'leaves a very long line out',
      thrown({ ...app, context_line: 'x'.repeat(121) }),
      [['app', 'TypeErrorcart.jstotal']],
    ],
    [
      'whose source map gave the line goes by the line',
      thrown({ ...app, data: { sourcemap: 'cart.js.map' } }),
      [['app', 'TypeErrorcart.jsreturn cart.items']],
    ],
  ])('%s', (_, event, expected) => {
    expect(hashes(event)).toEqual(expected.map(([name, text]) => [name, md5(text ?? '')]));
  });

  test('does not depend on line numbers', () => {
    expect(hashes(thrown({ ...app, lineno: 7 }))).toEqual(hashes(thrown({ ...app, lineno: 8 })));
  });
});

describe('exceptions', () => {
  test('that are chained count in the order of the event', () => {
    const event = {
      platform: 'node',
      exception: {
        values: [
          { type: 'RangeError', value: 'a' },
          { type: 'TypeError', value: 'b' },
        ],
      },
    };

    expect(hashes(event)).toEqual([['app', md5('RangeErroraTypeErrorb')]]);
  });

  test('that are synthetic count without their type', () => {
    const event = {
      platform: 'javascript',
      exception: { values: [{ type: 'Object', value: 'a', mechanism: { synthetic: true } }] },
    };

    expect(hashes(event)).toEqual([['app', md5('a')]]);
  });

  test('of a group that are all alike count as one', () => {
    const member = (exception_id: number) => ({
      type: 'TypeError',
      value: 'a',
      mechanism: { exception_id, parent_id: 0 },
    });
    const root = { type: 'AggregateError', value: 'two', mechanism: { exception_id: 0, is_exception_group: true } };

    expect(hashes({ exception: { values: [member(2), member(1), root] } })).toEqual([['app', md5('TypeErrora')]]);
  });
});

describe('a fingerprint', () => {
  const base = { ...thrown(app), transaction: 'GET /cart', tags: { tenant: 'acme' } };

  test.each([
    ['of words replaces the content', ['a', 'b'], [['custom_fingerprint', 'ab']]],
    ['of the default alone changes nothing', ['{{ default }}'], [['app', 'TypeErrorcart.jstotalreturn cart.items']]],
    ['may add to the default', ['{{default}}', 'x'], [['app', 'TypeErrorcart.jstotalreturn cart.itemsx']]],
    [
      'fills in variables',
      ['{{ transaction }}', '{{ error.type }}', '{{ tags.tenant }}'],
      [['custom_fingerprint', 'GET /cartTypeErroracme']],
    ],
  ])('%s', (_, fingerprint, expected) => {
    expect(hashes({ ...base, fingerprint })).toEqual(expected.map(([name, text]) => [name, md5(text ?? '')]));
  });

  test('is built in for chunks that cannot be loaded', () => {
    const event = {
      platform: 'javascript',
      exception: { values: [{ type: 'ChunkLoadError', value: 'Loading chunk 7 failed' }] },
    };

    expect(hashes(event)).toEqual([['built_in_fingerprint', md5('chunkloaderror')]]);
  });
});

test.each([
  ['a checksum is the hash', { checksum: 'a'.repeat(32), message: 'x' }, [['checksum', 'a'.repeat(32)]]],
  ['another checksum is hashed', { checksum: 'mine' }, [['hashed_checksum', md5('mine')]]],
  [
    'a message groups by its template',
    { logentry: { message: 'user %s', formatted: 'user 7' } },
    [['default', md5('user %s')]],
  ],
  ['a plain message groups by its words', { message: 'user 7' }, [['default', md5('user <int>')]]],
  ['nothing at all has the hash of nothing', {}, [['fallback', 'd41d8cd98f00b204e9800998ecf8427e']]],
])('%s', (_, event, expected) => {
  expect(hashes(event)).toEqual(expected);
});
