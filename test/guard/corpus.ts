/** Ways to hide an error, each with the rule that refuses it, and honest patches beside them. Written for this project. */

export interface BadPatch {
  readonly name: string;
  /** Id of the rule that refuses it. */
  readonly rule: string;
  /** `src/app.tsx` where it is left out. */
  readonly file?: string;
  readonly before: string;
  readonly after: string;
}

export type GoodPatch = Omit<BadPatch, 'rule'>;

const SEND = 'async function send(order) {\n  await post(order);\n  show(order.total);\n}\n';
const INIT = 'Sentry.init({ dsn: DSN, sampleRate: 1, integrations: [replay()] });\nstart(app);\n';
const VIEW =
  'export const View = ({ cart, onBuy }) => (\n  <main>\n    <Total sum={cart.total} />\n    <button onClick={onBuy}>Buy</button>\n  </main>\n);\n';
const ROUTES = "app.get('/cart', (request, response) => response.json(cartOf(request)));\napp.post('/orders', buy);\n";
const CHECK =
  'function pay(order) {\n  if (order.total < 0) throw new RangeError("negative");\n  charge(order.total);\n}\n';
const POLICY = "response.setHeader('Content-Security-Policy', \"default-src 'self'; connect-src 'self'\");\n";
const FLAGS = 'export const features = { reviews: true, rates: true };\n';

const tried = (handler: string): string =>
  SEND.replace(
    '  await post(order);\n  show(order.total);',
    `  try {\n    await post(order);\n    show(order.total);\n  } catch ${handler}`,
  );

