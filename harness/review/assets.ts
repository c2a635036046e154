/** The pages' style sheet, scripts and icon: named by what is in them, so that browsers keep them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { KEYS_SCRIPT } from '../markup/keys.ts';
import { decide } from './script/decide.ts';
import { followNight } from './script/follow-night.ts';
import { readPage } from './script/read-page.ts';
import { STYLE } from './style.ts';

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#17703a"/><path fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" d="m4 8.5 3 3 5-6.5"/></svg>`;

export interface Asset {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

const asset = (name: string, extension: string, type: string, text: string): Asset => ({
  name: `${name}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.${extension}`,
  type,
  text,
});

const SCRIPT = 'text/javascript; charset=utf-8';

/** As it ships: one ES module that imports nothing. */
const preact = asset('preact', 'js', SCRIPT, readPreact());

/** Functions are sent as their own text; those that draw get the framework handed in. */
const acting = `import * as preact from './${preact.name}';\n(${followNight.toString()})(preact);\n(${decide.toString()})(preact);\n`;

export const assets = {
  style: asset('review', 'css', 'text/css; charset=utf-8', STYLE),
  /** Works in a folder as well. */
  reading: asset('read', 'js', SCRIPT, `${KEYS_SCRIPT}\n(${readPage.toString()})();\n`),
  /** Needs the server. */
  acting: asset('act', 'js', SCRIPT, acting),
  preact,
  icon: asset('icon', 'svg', 'image/svg+xml', ICON),
} as const;

function readPreact(): string {
  const text = readFileSync(createRequire(import.meta.url).resolve('preact'), 'utf8');
  // Its map stays where it is.
  return text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
}
