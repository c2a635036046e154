/** Starts the shop for development: Vite compiles the page as it is asked for, and leads to the server behind it. */
import { fork } from 'node:child_process';
import { createServer as listen } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'vite';
import { fillIn } from '../server/pages.ts';
import { settings } from '../server/settings.ts';

const behind = await freePort();
const server = fork(join(import.meta.dirname, 'start.ts'), { env: { ...process.env, PORT: String(behind) } });
server.once('exit', (code) => process.exit(code ?? 1));
process.once('exit', () => server.kill());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));

const target = `http://127.0.0.1:${behind}`;
const vite = await createServer({
  root: join(import.meta.dirname, '..'),
  server: { host: '127.0.0.1', port: settings.port, strictPort: true, proxy: { '/api': target, '/healthz': target } },
  plugins: [{ name: 'settings', transformIndexHtml: fillIn }],
});
await vite.listen();
vite.printUrls();

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = listen();
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