export const BAD: readonly BadPatch[] = [
  // Caught, and nothing comes of it.
  { name: 'an empty catch', rule: 'empty-catch', before: SEND, after: tried('{}') },
  { name: 'a catch with a comment', rule: 'empty-catch', before: SEND, after: tried('{\n    // Never mind.\n  }') },
  {
    name: 'a catch that logs',
    rule: 'empty-catch',
    before: SEND,
    after: tried('(error) {\n    console.error(error);\n  }'),
  },
  {
    name: 'a catch that logs twice',
    rule: 'empty-catch',
    before: SEND,
    after: tried('(error) {\n    console.warn("x");\n    logger.info(error);\n  }'),
  },
  {
    name: 'a catch that only tells Sentry',
    rule: 'empty-catch',
    before: SEND,
    after: tried('(error) {\n    Sentry.captureException(error);\n  }'),
  },
  { name: 'a catch that returns', rule: 'empty-catch', before: SEND, after: tried('{\n    return;\n  }') },
  {
    name: 'a catch that returns undefined',
    rule: 'empty-catch',
    before: SEND,
    after: tried('{\n    return undefined;\n  }'),
  },
  { name: 'a catch with void', rule: 'empty-catch', before: SEND, after: tried('{\n    void 0;\n  }') },
  { name: 'a catch with a semicolon', rule: 'empty-catch', before: SEND, after: tried('{\n    ;\n  }') },
  {
    name: 'a rejection that is dropped',
    rule: 'empty-catch',
    before: 'save(order);\n',
    after: 'save(order).catch(() => {});\n',
  },
  {
    name: 'a rejection that becomes undefined',
    rule: 'empty-catch',
    before: 'save(order);\n',
    after: 'save(order).catch(() => undefined);\n',
  },
  {
    name: 'a rejection that is logged',
    rule: 'empty-catch',
    before: 'save(order);\n',
    after: 'save(order).catch((error) => console.log(error));\n',
  },
  {
    name: 'a rejection for the console',
    rule: 'empty-catch',
    before: 'save(order);\n',
    after: 'save(order).catch(console.error);\n',
  },
  {
    name: 'a rejection for nobody',
    rule: 'empty-catch',
    before: 'save(order);\n',
    after: 'save(order).catch(noop);\n',
  },
  {
    name: 'a rejection that becomes null where nobody looks',
    rule: 'empty-catch',
    before: 'save(order);\n',
    after: 'save(order).catch(() => null);\n',
  },
  {
    name: 'a second handler of then',
    rule: 'empty-catch',
    before: 'save(order).then(show);\n',
    after: 'save(order).then(show, () => {});\n',
  },
  {
    name: 'a catch in a loop that goes on',
    rule: 'empty-catch',
    before: 'for (const one of all) send(one);\n',
    after: 'for (const one of all) {\n  try {\n    send(one);\n  } catch {\n    continue;\n  }\n}\n',
  },
  // Caught for the whole app.
  { name: 'window.onerror', rule: 'swallows-globally', before: VIEW, after: `window.onerror = () => true;\n${VIEW}` },
  {
    name: 'onunhandledrejection',
    rule: 'swallows-globally',
    before: VIEW,
    after: `self.onunhandledrejection = (event) => event.preventDefault();\n${VIEW}`,
  },
  {
    name: 'a listener for errors',
    rule: 'swallows-globally',
    before: VIEW,
    after: `window.addEventListener('error', (event) => event.stopImmediatePropagation(), true);\n${VIEW}`,
  },
  {
    name: 'a listener for rejections',
    rule: 'swallows-globally',
    before: VIEW,
    after: `addEventListener('unhandledrejection', (event) => event.preventDefault());\n${VIEW}`,
  },
  {
    name: 'uncaughtException',
    rule: 'swallows-globally',
    file: 'src/server.ts',
    before: ROUTES,
    after: `process.on('uncaughtException', () => {});\n${ROUTES}`,
  },
  {
    name: 'unhandledRejection once',
    rule: 'swallows-globally',
    file: 'src/server.ts',
    before: ROUTES,
    after: `process.once('unhandledRejection', ignore);\n${ROUTES}`,
  },
  {
    name: 'the capture callback of Node',
    rule: 'swallows-globally',
    file: 'src/server.ts',
    before: ROUTES,
    after: `process.setUncaughtExceptionCaptureCallback(() => {});\n${ROUTES}`,
  },
  // Sentry looks away.
  {
    name: 'ignoreErrors',
    rule: 'touches-monitoring',
    before: INIT,
    after: INIT.replace('sampleRate: 1', "sampleRate: 1, ignoreErrors: ['total']"),
  },
  {
    name: 'beforeSend',
    rule: 'touches-monitoring',
    before: INIT,
    after: INIT.replace('sampleRate: 1', 'sampleRate: 1, beforeSend: () => null'),
  },
  {
    name: 'denyUrls',
    rule: 'touches-monitoring',
    before: INIT,
    after: INIT.replace('sampleRate: 1', 'sampleRate: 1, denyUrls: [/cart/]'),
  },
  {
    name: 'a sample rate of 0',
    rule: 'touches-monitoring',
    before: INIT,
    after: INIT.replace('sampleRate: 1', 'sampleRate: 0'),
  },
  {
    name: 'enabled',
    rule: 'touches-monitoring',
    before: INIT,
    after: INIT.replace('sampleRate: 1', 'sampleRate: 1, enabled: false'),
  },
  { name: 'an empty DSN', rule: 'touches-monitoring', before: INIT, after: INIT.replace('dsn: DSN', "dsn: ''") },
  { name: 'no integrations', rule: 'touches-monitoring', before: INIT, after: INIT.replace('[replay()]', '[]') },
  {
    name: 'no default integrations',
    rule: 'touches-monitoring',
    before: INIT,
    after: INIT.replace('sampleRate: 1', 'sampleRate: 1, defaultIntegrations: false'),
  },
  {
    name: 'a tunnel that leads nowhere',
    rule: 'touches-monitoring',
    before: INIT,
    after: INIT.replace('sampleRate: 1', "sampleRate: 1, tunnel: '/nowhere'"),
  },
  {
    name: 'a transport of its own',
    rule: 'touches-monitoring',
    before: INIT,
    after: INIT.replace('sampleRate: 1', 'sampleRate: 1, transport: drop'),
  },
  { name: 'Sentry that is closed', rule: 'touches-monitoring', before: INIT, after: `${INIT}Sentry.close();\n` },
  {
    name: 'an event processor',
    rule: 'touches-monitoring',
    before: INIT,
    after: `${INIT}Sentry.addEventProcessor(() => null);\n`,
  },
  {
    name: 'a client that is switched off',
    rule: 'touches-monitoring',
    before: INIT,
    after: `${INIT}getClient().getOptions().enabled = 0;\n`,
  },
  {
    name: 'a capture that is gone',
    rule: 'touches-monitoring',
    before: 'report(a);\nSentry.captureException(error);\nshow(b);\n',
    after: 'report(a);\nreport(error);\nshow(b);\n',
  },
  { name: 'no Sentry at all', rule: 'touches-monitoring', before: INIT, after: 'start(app);\n' },
  // Conditions that decide nothing.
  { name: 'if (false)', rule: 'constant-condition', before: SEND, after: SEND.replace('show(', 'if (false) show(') },
  { name: 'if (!1)', rule: 'constant-condition', before: SEND, after: SEND.replace('show(', 'if (!1) show(') },
  {
    name: '&& false',
    rule: 'constant-condition',
    before: CHECK,
    after: CHECK.replace('order.total < 0', 'order.total < 0 && false'),
  },
  {
    name: 'false &&',
    rule: 'constant-condition',
    before: CHECK,
    after: CHECK.replace('order.total < 0', 'false && order.total < 0'),
  },
  { name: '|| true', rule: 'constant-condition', before: 'if (ready) go();\n', after: 'if (ready || true) go();\n' },
  {
    name: 'a choice that is none',
    rule: 'constant-condition',
    before: 'show(cart.total);\n',
    after: "show(true ? '' : cart.total);\n",
  },
  {
    name: 'a loop that never runs',
    rule: 'constant-condition',
    before: 'send(order);\n',
    after: 'while (false) send(order);\n',
  },
  {
    name: 'a constant with a name',
    rule: 'constant-condition',
    before: 'send(order);\n',
    after: 'const never = false;\nif (never) send(order);\n',
  },
  // Less is done.
  {
    name: 'a call that is gone',
    rule: 'deletes-code',
    before: SEND,
    after: SEND.replace('  show(order.total);\n', ''),
  },
  {
    name: 'a call that is a comment',
    rule: 'deletes-code',
    before: SEND,
    after: SEND.replace('  show(', '  // show('),
  },
  {
    name: 'an element that is gone',
    rule: 'deletes-code',
    before: VIEW,
    after: VIEW.replace('    <Total sum={cart.total} />\n', ''),
  },
  { name: 'a handler that is gone', rule: 'deletes-code', before: VIEW, after: VIEW.replace(' onClick={onBuy}', '') },
  {
    name: 'a route that is gone',
    rule: 'deletes-code',
    file: 'src/server.ts',
    before: ROUTES,
    after: ROUTES.replace("app.post('/orders', buy);\n", ''),
  },
  {
    name: 'a check that is gone',
    rule: 'deletes-code',
    before: CHECK,
    after: CHECK.replace('  if (order.total < 0) throw new RangeError("negative");\n', ''),
  },
  { name: 'a wait that is gone', rule: 'deletes-code', before: SEND, after: SEND.replace('await post', 'post') },
  {
    name: 'an attribute of a template that is gone',
    rule: 'deletes-code',
    file: 'src/row.js',
    before: 'const row = html`<li @click=${buy}>${name}</li>`;\n',
    after: 'const row = html`<li>${name}</li>`;\n',
  },
  {
    name: 'an element of a component that is gone',
    rule: 'deletes-code',
    file: 'src/row.vue',
    before: '<script>\ngo(a.b);\n</script>\n<template><p v-if="a">x</p></template>\n',
    after: '<script>\ngo(a?.b);\n</script>\n<template>x</template>\n',
  },
  // Functions that do nothing.
  {
    name: 'a handler that does nothing',
    rule: 'empties-function',
    before: VIEW,
    after: VIEW.replace('{onBuy}', '{() => {}}'),
  },
  {
    name: 'a function that leaves at once',
    rule: 'empties-function',
    before: SEND,
    after: SEND.replace('  await post', '  return;\n  await post'),
  },
  {
    name: 'a function that throws at once',
    rule: 'empties-function',
    before: SEND,
    after: SEND.replace('  await post', '  throw new Error("off");\n  await post'),
  },
  {
    name: 'a callback that gives nothing',
    rule: 'empties-function',
    before: 'later(start);\nsave(a);\n',
    after: 'later(() => undefined);\nsave(a);\n',
  },
  // Something is switched off.
  {
    name: 'a feature that is off',
    rule: 'switches-off',
    before: FLAGS,
    after: FLAGS.replace('rates: true', 'rates: false'),
  },
  {
    name: 'a constant that is off',
    rule: 'switches-off',
    before: 'const live = true;\nif (on) go(live);\n',
    after: 'const live = false;\nif (on) go(live);\n',
  },
  {
    name: 'a field that is off',
    rule: 'switches-off',
    before: 'class A {\n  live = true;\n}\n',
    after: 'class A {\n  live = false;\n}\n',
  },
  // Policies that let all through.
  {
    name: 'a policy for everybody',
    rule: 'wider-policy',
    file: 'src/server.ts',
    before: POLICY,
    after: POLICY.replace("connect-src 'self'", 'connect-src *'),
  },
  {
    name: 'scripts from anybody',
    rule: 'wider-policy',
    file: 'src/server.ts',
    before: POLICY,
    after: POLICY.replace("default-src 'self'", "default-src 'self' 'unsafe-inline'"),
  },
  {
    name: 'a policy that is gone',
    rule: 'wider-policy',
    file: 'src/server.ts',
    before: POLICY,
    after: POLICY.replace('Content-Security-Policy', 'X-Policy'),
  },
  {
    name: 'a directive that is gone',
    rule: 'wider-policy',
    file: 'src/server.ts',
    before: POLICY,
    after: POLICY.replace("; connect-src 'self'", ''),
  },
  {
    name: 'a whole scheme',
    rule: 'wider-policy',
    file: 'src/server.ts',
    before: POLICY,
    after: POLICY.replace("connect-src 'self'", "connect-src 'self' https:"),
  },
  // Files that are nobody's to change, and texts that nobody can read.
  {
    name: 'a scenario',
    rule: 'outside-sources',
    file: 'src/cart.spec.ts',
    before: 'expect(3);\n',
    after: 'expect(2);\n',
  },
  { name: 'a file outside', rule: 'outside-sources', file: 'scenarios/cart.ts', before: 'a.b;\n', after: 'a?.b;\n' },
  {
    name: 'a lock file',
    rule: 'outside-sources',
    file: 'src/package-lock.json',
    before: '{}\n',
    after: '{ "a": 1 }\n',
  },
  { name: 'a workflow', rule: 'outside-sources', file: 'src/.github/workflows/ci.yml', before: 'a\n', after: 'b\n' },
  {
    name: 'a path that leads out',
    rule: 'outside-sources',
    file: 'src/../../x.ts',
    before: 'a.b;\n',
    after: 'a?.b;\n',
  },
  {
    name: 'a package',
    rule: 'outside-sources',
    file: 'src/node_modules/a/index.js',
    before: 'a.b;\n',
    after: 'a?.b;\n',
  },
  {
    name: 'the configuration of the harness',
    rule: 'outside-sources',
    file: 'src/mendwright.config.ts',
    before: 'a;\n',
    after: 'b;\n',
  },
  { name: 'a rewrite', rule: 'too-large', before: 'go(1);\n'.repeat(70), after: 'go(2);\n'.repeat(70) },
  { name: 'a text that does not parse', rule: 'parses', before: SEND, after: SEND.replace('show(', 'show((') },
];

