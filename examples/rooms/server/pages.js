/** The page: its files as they are, and index.html for every address of the house. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express from 'express';
import { publicSettings } from './settings.js';

const PUBLIC = join(import.meta.dirname, '..', 'public');
const SLOT = '<script type="application/json" id="settings">{}</script>';

export function servePages(app) {
  const page = renderPage();
  for (const folder of ['js', 'vendor'])
    app.use(`/${folder}`, express.static(join(PUBLIC, folder), { fallthrough: false }));
  app.use(express.static(PUBLIC, { index: false }));
  app.get('/{*path}', (_request, response) => response.type('html').send(page));
}

function renderPage() {
  const json = JSON.stringify(publicSettings()).replaceAll('<', '\\u003c');
  return readFileSync(join(PUBLIC, 'index.html'), 'utf8').replace(SLOT, () => SLOT.replace('{}', json));
}
