import { expect, test } from 'vitest';
import { lastName, readMessage } from './read-message.ts';

test.each([
  [
    'V8',
    "Cannot read properties of undefined (reading 'a')",
    { kind: 'nullish-read', property: 'a', receiver: undefined },
  ],
  [
    'V8, setting',
    "Cannot set properties of null (setting 'a')",
    { kind: 'nullish-read', property: 'a', receiver: undefined },
  ],
  ['older V8', "Cannot read property 'a' of undefined", { kind: 'nullish-read', property: 'a', receiver: undefined }],
  ['Firefox', 'can\'t access property "a", b.c is undefined', { kind: 'nullish-read', property: 'a', receiver: 'b.c' }],
  ['older Firefox', 'b.c is undefined', { kind: 'nullish-read', property: undefined, receiver: 'b.c' }],
  [
    'Safari',
    "undefined is not an object (evaluating 'b.c.a')",
    { kind: 'nullish-read', property: 'a', receiver: 'b.c' },
  ],
  [
    'Safari, an element',
    "null is not an object (evaluating 'b[0]')",
    { kind: 'nullish-read', property: '0', receiver: 'b' },
  ],
  ['a function that is none', 'b.a is not a function', { kind: 'not-a-function', path: 'b.a' }],
  [
    'Safari’s function',
    "b.a is not a function. (In 'b.a(1)', 'b.a' is undefined)",
    { kind: 'not-a-function', path: 'b.a' },
  ],
  ['a list that is none', 'b is not iterable', { kind: 'not-iterable', path: 'b' }],
  [
    'a list that is none, spread',
    'Spread syntax requires ...iterable[Symbol.iterator] to be a function',
    { kind: 'not-iterable', path: undefined },
  ],
  [
    'a list that a call gives',
    'b.a is not a function or its return value is not iterable',
    { kind: 'not-iterable', path: 'b.a' },
  ],
  ['a name', 'b is not defined', { kind: 'not-defined', name: 'b' }],
  ['Safari’s name', "Can't find variable: b", { kind: 'not-defined', name: 'b' }],
  ['a key looked for', "Cannot use 'in' operator to search for 'a' in 3", { kind: 'not-an-object', property: 'a' }],
  [
    'a pattern',
    "Cannot destructure property 'a' of 'b' as it is undefined.",
    { kind: 'destructured-nothing', property: 'a', source: 'b' },
  ],
  ['no JSON', 'Unexpected token < in JSON at position 0 is not valid JSON', { kind: 'not-json' }],
  ['anything else', 'Payment declined', { kind: 'other' }],
])('reads %s', (_, message, complaint) => {
  expect(readMessage(message)).toEqual(complaint);
});

test.each([
  ['b.a', 'a'],
  ['a', 'a'],
  ['b(...).a', 'a'],
])('knows the last name of %s', (path, name) => {
  expect(lastName(path)).toBe(name);
});
