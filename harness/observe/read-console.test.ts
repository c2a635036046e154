import { expect, test } from 'vitest';
import { readConsole } from './read-console.ts';

test.each([
  [
    "Connecting to 'http://127.0.0.1:9/x' violates the following Content Security Policy directive: \"connect-src 'none'\". The action has been blocked.",
    { kind: 'csp-violation', policy: { directive: 'connect-src', blocked: 'http://127.0.0.1:9/x' } },
  ],
  [
    "Refused to load the script 'https://cdn.example/a.js' because it violates the following Content Security Policy directive: \"script-src 'self'\".",
    { kind: 'csp-violation', policy: { directive: 'script-src', blocked: 'https://cdn.example/a.js' } },
  ],
  [
    "Executing inline script violates the following Content Security Policy directive 'script-src 'self''. Either the 'unsafe-inline' keyword is required.",
    { kind: 'csp-violation', policy: { directive: 'script-src', blocked: 'inline' } },
  ],
  [
    'Error: no total\n    at sum (http://127.0.0.1/a.js:1:2)\n\nThe above error occurred in the <Cart> component.',
    { kind: 'error-boundary', message: 'no total', errorType: 'Error', stack: expect.stringContaining('at sum') },
  ],
  ['careful', { kind: 'console-error', message: 'careful' }],
  ['Failed to load resource: 404', undefined],
  ['Fetch API cannot load http://x/ because of Content Security Policy', undefined],
])('%s', (text, told) => {
  const read = readConsole(text);

  if (told === undefined) expect(read).toBeUndefined();
  else expect(read).toMatchObject(told);
});
