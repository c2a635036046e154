/** What an app's own code tells about itself: where it reads its DSN, and where it says that it is healthy. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface SourceHints {
  /** Environment variables with DSN in their name, sorted; `SENTRY_DSN` itself left out. */
  readonly dsnVariables: readonly string[];
  /** Files in which a DSN stands as it is. */
  readonly writtenDsns: readonly string[];
  /** A route like `/healthz`. */
  readonly health: string | undefined;
  readonly usesSentryInPython: boolean;
}

const CODE = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|py|html)$/;
const SKIPPED = new Set(['node_modules', 'dist', 'build', '.next', '.git', 'coverage', '__pycache__', '.venv', 'venv']);
const MOST_FILES = 2_000;
const MOST_BYTES = 300_000;

const ENV =
  /(?:process\.env|import\.meta\.env|os\.environ)(?:\.get\()?[.[]?\s*['"]?(?<name>[A-Z][A-Z0-9_]*DSN[A-Z0-9_]*)/g;
const WRITTEN = /https:\/\/[0-9a-f]{32}(?::[0-9a-f]{32})?@[\w.-]+\/\d+/;
const HEALTH = /['"`](?<path>\/(?:api\/)?(?:healthz?|health-check|livez|readyz|ping))['"`]/;

/** `sources` are globs of the form `folder/**` or names of files in `cwd`. */
export function readSourceHints(cwd: string, sources: readonly string[]): SourceHints {
  const roots = sources.map((glob) => join(cwd, glob.replace(/\/?\*.*$/, '')));
  const files = [...new Set(roots.flatMap((root) => codeFiles(root)))].slice(0, MOST_FILES);
  const variables = new Set<string>();
  const writtenDsns: string[] = [];
  let health: string | undefined;
  let usesSentryInPython = false;
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const match of text.matchAll(ENV)) variables.add(match.groups?.name ?? '');
    if (WRITTEN.test(text)) writtenDsns.push(relative(cwd, file).replaceAll('\\', '/'));
    usesSentryInPython ||= file.endsWith('.py') && /^\s*(?:import|from)\s+sentry_sdk\b/m.test(text);
    health ??= HEALTH.exec(text)?.groups?.path;
  }
  variables.delete('SENTRY_DSN');
  return { dsnVariables: [...variables].sort(), writtenDsns: writtenDsns.sort(), health, usesSentryInPython };
}

function codeFiles(path: string): string[] {
  if (!existsSync(path)) return [];
  const stat = statSync(path);
  if (stat.isFile()) return CODE.test(path) && stat.size <= MOST_BYTES ? [path] : [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !SKIPPED.has(entry.name) && !entry.isSymbolicLink())
    .flatMap((entry) => codeFiles(join(path, entry.name)));
}
