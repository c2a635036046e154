/** Which frames are the app's own and which take part in grouping: the SDK's word, corrected by the stack rules. */
import type { Frame } from '../event/payload.ts';
import { platformFamily } from './platform.ts';
import { isLibrary, plumbingRule } from './stack-rules.ts';

export interface EnhancedFrame {
  readonly frame: Frame;
  readonly inApp: boolean;
  /** Why the frame never takes part in grouping; undefined where it may. */
  readonly plumbing: string | undefined;
}

/** Frames in the event's order: outermost caller first. What the SDK left open is not the app's. */
export function enhanceFrames(frames: readonly Frame[], platform: string | undefined): EnhancedFrame[] {
  let isReported = false;
  return frames.map((frame, index) => {
    const family = platformFamily(frame.platform ?? platform);
    // The browser's own reportError, and what it calls, belongs to the browser and not to the app.
    isReported ||= family === 'javascript' && frame.function === 'reportError';
    const plumbing = plumbingRule(frame, family, frames[index + 1]);
    const inApp = frame.in_app === true && plumbing === undefined && !isReported && !isLibrary(frame);
    return { frame, inApp, plumbing };
  });
}
