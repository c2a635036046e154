import { fixerTable } from '../harness/kit/fixer-table.ts';
import { fixer } from './escaped-rejection.ts';

const PAY = 'async function pay() {}\n';
const inTry = (line: string, head = 'async function buy()'): string =>
  `${PAY}${head} {\n  try {\n    ${line}\n  } catch (error) {\n    note(error);\n  }\n}`;

fixerTable(fixer, {
  cures: [
    [
      'a promise that is returned from a try',
      { message: 'Payment declined', at: 'return' },
      inTry('return pay();'),
      inTry('return await pay();'),
    ],
    [
      'the same, seen where it is called',
      { message: 'Payment declined', at: 'await buy' },
      `${inTry('return pay().then(show);')}\nasync function go() {\n  await buy();\n}`,
      `${inTry('return await pay().then(show);')}\nasync function go() {\n  await buy();\n}`,
    ],
    [
      'one that is started in a try of a function that does not wait',
      { message: 'Payment declined', at: 'pay();' },
      inTry('pay();', 'function buy()'),
      inTry('await pay();', 'async function buy()'),
    ],
    [
      'a promise of another file',
      {
        message: 'Payment declined',
        at: 'return',
        others: { 'api.ts': "export const api = { pay: () => send('/pay') };\nasync function send(path) {}" },
      },
      'async function buy() {\n  try {\n    return api.pay();\n  } catch {\n    return 0;\n  }\n}',
      'async function buy() {\n  try {\n    return await api.pay();\n  } catch {\n    return 0;\n  }\n}',
    ],
    [
      'a rejection that a setter can show',
      { message: 'Payment declined', at: '  save' },
      'async function save() {}\nfunction P() {\n  const [error, setError] = useState();\n  save();\n}',
      'async function save() {}\nfunction P() {\n  const [error, setError] = useState();\n  save().catch((error) => setError(error instanceof Error ? error.message : String(error)));\n}',
    ],
  ],
  leaves: [
    ['a promise that is awaited', { message: 'Payment declined', at: 'return' }, inTry('return await pay();')],
    ['a value', { message: 'Payment declined', at: 'return' }, inTry('return price();')],
    [
      'a try without a catch',
      { message: 'Payment declined', at: 'return' },
      `${PAY}async function buy() {\n  try {\n    return pay();\n  } finally {\n    done();\n  }\n}`,
    ],
    [
      'a promise of a function inside',
      { message: 'Payment declined', at: 'run(' },
      inTry('run(() => { return pay(); });'),
    ],
    [
      'a rejection that nothing could show',
      { message: 'Payment declined', at: '  save' },
      'async function save() {}\nfunction P() {\n  save();\n}',
    ],
  ],
});
