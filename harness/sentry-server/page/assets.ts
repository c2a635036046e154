/** The page's own style sheet, script and icon: named by what is in them, so that browsers keep them. */
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { KEYS_SCRIPT } from '../../markup/keys.ts';
import { STYLE } from './style.ts';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0b5cad" d="M8 1 15.5 14.5H.5z"/><path fill="#fff" d="M7.2 6h1.6l-.3 4.5h-1zM7.2 11.4h1.6v1.6H7.2z"/></svg>`;

interface Asset {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

const asset = (name: string, extension: string, type: string, text: string): Asset => ({
  path: `/assets/${name}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.${extension}`,
  type,
  text,
});

export const assets = {
  style: asset('page', 'css', 'text/css; charset=utf-8', STYLE),
  script: asset('keys', 'js', 'text/javascript; charset=utf-8', KEYS_SCRIPT),
  icon: asset('icon', 'svg', 'image/svg+xml', ICON),
} as const;

export function assetRoutes(): Hono {
  const app = new Hono();
  for (const { path, type, text } of Object.values(assets)) {
    app.get(path, (c) =>
      c.body(text, 200, {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
      }),
    );
  }
  return app;
}
