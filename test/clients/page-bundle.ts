/** A page's script with its SDK in it, served on a port of its own. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'vite';
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
  const code = await bundle(join(import.meta.dirname, 'apps', script), alias);
  const settings = JSON.stringify({ dsn, client });
  const page = `<!doctype html><title>Page</title>${html}<p id="state"></p><script>window.settings = ${settings}</script><script src="/page.js"></script>`;
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.writeHead(200, { 'content-type': isScript ? 'text/javascript' : 'text/html; charset=utf-8' });
    response.end(isScript ? code : page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bundle(entry: string, alias: Readonly<Record<string, string>>): Promise<string> {
  const built = await build({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { ...alias } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry, formats: ['iife'], name: 'page' } },
  });
  const [output] = [built].flat();
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined;
  if (chunk === undefined) throw new Error('vite built nothing');
  return chunk.code;
}
