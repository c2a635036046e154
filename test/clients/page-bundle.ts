/** A page's script with its SDK in it, served on a port of its own. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { listenLocally } from '../../harness/adapters/app/listen-locally.ts';
import { bundleScript } from '../bundle-script.ts';
import type { Ground } from './ground.ts';

export interface ServedPage {
  readonly url: string;
  close(): void;
}

export interface PageParts {
  /** Below `apps/`. */
  readonly script: string;
  readonly client: string;
  readonly html: string;
  /** What the script's import of that name means. */
  readonly alias?: Readonly<Record<string, string>>;
}

export async function servePage({ dsn }: Ground, { script, client, html, alias = {} }: PageParts): Promise<ServedPage> {
  const code = await bundleScript({
    root: import.meta.dirname,
    entry: join(import.meta.dirname, 'apps', script),
    name: 'page',
    alias,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const settings = JSON.stringify({ dsn, client });
  const page = `<!doctype html><title>Page</title>${html}<p id="state"></p><script>window.settings = ${settings}</script><script src="/page.js"></script>`;
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8' });
    response.end(isScript ? code : page);
  });
  const port = await listenLocally(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
