/** What one stack trace contributes to a group's hash. */
import type { Frame } from '../event/payload.ts';
import { enhanceFrames } from './enhance-frames.ts';
import { type Family, platformFamily } from './platform.ts';

/** `app` looks at the app's own frames only, `system` at all. */
export type VariantName = 'app' | 'system';

const NAMELESS = new Set(['?', '<anonymous>', 'Anonymous function']);
const NO_PLACE = new Set(['[native code]', 'native code', 'eval code', '<anonymous>']);
const MAX_CONTEXT = 120;

/** Leaf values in tree order, outermost frame first; empty when no frame contributes. */
export function stacktraceValues(
  frames: readonly Frame[],
  platform: string | undefined,
  variant: VariantName,
): string[] {
  const enhanced = enhanceFrames(frames, platform);
  const contributions = enhanced.map(({ frame, inApp, groups }, index) => {
    if (!groups || (variant === 'app' && !inApp)) return [];
    if (isSameFrame(frame, enhanced[index - 1]?.frame)) return [];
    return frameValues(frame, platformFamily(frame.platform ?? platform));
  });
  if (isLoneNamelessScript(frames, platform)) return [];
  return contributions.flat();
}

/** One frame: module or file, function, and the line of source, as far as they say something stable. */
function frameValues(frame: Frame, family: Family): string[] {
  if (family === 'javascript' && (frame.function === 'eval' || NO_PLACE.has(frame.abs_path ?? ''))) return [];
  const place = moduleValue(frame, family) ?? fileValue(frame);
  const context = contextValue(frame, family);
  const isMapped = family === 'javascript' && typeof frame.data?.sourcemap === 'string';
  const name = isMapped && context !== undefined ? undefined : functionValue(frame, family);
  return [place, name, context].filter((value) => value !== undefined);
}

function moduleValue(frame: Frame, family: Family): string | undefined {
  if (frame.module === undefined) return undefined;
  const isPath = family === 'javascript' && frame.module.includes('/') && (frame.abs_path ?? '').endsWith(frame.module);
  return isPath ? undefined : frame.module;
}

function fileValue(frame: Frame): string | undefined {
  if (frame.filename === undefined || isUrl(frame)) return undefined;
  const name = frame.filename.split(/[\\/]/).at(-1)?.toLowerCase() ?? '';
  return name === '' || name === '<anonymous>' || name === '[native code]' ? undefined : name;
}

function functionValue(frame: Frame, family: Family): string | undefined {
  const full = frame.function;
  if (full === undefined) return undefined;
  if (family !== 'javascript') return full;
  const name = full.split('.').at(-1) ?? '';
  return name === '' || NAMELESS.has(full) || NAMELESS.has(name) || full.endsWith('/<') ? undefined : name;
}

function contextValue(frame: Frame, family: Family): string | undefined {
  if (family === 'other') return undefined;
  const line =
    frame.context_line
      ?.split(/\s+/)
      .filter((word) => word !== '')
      .join(' ') ?? '';
  if (line === '' || line.length > MAX_CONTEXT) return undefined;
  const isPageOnly = family === 'javascript' && frame.function === undefined && isUrl(frame);
  return isPageOnly ? undefined : line;
}

function isUrl(frame: Frame): boolean {
  return /^(?:https?|blob):/i.test(frame.abs_path ?? frame.filename ?? '');
}

/** An error at the top level of a page's script has a stack of one nameless frame, which says nothing. */
function isLoneNamelessScript(frames: readonly Frame[], platform: string | undefined): boolean {
  const [only] = frames;
  if (frames.length !== 1 || only === undefined) return false;
  return platformFamily(only.platform ?? platform) === 'javascript' && only.function === undefined && isUrl(only);
}

const IDENTITY = ['abs_path', 'package', 'module', 'filename', 'function', 'lineno', 'colno'] as const;

function isSameFrame(frame: Frame, previous: Frame | undefined): boolean {
  return previous !== undefined && IDENTITY.every((key) => frame[key] === previous[key]);
}
