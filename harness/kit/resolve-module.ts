/** Which file of the app an import names, as far as paths tell. */
import { dirname, join } from 'node:path/posix';
import type { Project } from './fixer.ts';
import type { SourceText } from './source-text.ts';

const ENDINGS = ['', '.ts', '.tsx', '.js', '.jsx', '.mjs', '/index.ts', '/index.tsx', '/index.js', '/index.jsx'];

/** Undefined for packages, and where an alias fits several files. */
export function resolveModule(project: Project, from: string, specifier: string): SourceText | undefined {
  const isRelative = specifier.startsWith('.');
  const bare = specifier.replace(/\.[cm]?js$/, '');
  if (isRelative) {
    const paths = [specifier, bare].flatMap((one) => ENDINGS.map((ending) => join(dirname(from), one) + ending));
    return paths.map((path) => project.source(path)).find((source) => source !== undefined);
  }
  // `@/lib/rooms`, `~/lib/rooms`, `app/lib/rooms`: what is behind the alias is the end of a path.
  const [, tail = ''] = /^[@~#]?[\w-]*\/(.+)$/.exec(bare) ?? [];
  if (tail === '') return undefined;
  const fitting = project.files().filter((file) => ENDINGS.some((ending) => `/${file}`.endsWith(`/${tail}${ending}`)));
  return fitting.length === 1 ? project.source(fitting[0] ?? '') : undefined;
}
