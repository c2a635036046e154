/** A server that has its DSN written into it: its events are mirrored, and nothing of it is changed. */
import { rmSync } from 'node:fs';
import { afterAll, expect, test, vi } from 'vitest';
import { mendwright, SERVER, tinyApp } from './tiny-app.ts';

vi.setConfig({ testTimeout: 120_000 });

const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

test('its errors become issues all the same', async () => {
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
