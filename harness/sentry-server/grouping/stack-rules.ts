/** Sentry's default stack rules for JavaScript, Node and Python: what is not the app's, and what never groups. */
import type { Frame } from '../event/payload.ts';
import type { Family } from './platform.ts';

const LIBRARY_PATH =
  /\/(?:node_modules|vendor|site-packages|dist-packages)\/|https:\/\/(?:unpkg\.com|cdnjs\.cloudflare\.com|cdn\.jsdelivr\.net|esm\.run)\//;
const TELEMETRY_PATH = /(?:newrelic|logrocket)[^/]*\//;
const TRANSPILER_MODULE = /^(?:@babel|core-js|regenerator-runtime|tslib)\//;
const SCHEDULER_FUNCTION = new Set([
  'runMicrotasks',
  'queueMicrotask',
  'processTicksAndRejections',
  'runNextTicks',
  'nextTick',
]);

export function isLibrary(frame: Frame): boolean {
  return frame.module?.startsWith('unpkg/') === true || somePath(frame, LIBRARY_PATH);
}

/** Why the frame neither groups nor is the app's; undefined where no rule speaks against it. */
export function plumbingRule(frame: Frame, family: Family, callee: Frame | undefined): string | undefined {
  if (frame.function !== undefined) {
    if (SCHEDULER_FUNCTION.has(frame.function)) return 'function of a scheduler';
    if (family === 'javascript' && frame.function === '_callSuper') return 'helper of a transpiler';
    // multiprocessing runs a made-up module whose only line starts the process.
    if (frame.function === '<module>' && callee?.function === 'spawn_main') return 'start of a process';
  }
  if (frame.module !== undefined) {
    if (TRANSPILER_MODULE.test(frame.module)) return 'module of a transpiler or polyfill';
    if (frame.module === 'newrelic') return 'module of another monitoring tool';
  }
  return somePath(frame, TELEMETRY_PATH) ? 'path of another monitoring tool' : undefined;
}

/** Paths are matched in lower case, with forward slashes, and as if they began with one. */
function somePath(frame: Frame, rule: RegExp): boolean {
  const { abs_path: absolute, filename } = frame;
  if (absolute !== undefined && rule.test(slashed(absolute))) return true;
  return filename !== undefined && filename !== absolute && rule.test(slashed(filename));
}

function slashed(path: string): string {
  return `/${path.toLowerCase().replaceAll('\\', '/')}`;
}
