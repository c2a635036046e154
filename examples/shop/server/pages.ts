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
  const page = renderPage();
  app.use('/assets/*', serveStatic({ root: relative(process.cwd(), DIST) || '.' }));
  app.get('/assets/*', (c) => c.notFound());
  app.get('*', (c) => c.html(page));
}

function renderPage(): string {
  const file = join(DIST, 'index.html');
  if (!existsSync(file)) throw new Error('The page is not built yet: run `npm run build` first.');
  const json = JSON.stringify(publicSettings()).replaceAll('<', '\\u003c');
  return readFileSync(file, 'utf8').replace(SLOT, () => SLOT.replace('{}', json));
}
