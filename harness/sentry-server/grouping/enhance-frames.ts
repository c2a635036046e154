/** Which frames are the app's own and which take part in grouping: the SDK's word, corrected by Sentry's stack rules. */
import type { Frame } from '../event/payload.ts';
import { platformFamily } from './platform.ts';

export interface EnhancedFrame {
  readonly frame: Frame;
  readonly inApp: boolean;
  /** False for plumbing that never takes part in grouping. */
  readonly groups: boolean;
}

const LIBRARY = [
  /(?:^|\/)node_modules\//,
  /(?:^|\/)vendor\//,
  /^https?:\/\/(?:[\w-]+\.)*(?:unpkg\.com|cdnjs\.cloudflare\.com|cdn\.jsdelivr\.net|esm\.run)\//,
];

const PLUMBING_PATH = [/(?:^|\/)(?:@babel|core-js|regenerator-runtime|tslib)\//, /(?:newrelic|logrocket)/];

const PLUMBING_FUNCTION = new Set([
  'runMicrotasks',
  'queueMicrotask',
  'processTicksAndRejections',
  'runNextTicks',
  'nextTick',
]);

/** Frames in the event's order: outermost caller first. */
export function enhanceFrames(frames: readonly Frame[], platform: string | undefined): EnhancedFrame[] {
  let isReported = false;
  return frames.map((frame) => {
    if (platformFamily(frame.platform ?? platform) !== 'javascript') {
      return { frame, inApp: frame.in_app ?? false, groups: true };
    }
    const paths = [frame.abs_path, frame.filename].flatMap((path) => (path === undefined ? [] : [path.toLowerCase()]));
    const isPlumbing =
      PLUMBING_FUNCTION.has(lastSegment(frame.function)) ||
      paths.some((path) => PLUMBING_PATH.some((rule) => rule.test(path)));
    const isLibrary = isPlumbing || paths.some((path) => LIBRARY.some((rule) => rule.test(path)));
    const inApp = (frame.in_app ?? false) && !isLibrary && !isReported;
    // What the browser's own reportError calls belongs to the browser, not to the app.
    isReported ||= frame.function === 'reportError';
    return { frame, inApp, groups: !isPlumbing };
  });
}

function lastSegment(name: string | undefined): string {
  return name?.split('.').at(-1) ?? '';
}
