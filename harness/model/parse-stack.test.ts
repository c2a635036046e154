import { expect, test } from 'vitest';
import { parseStack } from './parse-stack.ts';

const APP = 'http://127.0.0.1:4310';

/** `total src/cart.js:7:3`, throwing frame first as people read it; libraries in brackets. */
function read(text: string): string[] {
  return parseStack(text)
    .map(({ file, line, column, function: name, inApp }) => {
      const place = [name ?? '?', `${file.replace(APP, '')}:${[line, column].filter(Boolean).join(':')}`].join(' ');
      return inApp ? place : `[${place}]`;
    })
    .reverse();
}

test('V8', () => {
  const text = `TypeError: Cannot read properties of undefined (reading 'total')
    at total (${APP}/assets/cart-3f2a.js:7:31)
    at async Promise.all (index 0)
    at async Cart.load [as loadAgain] (${APP}/assets/cart-3f2a.js:19:5)
    at new Shop (file:///srv/shop/server/shop.ts:4:9)
    at ${APP}/assets/main.js:1:1200
    at renderWithHooks (${APP}/node_modules/.vite/deps/react-dom.js:100:1)
    at process.processTicksAndRejections (node:internal/process/task_queues:104:5)`;

  expect(read(text)).toEqual([
    'total /assets/cart-3f2a.js:7:31',
    'Cart.load /assets/cart-3f2a.js:19:5',
    'Shop file:///srv/shop/server/shop.ts:4:9',
    '? /assets/main.js:1:1200',
    '[renderWithHooks /node_modules/.vite/deps/react-dom.js:100:1]',
    '[process.processTicksAndRejections node:internal/process/task_queues:104:5]',
  ]);
});

test('SpiderMonkey', () => {
  const text = `total@${APP}/assets/cart.js:7:31
load/</<@${APP}/assets/cart.js:19:5
@${APP}/assets/main.js:1:1200
`;

  expect(read(text)).toEqual(['total /assets/cart.js:7:31', 'load /assets/cart.js:19:5', '? /assets/main.js:1:1200']);
});

test('JavaScriptCore', () => {
  const text = `total@${APP}/assets/cart.js:7:31
promiseReactionJob@[native code]
module code@${APP}/assets/main.js:1:1200`;

  expect(read(text)).toEqual(['total /assets/cart.js:7:31', '? /assets/main.js:1:1200']);
});

test('Python', () => {
  const text = `Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/flask/app.py", line 2525, in wsgi_app
    response = self.full_dispatch_request()
  File "/srv/quiz/routes.py", line 41, in score
    return share(right, total)
  File "/srv/quiz/score.py", line 7, in share
    return right / total
ZeroDivisionError: division by zero`;

  expect(read(text)).toEqual([
    'share /srv/quiz/score.py:7',
    'score /srv/quiz/routes.py:41',
    '[wsgi_app /usr/lib/python3/dist-packages/flask/app.py:2525]',
  ]);
});

test.each(['', 'boom', 'Error: at the end: 1:2', 'mail me@example.com: 12:30'])('%j has no frames', (text) => {
  expect(parseStack(text)).toEqual([]);
});
