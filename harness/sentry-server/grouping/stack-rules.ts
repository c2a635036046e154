/** Sentry's default stack rules for JavaScript, Node and Python: what is not the app's, and what never groups. */
import type { Frame } from '../event/payload.ts';
import type { Family } from './platform.ts';

/** Paths are matched in any case, with either slash, and as if they began with one. */
const LIBRARY_PATH =
  /(?:^|[/\\])(?:node_modules|vendor|site-packages|dist-packages)[/\\]|https:[/\\]{2}(?:unpkg\.com|cdnjs\.cloudflare\.com|cdn\.jsdelivr\.net|esm\.run)[/\\]/i;
const TELEMETRY_PATH = /(?:newrelic|logrocket)[^/\\]*[/\\]/i;
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

function somePath({ abs_path: absolute, filename }: Frame, rule: RegExp): boolean {
  if (absolute !== undefined && rule.test(absolute)) return true;
  return filename !== undefined && filename !== absolute && rule.test(filename);
}
