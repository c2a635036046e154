import { expect, test } from 'vitest';
import { functionAt } from './function-at.ts';

const TEXT = `import { rows } from './rows.ts';
const limit = 3;
export function total(cart) {
  const sums = cart.items.map((item) =>
    item.price);
  return sums;
}
class Cart extends Base {
  #lines = [];
  add = (line) =>
    this.#lines.push(line);
  get size() {
    return this.#lines.length;
  }
  constructor() {
    super();
  }
}
const pay = useCallback(async () => {
  await fetch('/pay');
}, []);
export default { load: async () =>
  rows(),
};
`;

test.each([
  ['module level', 2, undefined],
  ['a function', 3, 'total'],
  ['a callback without a name', 5, 'total'],
  ['a class outside of its methods', 9, 'Cart'],
  ['an arrow in a property', 11, 'add'],
  ['a getter', 13, 'size'],
  ['a constructor', 16, 'Cart'],
  ['a callback that React wraps', 20, 'pay'],
  ['an arrow in an object', 23, 'load'],
  ['a line behind the end', 99, undefined],
])('names the function around %s', (_, line, name) => {
  expect(functionAt('src/cart.tsx', TEXT, line)).toBe(name);
});

test('knows nothing of other languages, and reads what does not parse as far as it goes', () => {
  expect(functionAt('app.py', 'def total():\n  pass\n', 2)).toBeUndefined();
  expect(functionAt('a.ts', 'function f() {\n  x = ;\n', 2)).toBe('f');
});

test('names methods of components, and functions of scripts in pages', () => {
  const component =
    '<template/>\n<script>\nexport default {\n  methods: {\n    show() {\n      go();\n    },\n  },\n};\n</script>';
  const page = '<script>\nfunction start() {\n  go({{ user }});\n}\n</script>';

  expect(functionAt('a.vue', component, 6)).toBe('show');
  expect(functionAt('page.html', page, 3)).toBe('start');
});