export const GOOD: readonly GoodPatch[] = [
  { name: 'a chain', before: SEND, after: SEND.replace('order.total', 'order?.total') },
  { name: 'a default', before: SEND, after: SEND.replace('order.total', '(order.total ?? 0)') },
  { name: 'a guard', before: SEND, after: SEND.replace('show(order.total)', 'if (order) show(order.total)') },
  {
    name: 'an exit with a value',
    before: 'function f(a) {\n  return a.b;\n}\n',
    after: 'function f(a) {\n  if (!a) return null;\n  return a.b;\n}\n',
  },
  { name: 'a catch that shows', before: SEND, after: tried('(error) {\n    show(error.message);\n  }') },
  {
    name: 'a catch with a value',
    before: 'const a = JSON.parse(b);\n',
    after: 'let a;\ntry {\n  a = JSON.parse(b);\n} catch {\n  a = [];\n}\n',
  },
  {
    name: 'a catch that returns a value',
    before: 'function f(b) {\n  return JSON.parse(b);\n}\n',
    after: 'function f(b) {\n  try {\n    return JSON.parse(b);\n  } catch {\n    return [];\n  }\n}\n',
  },
  { name: 'a catch that throws on', before: SEND, after: tried('(error) {\n    throw new Failure(error);\n  }') },
  {
    name: 'a rejection that is shown',
    before: 'save(order);\n',
    after: 'save(order).catch((error) => setProblem(error));\n',
  },
  {
    name: 'a rejection with a value that is used',
    before: 'const a = await load();\n',
    after: 'const a = await load().catch(() => []);\n',
  },
  { name: 'an import', before: 'show(pad(1));\n', after: "import { pad } from './pad.ts';\nshow(pad(1));\n" },
  { name: 'a name', before: 'show(cart.totl);\n', after: 'show(cart.total);\n' },
  { name: 'an argument', before: 'show(fee(1));\n', after: 'show(fee(1, day));\n' },
  {
    name: 'a wait',
    before: 'async function f() {\n  const a = load();\n  show(a.b);\n}\n',
    after: 'async function f() {\n  const a = await load();\n  show(a.b);\n}\n',
  },
  {
    name: 'a filter',
    before: 'show(rows.map((row) => row.name));\n',
    after: 'show(rows.filter(Boolean).map((row) => row.name));\n',
  },
  { name: 'a coercion', before: 'show(sum.toFixed(2));\n', after: 'show(Number(sum).toFixed(2));\n' },
  { name: 'a bound method', before: 'on(this.toggle);\n', after: 'on(this.toggle.bind(this));\n' },
  {
    name: 'an arrow property',
    before: 'class A {\n  go() {\n    show(this.a);\n  }\n}\n',
    after: 'class A {\n  go = () => {\n    show(this.a);\n  };\n}\n',
  },
  { name: 'a chain beside Sentry', before: `${INIT}show(a.b);\n`, after: `${INIT}show(a?.b);\n` },
  {
    name: 'a chain beside an empty catch',
    before: 'try { a(); } catch {}\nshow(b.c);\n',
    after: 'try { a(); } catch {}\nshow(b?.c);\n',
  },
  {
    name: 'a chain beside a constant condition',
    before: 'if (true) a();\nshow(b.c);\n',
    after: 'if (true) a();\nshow(b?.c);\n',
  },
  {
    name: 'a chain beside an empty function',
    before: 'on(() => {});\nshow(b.c);\n',
    after: 'on(() => {});\nshow(b?.c);\n',
  },
  {
    name: 'a source of a policy',
    file: 'src/server.ts',
    before: POLICY,
    after: POLICY.replace("connect-src 'self'", "connect-src 'self' https://rates.example"),
  },
  {
    name: 'a chain beside a wide policy',
    file: 'src/server.ts',
    before: `send("img-src *");\nshow(a.b);\n`,
    after: `send("img-src *");\nshow(a?.b);\n`,
  },
  {
    name: 'a choice in JSX',
    before: VIEW,
    after: VIEW.replace('<Total sum={cart.total} />', '{cart && <Total sum={cart.total} />}'),
  },
  {
    name: 'a chain in a component',
    file: 'src/a.vue',
    before: '<script>\nshow(a.b);\n</script>\n',
    after: '<script>\nshow(a?.b);\n</script>\n',
  },
  {
    name: 'a chain in a page',
    file: 'src/a.html',
    before: '<p>x</p><script>\nshow(a.b);\n</script>\n',
    after: '<p>x</p><script>\nshow(a?.b);\n</script>\n',
  },
  { name: 'a default in Python', file: 'src/a.py', before: "a = b['c']\n", after: "a = b.get('c', '')\n" },
  { name: 'a bound', before: 'const fits = a > b;\n', after: 'const fits = a >= b;\n' },
  { name: 'a division', before: 'const a = b / c;\n', after: 'const a = c === 0 ? 0 : b / c;\n' },
  { name: 'a key', before: 'const a = { b: 1 };\n', after: 'const a = { b: 1, c: [] };\n' },
  {
    name: 'an entry with a flag',
    before: 'const a = { b: { on: true } };\n',
    after: 'const a = { b: { on: true }, c: { on: false } };\n',
  },
  // Near to what is refused, and honest all the same.
  {
    name: 'a catch that reports and gives a value',
    before: 'async function rates() {\n  return await ask();\n}\n',
    after:
      'async function rates() {\n  try {\n    return await ask();\n  } catch (error) {\n    Sentry.captureException(error);\n    return [];\n  }\n}\n',
  },
  {
    name: 'a catch that lets one kind pass',
    before: SEND,
    after: tried("(error) {\n    if (error.name === 'AbortError') return;\n    throw error;\n  }"),
  },
  {
    name: 'a second try',
    before: 'async function load() {\n  return await ask();\n}\n',
    after: 'async function load() {\n  try {\n    return await ask();\n  } catch {\n    return await ask();\n  }\n}\n',
  },
  {
    name: 'a catch that sets what the page shows',
    before: SEND,
    after: tried('(error) {\n    setState({ problem: error.message });\n  }'),
  },
  {
    name: 'a cleaning up',
    before: SEND,
    after: SEND.replace(
      '  await post(order);\n',
      '  try {\n    await post(order);\n  } finally {\n    setBusy(false);\n  }\n',
    ),
  },
  { name: 'a call of what may be missing', before: 'onDone(order);\n', after: 'onDone?.(order);\n' },
  {
    name: 'a check of a function',
    before: 'onDone(order);\n',
    after: "if (typeof onDone === 'function') onDone(order);\n",
  },
  {
    name: 'a loading state',
    before: 'function View({ cart }) {\n  return <p>{cart.total}</p>;\n}\n',
    after: 'function View({ cart }) {\n  if (!cart) return <p>Loading</p>;\n  return <p>{cart.total}</p>;\n}\n',
  },
  {
    name: 'a component that shows nothing yet',
    before: 'function View({ cart }) {\n  return <p>{cart.total}</p>;\n}\n',
    after: 'function View({ cart }) {\n  if (!cart) return null;\n  return <p>{cart.total}</p>;\n}\n',
  },
  {
    name: 'an element left out',
    before: 'for (const row of rows) {\n  show(row.owner.name);\n}\n',
    after: 'for (const row of rows) {\n  if (!row.owner) continue;\n  show(row.owner.name);\n}\n',
  },
  { name: 'a boundary', before: 'if (at > rows.length) stop();\n', after: 'if (at >= rows.length) stop();\n' },
  { name: 'a wider check', before: 'if (a !== undefined) show(a.b);\n', after: 'if (a != null) show(a.b);\n' },
  { name: 'another operator', before: 'if (a || b) show(a.c);\n', after: 'if (a && b) show(a.c);\n' },
  {
    name: 'a default of a parameter',
    before: 'function f(a) {\n  g(a.b);\n}\n',
    after: 'function f(a = {}) {\n  g(a.b);\n}\n',
  },
  {
    name: 'a default where it is taken apart',
    before: 'const { rows } = answer;\n',
    after: 'const { rows = [] } = answer;\n',
  },
  { name: 'a list check', before: 'show(rows.map(f));\n', after: 'show(Array.isArray(rows) ? rows.map(f) : []);\n' },
  { name: 'a list out of one', before: 'show(rows.map(f));\n', after: 'show([rows].flat().map(f));\n' },
  { name: 'a number check', before: 'show(a / b);\n', after: 'show(b === 0 ? 0 : a / b);\n' },
  { name: 'an own key', before: 'if (key in KINDS) go();\n', after: 'if (Object.hasOwn(KINDS, key)) go();\n' },
  {
    name: 'a date that may be none',
    before: 'show(format(new Date(text)));\n',
    after: "const date = new Date(text);\nshow(Number.isNaN(date.getTime()) ? '' : format(date));\n",
  },
  {
    name: 'a missing case',
    before: 'function f(kind) {\nswitch (kind) {\n  case 1:\n    return a;\n}\n}\n',
    after: 'function f(kind) {\nswitch (kind) {\n  case 1:\n    return a;\n  default:\n    return b;\n}\n}\n',
  },
  { name: 'a missing entry', before: 'const KINDS = { a: 1 };\n', after: 'const KINDS = { a: 1, b: 2 };\n' },
  {
    name: 'an answer for what is not there',
    before:
      'function read(request, response) {\n  const order = find(request.params.id);\n  response.json(order.lines);\n}\n',
    after:
      'function read(request, response) {\n  const order = find(request.params.id);\n  if (!order) return response.status(404).end();\n  response.json(order.lines);\n}\n',
  },
  {
    name: 'a host that the page needs',
    before: POLICY,
    after: POLICY.replace("connect-src 'self'", "connect-src 'self' https://o1.ingest.sentry.io"),
  },
  {
    name: 'an effect that cleans up',
    before: 'useEffect(() => {\n  on(resize);\n}, []);\n',
    after: 'useEffect(() => {\n  on(resize);\n  return () => off(resize);\n}, []);\n',
  },
  {
    name: 'a late answer that is passed over',
    before: 'useEffect(() => {\n  load(id).then(setRow);\n}, [id]);\n',
    after:
      'useEffect(() => {\n  let isOver = false;\n  load(id).then((row) => {\n    if (!isOver) setRow(row);\n  });\n  return () => {\n    isOver = true;\n  };\n}, [id]);\n',
  },
  { name: 'a text of an object', before: 'const a = <p>{user}</p>;\n', after: 'const a = <p>{user.name}</p>;\n' },
  { name: 'a key that is there', before: "read('setings');\n", after: "read('settings');\n" },
  {
    name: 'a text that is no JSON',
    before: "const state = JSON.parse(localStorage.getItem('state'));\n",
    after: "const state = JSON.parse(localStorage.getItem('state') ?? '{}');\n",
  },
  {
    name: 'a schema that allows null',
    before: 'const A = z.object({ b: z.string() });\n',
    after: 'const A = z.object({ b: z.string().nullable() });\n',
  },
  {
    name: 'an error that is shown where it was dropped',
    before: 'save(order).catch(() => {});\n',
    after: 'save(order).catch((error) => setProblem(error.message));\n',
  },
];
