/** Puts the trace viewer that ships with the app's own Playwright beside a report, so that its traces open offline. */
import { cpSync, existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder of the viewer of the Playwright that `root` uses; undefined where there is none. */
export function findTraceViewer(root: string): string | undefined {
  try {
    const test = createRequire(join(root, 'package.json')).resolve('@playwright/test/package.json');
    const playwright = createRequire(test).resolve('playwright/package.json');
    const core = dirname(createRequire(playwright).resolve('playwright-core/package.json'));
    const viewer = join(realpathSync(core), 'lib', 'vite', 'traceViewer');
    return existsSync(join(viewer, 'index.html')) ? viewer : undefined;
  } catch {
    return undefined; // No Playwright there, or one that is laid out otherwise: traces open with `show-trace`.
  }
}

/** Copies it once, as `trace/` below `folder`; false where there is none. */
export function copyTraceViewer(root: string, folder: string): boolean {
  const to = join(folder, 'trace');
  if (existsSync(join(to, 'index.html'))) return true;
  const from = findTraceViewer(root);
  if (from === undefined) return false;
  cpSync(from, to, { recursive: true });
  return true;
}
