/** Which file of the repository a source map or an address means. */
import { posix } from 'node:path';
import type { Script, ScriptText } from './script-reader.ts';

export interface KnownFiles {
  /** Relative to the app's root. */
  readonly files: readonly string[];
  readonly read: (file: string) => string | undefined;
}

interface NamedSource {
  /** As the map names it. */
  readonly source: string;
  /** The source's text, where the map brings it along: it tells namesakes apart. */
  readonly content?: string;
  /** Path of the script that has the map. */
  readonly script: string;
  readonly root: string;
}

const SCHEME = /^(?:webpack(?:-internal)?|turbopack|vite|rollup|app):\/+(?:[^/]*\/)??(?:\.\/|(?=\/))/;

/**
 * `../../src/a.ts`, `webpack://shop/./src/a.ts`, `/@fs/…/src/a.ts`: the file itself, else the only one with that ending
 * and, where the text is known, with that text. A package below node_modules is returned as a path that begins there.
 */
export function repositoryFile(named: NamedSource, known: KnownFiles): string | undefined {
  const { root, content } = named;
  const source = belowRoot(named.source.replace(/[?#].*$/, '').replace(SCHEME, ''), root);
  const parts = posix
    .normalize(source)
    .split('/')
    .filter((part) => part !== '..' && part !== '.' && part !== '');
  if (parts.includes('node_modules')) return parts.slice(parts.indexOf('node_modules')).join('/');
  const beside = SCHEME.test(named.source) ? '' : posix.join(posix.dirname(belowRoot(named.script, root)), source);
  const exact = [beside.replace(/^(?:\.\.\/)+/, ''), posix.normalize(source), parts.join('/')];
  const namesakes = [...new Set(exact)].filter((file) => known.files.includes(file));
  const same = namesakes.find((file) => content !== undefined && isSame(known.read(file), content));
  return same ?? namesakes[0] ?? byEnding(parts, content, known);
}

/** A script that is served, or lies in the worktree, as it stands in the repository. */
export function servedFile(script: Script, read: ScriptText | undefined, known: KnownFiles): string | undefined {
  const isKnown = known.files.includes(script.path);
  if (script.url === undefined || read === undefined) return isKnown ? script.path : undefined;
  if (isKnown && isSame(known.read(script.path), read.text)) return script.path;
  return byEnding(script.path.split('/'), read.text, known);
}

/** The longest ending that one file alone has. A mere file name says too little, unless the texts are the same. */
function byEnding(parts: readonly string[], content: string | undefined, known: KnownFiles): string | undefined {
  for (let from = 0; from < parts.length; from++) {
    const isNameOnly = from > 0 && from === parts.length - 1;
    if (isNameOnly && content === undefined) return undefined;
    const ending = `/${parts.slice(from).join('/')}`;
    const matching = known.files
      .filter((file) => `/${file}`.endsWith(ending))
      .filter((file) => content === undefined || isSame(known.read(file), content));
    if (matching.length === 1) return matching[0];
    if (matching.length > 1) return undefined;
  }
  return undefined;
}

function isSame(text: string | undefined, other: string): boolean {
  return text !== undefined && plain(text) === plain(other);
}

function plain(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .trimEnd();
}

/** Vite serves files by their absolute path below `/@fs`. */
function belowRoot(path: string, root: string): string {
  const absolute = path.replace(/^file:\/\//, '').replace(/^\/?@fs(?=\/)/, '');
  return absolute.startsWith(`${root}/`) ? absolute.slice(root.length + 1) : absolute;
}
