import { expect, test } from 'vitest';
import { functionAround, functionsIn } from './function-scope.ts';

/** The name of the function around the mark, in the text without it; `anonymous`, `outside` or `unknown` where there is none. */
function around(text: string, source = 'src/cart.ts'): string {
  const lines = text.slice(0, text.indexOf('¦')).split('\n');
  const place = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  const spans = functionsIn(source, text.replace('¦', ''));
  if (spans === undefined) return 'unknown';
  const span = functionAround(spans, place);
  return span === undefined ? 'outside' : (span.name ?? 'anonymous');
}

test.each([
  ['a function', 'function total() { return ¦1; }', 'total'],
  ['a method', 'class Cart {\n  total() { return ¦1; }\n}', 'Cart.total'],
  ['a static method', 'class Cart { static of() { ¦x(); } }', 'Cart.of'],
  ['a private method', 'class Cart { #sum() { ¦x(); } }', 'Cart.#sum'],
  ['a getter', 'class Cart { get total() { return ¦1; } }', 'Cart.total'],
  ['a constructor', 'class Cart { constructor() { ¦x(); } }', 'new Cart'],
  ['a class that a variable holds', 'const Cart = class { total() { ¦x(); } };', 'Cart.total'],
  ['an arrow in a variable', 'const total = () => ¦1;', 'total'],
  ['an arrow in a field', 'class Cart { total = () => ¦1; }', 'Cart.total'],
  ['a method of an object', 'const cart = { total() { return ¦1; } };', 'cart.total'],
  ['a function that an object holds', 'const cart = { total: function () { return ¦1; } };', 'cart.total'],
  ['a function that is assigned', 'shop.cart.total = function () { return ¦1; };', 'shop.cart.total'],
  ['a function in brackets', 'const total = (function () { return ¦1; });', 'total'],
  ['the outer one, behind the inner one', 'function outer() { function inner() {}\n  ¦x(); }', 'outer'],
  ['the inner one of two', 'function outer() { function inner() { ¦x(); } }', 'inner'],
  ['an argument’s default', 'function total(tax = ¦rate()) {}', 'total'],
])('in %s', (_, text, name) => {
  expect(around(text)).toBe(name);
});

test.each([
  ['a function without a name', 'lines.map((line) => ¦line.price);', 'src/cart.ts', 'anonymous'],
  ['no function', 'const total = ¦sum(lines);', 'src/cart.ts', 'outside'],
  ['a declaration that another file fills', 'declare function total(tax: ¦number): void;', 'src/cart.ts', 'outside'],
  ['a language that is not read here', 'def total():\n  ¦x()', 'src/cart.py', 'unknown'],
  ['brackets that overflow the parser’s stack', `${'('.repeat(50_000)}¦`, 'src/cart.ts', 'unknown'],
])('in %s', (_, text, source, kind) => {
  expect(around(text, source)).toBe(kind);
});

test.each(['src/App.jsx', 'src/App.tsx', 'src/App.js', 'src/App.tsx?v=1'])('elements are read in %s', (source) => {
  expect(around('const App = () => <main>{¦cart.total}</main>;', source)).toBe('App');
});
