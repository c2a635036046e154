/** What SDKs really sent (`scripts/capture-grouping-inputs.mjs`), and what counts in it. */
import type { Row } from './row.ts';

const MAP_LINES = 'const lines = addOns.map((id) => lineOf(id, guests));';
const FIND_ADD_ON = 'const { name, cents, perGuest } = ADD_ONS.find((one) => one.id === id);';
const QUOTE = ['prices', 'quoteOf', MAP_LINES, 'prices', MAP_LINES, 'prices', 'lineOf', FIND_ADD_ON];
const SELF = 'capture-grouping-inputs';
const CARRIERS = [
  ...['TypeError', SELF, 'await run();', SELF, "Promise.reject(new TypeError('carrier 1 refused')),"],
  ...['RangeError', SELF, 'await run();', SELF, "Promise.reject(new RangeError('carrier 2 is late')),"],
];
const PRICE = ['__main__', 'price_of', 'return order["lines"][0]["cents"]'];

export const CAPTURED_ROWS: readonly Row[] = [
  {
    input: 'captured-node-unknown-add-on',
    why: 'modules go before files; a nameless function is left out, Array.map altogether; Node itself is not the app',
    app: ['TypeError', ...QUOTE],
    system: ['TypeError', 'module_job', 'run', ...QUOTE],
  },
  {
    input: 'captured-node-library',
    why: 'the library counts on the system side; of its lines the one above 120 characters does not, of its names the last',
    app: ['TypeError', ...QUOTE],
    system: [
      ...['TypeError', 'hono.dist:hono-base', 'request', 'hono.dist:hono-base', 'fetch'],
      'return this.#dispatch(request, rest[1], rest[0], request.method);',
      ...['hono.dist:hono-base', '#dispatch', 'res = matchResult[0][0][0][0](c, async () => {'],
      ...QUOTE,
    ],
  },
  {
    input: 'captured-node-missing-time',
    why: 'every frame gives module, function and line, outermost first; the value is left out',
    app: [
      ...['TypeError', 'prices', 'quoteOf', 'const hours = hoursBetween(from, to);'],
      ...['clock', 'hoursBetween', 'return (minutesOf(to) - minutesOf(from)) / 60;'],
      ...['clock', 'minutesOf', "const [hours, minutes] = time.split(':').map(Number);"],
    ],
    system: null,
  },
  {
    input: 'captured-node-missing-street',
    why: 'one frame with a name is enough',
    app: ['TypeError', 'read-address.ts', 'readAddress', 'street: form.street.trim(),'],
    system: null,
  },
  {
    input: 'captured-node-order-without-lines',
    why: 'Array.map has no place of its own',
    app: [
      ...['TypeError', 'orders.ts', 'listOrders'],
      'return orders.map(toSummary).toSorted((a, b) => b.number.localeCompare(a.number));',
      ...['orders.ts', 'toSummary', 'const goods = order.lines.reduce((sum, { cents }) => sum + cents, 0);'],
    ],
    system: null,
  },
  {
    input: 'captured-node-cause',
    why: 'with ids that tell what caused what, what was thrown stands before its cause',
    app: [
      ...['Error', SELF, 'await run();', SELF, "throw new Error('Order 4711 could not be placed', { cause });"],
      ...['TypeError', 'read-address.ts', 'readAddress', 'street: form.street.trim(),'],
    ],
    system: null,
  },
  {
    input: 'captured-node-aggregate',
    why: 'unlike members by type, last letter first, then the group; without a stack it is on the app side only',
    app: [...CARRIERS, 'AggregateError', 'All promises were rejected'],
    system: CARRIERS,
  },
  {
    input: 'captured-node-aggregate-of-one',
    why: 'members that are alike stand for the group, once',
    app: [
      ...['TypeError', SELF, "throw new AggregateError([refused(), refused()], 'no carrier took the parcel');"],
      ...[SELF, 'refused', "const refused = () => new TypeError('the carrier refused');"],
    ],
    system: null,
  },
  {
    input: 'captured-node-message',
    why: 'a message without a stack',
    default: ['Stock of <int> products is low'],
  },
  {
    input: 'captured-node-string',
    why: 'a thrown text has a made-up exception, whose type says nothing',
    app: [
      ...[SELF, 'capture', 'await run();'],
      ...[SELF, "await capture('node-string', () => Node.captureException('the printer is on fire'));"],
    ],
    system: null,
  },
  {
    input: 'captured-chrome',
    why: 'addresses do not count, functions by their last name do',
    app: ['TypeError', 'open', 'render', 'companyOf'],
    system: null,
  },
  {
    input: 'captured-firefox',
    why: 'the same stack as Firefox writes it; the nameless frame says nothing',
    app: ['TypeError', 'async*open', 'render', 'companyOf'],
    system: null,
  },
  {
    input: 'captured-safari',
    why: 'the same stack as Safari writes it; native code and the nameless frame say nothing',
    app: ['TypeError', 'render', 'companyOf'],
    system: null,
  },
  {
    input: 'captured-browser-inline-script',
    why: 'a stack that says nothing leaves the word to the value',
    app: ['Error', 'boot of page <int> failed'],
    system: null,
  },
  {
    input: 'captured-python-missing-key',
    why: 'Python has no nameless functions: <lambda> counts',
    app: ['KeyError', '__main__', '<lambda>', 'capture("python-missing-key", lambda: price_of({}))', ...PRICE],
    system: null,
  },
  {
    input: 'captured-python-json',
    why: 'what the SDK calls in-app stays so where no rule speaks against it',
    app: [
      ...['JSONDecodeError', 'json', 'loads', 'return _default_decoder.decode(s)'],
      ...['json.decoder', 'decode', 'obj, end = self.raw_decode(s, idx=_w(s, 0).end())'],
      ...['json.decoder', 'raw_decode', 'obj, end = self.scan_once(s, idx)'],
    ],
    system: null,
  },
  {
    input: 'captured-python-cause',
    why: 'without such ids the order of the event holds, and the cause stands first',
    app: [
      ...['KeyError', '__main__', 'ship', 'price_of(order)', ...PRICE],
      ...['RuntimeError', '__main__', '<lambda>', 'capture("python-cause", lambda: ship({"id": 4711}))'],
      ...['__main__', 'ship', 'raise RuntimeError("order %s cannot be shipped" % order["id"]) from missing'],
    ],
    system: null,
  },
  {
    input: 'captured-python-message',
    why: 'numbers and dates are replaced',
    default: ['<int> parcels wait since <date>'],
  },
  {
    input: 'captured-python-log',
    why: 'a logged message goes by its template',
    default: ['parcel %s of %s is late'],
  },
];
