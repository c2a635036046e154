/** Scripts inside of other files: `.vue` and `.svelte` components, and inline scripts of pages and Jinja templates. */
import { extname } from 'node:path';

const COMPONENTS = new Set(['.vue', '.svelte']);
const PAGES = new Set(['.html', '.htm', '.jinja', '.jinja2', '.j2', '.njk', '.twig']);
/** `<script …>…</script>`; the text of a script ends at the first closing tag, whatever it is about. */
const SCRIPT = /<script\b(?<attributes>(?:"[^"]*"|'[^']*'|[^>"'])*)>(?<text>[\s\S]*?)<\/script\s*>/gi;
/** What a template engine fills in. */
const FILLED = /\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g;
/** Data, templates and import maps are no programs. */
const PROGRAM = /^(?:|module|text\/javascript|application\/javascript|text\/typescript|text\/babel)$/;

export function hasEmbeddedScripts(file: string): boolean {
  return COMPONENTS.has(extname(file)) || PAGES.has(extname(file));
}

export interface EmbeddedScripts {
  /** As long as the file, with spaces for everything that is no script: offsets and lines are those of the file. */
  readonly text: string;
  readonly language: 'ts' | 'tsx' | 'jsx';
}

/** The scripts of a file that is none. */
export function embeddedScripts(file: string, text: string): EmbeddedScripts {
  let masked = '';
  let language: EmbeddedScripts['language'] = 'jsx';
  let at = 0;
  for (const match of text.matchAll(SCRIPT)) {
    const { attributes = '', text: script = '' } = match.groups ?? {};
    if (/\bsrc\s*=/i.test(attributes) || !PROGRAM.test(attribute(attributes, 'type'))) continue;
    const named = attribute(attributes, 'lang');
    if (named === 'ts' || named === 'tsx') language = named;
    const end = match.index + match[0].lastIndexOf('</');
    const start = end - script.length;
    masked += `${blank(text.slice(at, start))}${PAGES.has(extname(file)) ? withoutFillings(script) : script}`;
    at = end;
  }
  return { text: masked + blank(text.slice(at)), language };
}

function attribute(attributes: string, name: string): string {
  const match = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(attributes);
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}

/** `{{ user | tojson }}` may stand for any value: a number of the same length parses wherever that does. */
function withoutFillings(script: string): string {
  return script.replace(FILLED, (filled) => (filled.startsWith('{{') ? `0${blank(filled).slice(1)}` : blank(filled)));
}
