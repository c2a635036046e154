/** Puts an event's frames and message into the form in which Sentry keeps them. */
import { enhanceFrames } from '../grouping/enhance-frames.ts';
import { formatMessage } from './format-message.ts';
import type { EventPayload, Frame } from './payload.ts';

export function normaliseEvent(payload: EventPayload): EventPayload {
  const { platform } = payload;
  return {
    ...payload,
    exception: payload.exception?.map((one) => ({ ...one, stacktrace: withFrames(one.stacktrace, platform) })),
    threads: payload.threads?.map((one) => ({ ...one, stacktrace: withFrames(one.stacktrace, platform) })),
    stacktrace: withFrames(payload.stacktrace, platform),
    logentry: formatMessage(payload.logentry),
  };
}

function withFrames(stack: EventPayload['stacktrace'], platform: string | undefined): EventPayload['stacktrace'] {
  if (stack === undefined) return undefined;
  const frames = stack.frames.map((frame) => ({ ...frame, ...paths(frame) }));
  // Stored is the stack rules' word on `in_app`, not the SDK's.
  return { frames: enhanceFrames(frames, platform).map(({ frame, inApp }) => ({ ...frame, in_app: inApp })) };
}

/** Newer SDKs send one path only: Relay makes it the absolute one, and a URL's path the file. */
function paths(frame: Frame): Pick<Frame, 'abs_path' | 'filename'> {
  const absolute = frame.abs_path ?? frame.filename;
  const isUrl = frame.filename !== undefined && /^https?:\/\//i.test(frame.filename);
  const filename = isUrl ? URL.parse(frame.filename ?? '')?.pathname : frame.filename;
  return { abs_path: absolute, filename: filename ?? frame.filename };
}
