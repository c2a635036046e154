/** Apps that have their DSN written into them: their events become issues all the same, and nothing of them is changed. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { mendwright, SERVER, tinyApp } from './tiny-app.ts';

vi.setConfig({ testTimeout: 120_000 });

const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

test('errors of such a server', async () => {
  const dir = tinyApp({
    // Nobody answers there.
    'server.mjs': SERVER.replace('process.env.SENTRY_DSN', "'http://0123456789abcdef0123456789abcdef@127.0.0.1:9/5'"),
    'mendwright.config.mjs': `export default {
  app: { start: 'node server.mjs', ready: '/ready', readySeconds: 10, sources: ['src/**', '*.mjs'] },
};
`,
  });
  made.push(dir);

  const night = JSON.parse((await mendwright(['run', '--json', '--cwd', dir])).stdout);

  expect(night.issues).toMatchObject([
    {
      title: 'TypeError: cart.items is not iterable',
      suspect: { file: 'src/total.mjs', line: 3 },
    },
  ]);
});

const SDK = new URL('../../examples/rooms/public/vendor/sentry-browser.js', import.meta.url);

/** Serves a page that throws. */
const PAGE_SERVER = `import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const page = readFileSync(new URL('./src/page.html', import.meta.url));
createServer((request, response) => {
  const isScript = request.url.startsWith('/src/');
  response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
  response.end(isScript ? readFileSync(new URL('.' + request.url, import.meta.url)) : page);
}).listen(Number(process.env.PORT), '127.0.0.1');
`;
/** Its SDK sends to a host that is nowhere. */
const PAGE = `<h1>Cart</h1><p></p><script type="module">
import * as Sentry from '/src/sentry.mjs';
import { total } from '/src/total.mjs';
Sentry.init({ dsn: 'https://0123456789abcdef0123456789abcdef@o5.ingest.sentry.example/5' });
setTimeout(() => { document.querySelector('p').textContent = 'Total: ' + total({ id: 1 }); });
</script>`;

test('errors of such a page, which never leave the machine', async () => {
  const dir = tinyApp({
    'server.mjs': PAGE_SERVER,
    'src/page.html': PAGE,
    'src/sentry.mjs': readFileSync(SDK, 'utf8'),
    'mendwright.config.mjs': `export default {
  app: { start: 'node server.mjs', readySeconds: 10, sources: ['src/**'] },
};
`,
  });
  made.push(dir);

  const night = JSON.parse((await mendwright(['run', '--json', '--cwd', dir])).stdout);

  expect(night.issues).toMatchObject([
    { title: 'TypeError: cart.items is not iterable', suspect: { file: 'src/total.mjs', line: 3 } },
  ]);
  const record = readFileSync(join(dir, '.mendwright', 'runs', night.run, 'record.json'), 'utf8');
  expect(JSON.parse(record).issues).toMatchObject([{ reportedByHarness: false }]);
});
