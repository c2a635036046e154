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
  const frames = stack.frames.map((frame) => ({
    ...frame,
    ...paths(frame, platform),
    ...spawnedLine(frame, platform),
  }));
  // Stored is the stack rules' word on `in_app`, not the SDK's.
  return { frames: enhanceFrames(frames, platform).map(({ frame, inApp }) => ({ ...frame, in_app: inApp })) };
}

/** Newer SDKs send one path only: Relay makes it the absolute one, and a URL's path the file. */
function paths(frame: Frame, platform: string | undefined): Pick<Frame, 'abs_path' | 'filename'> {
  const { filename } = frame;
  const isUrl = filename !== undefined && /^https?:\/\//i.test(filename);
  const path = isUrl ? URL.parse(filename)?.pathname : filename;
  // A bundle's query changes with every build, and is no part of its name.
  const name = platform === 'javascript' ? path?.replace(/\?[^#]+/, '') : path;
  return { abs_path: frame.abs_path ?? filename, filename: name ?? filename };
}

const SPAWNED =
  /^from multiprocessing\.spawn import spawn_main; spawn_main\((?:tracker_fd|parent_pid)=\d+, pipe_handle=\d+\)/;

/** Python starts a process by a line with that process's numbers in it. */
function spawnedLine(frame: Frame, platform: string | undefined): Pick<Frame, 'context_line'> | undefined {
  const isMade = frame.module === '__main__' && frame.filename === '<string>' && frame.function === '<module>';
  if (platform !== 'python' || !isMade || !SPAWNED.test(frame.context_line ?? '')) return undefined;
  return { context_line: frame.context_line?.replaceAll(/=\d+/g, '=<int>') };
}
