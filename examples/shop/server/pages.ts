/** The built page: its files, and for every other address the page itself with the public settings filled in. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import type { ShopEnv } from './sessions.ts';
import { publicSettings } from './settings.ts';

const DIST = join(import.meta.dirname, '..', 'dist');
const SLOT = '<script type="application/json" id="settings">{}</script>';

export function servePages(app: Hono<ShopEnv>): void {
  // Rendered when it is first asked for: in front of Vite's server, nobody asks.
  let page: string | undefined;
  app.use('/assets/*', serveStatic({ root: relative(process.cwd(), DIST) || '.' }));
  app.get('/assets/*', (c) => c.notFound());
  app.get('*', (c) => {
    page ??= fillIn(readPage());
    return c.html(page);
  });
}

function readPage(): string {
  const file = join(DIST, 'index.html');
  if (!existsSync(file)) throw new Error('The page is not built yet: run `npm run build` first.');
  return readFileSync(file, 'utf8');
}

/** The page with the settings that it may know. */
export function fillIn(page: string): string {
  const json = JSON.stringify(publicSettings()).replaceAll('<', '\\u003c');
  return page.replace(SLOT, () => SLOT.replace('{}', json));
}
