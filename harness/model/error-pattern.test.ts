import { expect, test } from 'vitest';
import { errorPattern } from './error-pattern.ts';

test.each([
  [
    "Cannot read properties of undefined (reading 'total')",
    "Cannot read properties of undefined (reading 'total')",
    true,
  ],
  [
    "Cannot read properties of undefined (reading 'total')",
    "Cannot read properties of undefined (reading 'sum')",
    false,
  ],
  ['No order 1234 at https://a.example/x', 'No order 99 at http://127.0.0.1:8/y?z', true],
  ['No order 1234', 'No order 1234 left', false],
  ['bad id 0f0e0d0c-1111-2222-3333-444455556666', 'bad id aaaaaaaa-1111-2222-3333-444455556666', true],
  ['(a|b)* [c] $', '(a|b)* [c] $', true],
  ['(a|b)* [c] $', 'a', false],
])('%s and %s', (message, other, same) => {
  expect(new RegExp(errorPattern(message), 's').test(other)).toBe(same);
});
