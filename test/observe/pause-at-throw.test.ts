/** The debugger at the throw, in real pages: what the frames held, and that the page goes on as if nobody had looked. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorPattern } from '../../harness/model/error-pattern.ts';
import { type ObservedSuite, observedSuite, titled } from './observed-suite.ts';

const MESSAGE = "Cannot read properties of undefined (reading 'total')";
const SCRIPT = `const factor = 2;
function sum(cart) {
  const rows = cart.rows;
  return rows.total * factor;
}
class View {
  secretToken = 'hunter2';
  show(cart) { return sum(cart); }
}
window.go = (cart) => new View().show(cart);
`;

let suite: ObservedSuite;
beforeAll(async () => {
  const page = (script: string): string => `<h1>Page</h1><script src="/app.js"></script><script>${script}</script>`;
  suite = await observedSuite({
    '/app.js': SCRIPT,
    '/uncaught': page(
      'setTimeout(() => go({ id: 7, list: [1, 2, 3, 4, 5, 6, 7], password: "x", when: new Date(0), again() {} }));',
    ),
    '/caught': page(`try { go({}); } catch (error) { document.querySelector('h1').textContent = 'caught'; }`),
    '/rejected': page('Promise.resolve({ rows: undefined }).then(go);'),
    '/other': page('setTimeout(() => { throw new Error("another"); });'),
    '/getter': page(
      'let asked = 0; const cart = { get price() { asked++; return 1; } }; try { go(cart); } catch { document.querySelector("h1").textContent = "asked " + asked; }',
    ),
    '/wide': page(
      'const wide = (depth) => depth === 0 ? 1 : Object.fromEntries(Array.from({ length: 60 }, (_, i) => ["k" + i, wide(depth - 1)])); try { go(wide(3)); } catch {}',
    ),
  });
  suite.write(
    'specs/throws.spec.ts',
    `import { test } from '@playwright/test';
for (const path of ['/uncaught', '/caught', '/rejected', '/other', '/getter', '/wide']) {
  test('visits ' + path, async ({ page }) => { await page.goto(path); await page.waitForLoadState('networkidle'); });
}
test('opens a pop-up', async ({ context }) => { const page = await context.newPage(); await page.goto(process.env.BASE_URL + '/uncaught'); });
`,
  );
}, 60_000);
afterAll(() => suite.close());

test('copies what the frames hold, and lets the page go on', async () => {
  const { runs } = await suite.run({ atThrow: [errorPattern(MESSAGE)] });

  const [state] = titled(runs, 'visits /uncaught').throws ?? [];
  expect(state).toMatchObject({ runtime: 'browser', errorType: 'TypeError', message: MESSAGE, uncaught: true });
  expect(state?.frames.slice(0, 2)).toMatchObject([
    {
      script: `${suite.baseUrl}/app.js`,
      place: { line: 4, column: 15 },
      function: 'sum',
      scopes: [
        {
          kind: 'local',
          variables: {
            rows: '<undefined>',
            cart: {
              id: 7,
              list: [1, 2, 3, 4, 5, '<2 more>'],
              password: '***',
              when: '<date 1970-01-01T00:00:00.000Z>',
            },
          },
        },
      ],
    },
    { function: 'show', this: { secretToken: '***' } },
  ]);
  expect(titled(runs, 'visits /uncaught').sightings).toMatchObject([{ kind: 'exception', message: MESSAGE }]);
  expect(titled(runs, 'visits /caught')).toMatchObject({ pageText: 'caught', throws: [{ uncaught: false }] });
  expect(titled(runs, 'visits /rejected')).toMatchObject({ throws: [{ message: MESSAGE }] });
  expect(titled(runs, 'visits /other').throws).toBeUndefined();
  expect(titled(runs, 'opens a pop-up').throws).toHaveLength(1);
  expect(titled(runs, 'visits /getter')).toMatchObject({ pageText: 'asked 0', throws: [{}] });
  expect(JSON.stringify(titled(runs, 'visits /wide').throws).length).toBeLessThan(200_000);
});

test('looks at the first repetition alone, and at none unless asked', async () => {
  const grep = 'visits /uncaught';
  const repeated = await suite.run({ grep, repeat: 3, atThrow: [errorPattern(MESSAGE)] });
  const plain = await suite.run({ grep });

  expect(repeated.runs.map(({ repetition, throws }) => [repetition, throws?.length])).toEqual([
    [0, 1],
    [1, undefined],
    [2, undefined],
  ]);
  expect(plain.runs[0]?.throws).toBeUndefined();
});

const ASKED: readonly [string, string, string][] = [
  ['rows?.total', 'value', '<undefined>'],
  ['(rows ?? { total: 3 }).total * factor', 'value', '6'],
  ['cart.list.map(String).join("")', 'value', '"1234567"'],
  ['rows.total', 'throws', `TypeError: ${MESSAGE}`],
  ['document.title = "x"', 'unknown', 'EvalError: Possible side-effect in debug-evaluate'],
  ['nobody.total', 'unknown', 'ReferenceError: nobody is not defined'],
  ['const a =', 'unknown', 'SyntaxError: Unexpected end of input'],
];

test('evaluates expressions in the throwing frame, and changes nothing', async () => {
  const { runs } = await suite.run({
    grep: 'visits /uncaught',
    atThrow: [errorPattern(MESSAGE)],
    evaluate: ASKED.map(([expression]) => expression),
  });

  const evaluated = runs[0]?.throws?.[0]?.evaluated ?? [];
  expect(evaluated.map(({ expression, outcome, told }) => [expression, outcome, told])).toEqual(ASKED);
});
