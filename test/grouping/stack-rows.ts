/** Inputs of our own about frames, stacks and exceptions, and what counts in them. */
import type { Row } from './row.ts';

const CHECKOUT = ['shop.views', 'checkout', 'total = sum(line.cents for line in cart.lines)'];

export const STACK_ROWS: readonly Row[] = [
  {
    input: 'js-module-is-path',
    why: 'in a page, a module that ends the path is no module',
    app: ['TypeError', 'cart.tsx', 'CartView'],
    system: null,
  },
  {
    input: 'node-module-like-path',
    why: 'in Node every module is one',
    app: ['TypeError', 'js/views/cart.js', 'CartView'],
    system: null,
  },
  {
    input: 'js-source-map',
    why: 'a mapped frame goes by its line, white space made one; without a line by its function',
    app: ['TypeError', 'return lines.map( toRow);', 'toRow'],
    system: null,
  },
  {
    input: 'js-eval-and-native',
    why: 'native and evaluated code is left out, an anonymous file name too',
    app: ['Error', 'start', 'stop'],
    system: null,
  },
  {
    input: 'js-nameless-functions',
    why: 'five ways of having no name leave the files',
    app: ['Error', 'a.js', 'b.js', 'c.js', 'd.js', 'e.js'],
    system: null,
  },
  {
    input: 'js-recursion',
    why: 'a frame that repeats the one before counts once; another line makes another frame',
    app: ['RangeError', 'walk', 'walk'],
    system: null,
  },
  {
    input: 'js-lone-nameless-file',
    why: 'a single nameless frame that is not from an address is left out',
    app: ['Error', 'boot <int> failed'],
    system: null,
  },
  {
    input: 'js-lone-nameless-page',
    why: 'a single nameless frame from an address may count, here by its module',
    app: ['Error', 'boot'],
    system: null,
  },
  {
    input: 'js-long-line',
    why: 'a line of 121 characters is left out, one of 120 counts',
    app: ['Error', 'f', 'g', 'y'.repeat(120)],
    system: null,
  },
  {
    input: 'js-page-line-without-function',
    why: "a page's own line, without a function, is left out",
    app: ['Error', 'boot', 'state.cart.lines'],
    system: null,
  },
  {
    input: 'js-frames-of-other-platforms',
    why: 'each frame follows the rules of its own platform: native ones give no line and keep their whole name',
    app: ['Error', 'call', 'bridge.cc', 'Bridge.invoke', 'app.worker', 'Worker.run', 'job.run()'],
    system: null,
  },
  {
    input: 'js-report-error',
    why: 'reportError and what it calls is not the app',
    app: ['Error', 'submit'],
    system: ['Error', 'submit', 'reportError', 'dispatch'],
  },
  {
    input: 'js-libraries',
    why: 'delivery networks and vendored folders are not the app; a host that only looks like one is',
    app: ['Error', 'own'],
    system: ['Error', 'draw', 'parse', 'pan', 'own'],
  },
  {
    input: 'js-polyfills',
    why: 'what transpilers and polyfills put in never counts',
    app: ['Error', 'src/app', 'start'],
    system: null,
  },
  {
    input: 'js-other-monitoring',
    why: 'other monitoring tools never count',
    app: ['Error', 'start'],
    system: null,
  },
  {
    input: 'js-query-string',
    why: 'a file goes by its last part in lower case, without its query',
    app: ['Error', 'main.js', 'start'],
    system: null,
  },
  {
    input: 'js-blob',
    why: 'a blob is an address; its line counts, as it has a function',
    app: ['Error', 'work', 'step(job)'],
    system: null,
  },
  {
    input: 'js-without-in-app',
    why: 'a frame that nobody calls in-app is not, and then the app side is left out',
    app: null,
    system: ['Error', 'start'],
  },
  {
    input: 'node-libraries-only',
    why: 'without a frame of the app only the system side counts, not the value',
    app: null,
    system: ['Error', 'call.js', 'call'],
  },
  {
    input: 'node-app-and-library',
    why: 'two hashes, the app side first',
    app: ['TypeError', 'cart.js', 'total'],
    system: ['TypeError', 'call.js', 'call', 'cart.js', 'total'],
  },
  {
    input: 'node-scheduler',
    why: "the scheduler's own functions never count",
    app: ['TypeError', 'cart.js', 'total'],
    system: null,
  },
  {
    input: 'node-windows-path',
    why: 'a file behind backslashes',
    app: ['Error', 'cart.js', 'total'],
    system: null,
  },
  {
    input: 'node-chain-one-without-stack',
    why: 'an exception without a stack goes by its value, and is on the app side only',
    app: ['SystemError', 'connect ECONNREFUSED <ip>:<int>', 'QueryError', 'cart.js', 'total'],
    system: ['QueryError', 'cart.js', 'total'],
  },
  {
    input: 'node-synthetic',
    why: 'a made-up exception goes by its value alone',
    app: ['queue <int> is full'],
  },
  {
    input: 'python-site-packages',
    why: 'installed packages are not the app, whatever the SDK says',
    app: ['AttributeError', ...CHECKOUT],
    system: [
      ...['AttributeError', 'django.core.handlers.base', '_get_response', 'response = wrapped_callback(request)'],
      ...CHECKOUT,
    ],
  },
  {
    input: 'python-without-in-app',
    why: 'what the SDK left open is not the app',
    app: null,
    system: ['AttributeError', ...CHECKOUT],
  },
  {
    input: 'python-spawned-process',
    why: 'the made-up module that starts a process never counts',
    app: ['EOFError', ...CHECKOUT],
    system: ['EOFError', 'multiprocessing.spawn', 'spawn_main', 'exitcode = _main(fd, parent_sentinel)', ...CHECKOUT],
  },
  {
    input: 'python-spawned-line',
    why: 'where that module is all there is, its numbers are replaced',
    app: [
      ...['EOFError', '__main__', '<module>'],
      'from multiprocessing.spawn import spawn_main; spawn_main(tracker_fd=<int>, pipe_handle=<int>)',
    ],
    system: null,
  },
  {
    input: 'python-exception-group',
    why: 'members of nested groups by type, last letter first; those alike but for numbers once; then the root',
    app: ['ValueError', ...CHECKOUT, 'KeyError', '<int>', 'ExceptionGroup', 'shop.tasks', 'notify'],
    system: ['ValueError', ...CHECKOUT, 'ExceptionGroup', 'shop.tasks', 'notify'],
  },
  {
    input: 'python-exception-group-of-one',
    why: 'the only distinct member stands for the group, and brings its first cause along, behind it',
    app: ['ValueError', ...CHECKOUT, 'OSError', 'disk <int>'],
    system: ['ValueError', ...CHECKOUT],
  },
  {
    input: 'python-exception-group-sdk-3',
    why: 'groups of SDK 3 for Python keep the chain',
    app: ['ValueError', ...CHECKOUT, 'ExceptionGroup', 'shop.tasks', 'notify'],
    system: null,
  },
  {
    input: 'group-with-broken-ids',
    why: 'a tree that cannot be right is a chain',
    app: ['TypeError', 'a', 'TypeError', 'a', 'AggregateError', 'two'],
  },
  {
    input: 'threads-crashed',
    why: 'the thread that crashed goes before the current one',
    app: ['cart.js', 'total'],
    system: ['call.js', 'call', 'cart.js', 'total'],
  },
  {
    input: 'threads-none-chosen',
    why: 'of two threads neither says anything: the message does',
    app: null,
    default: ['worker <int> hangs'],
  },
  {
    input: 'stack-of-a-message',
    why: 'a stack of its own goes before the message',
    app: ['cart.js', 'total'],
    system: ['call.js', 'call', 'cart.js', 'total'],
  },
];
