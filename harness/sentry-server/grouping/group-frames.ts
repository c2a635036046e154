/** What one stack trace contributes: module or file, function and source line of each frame that says something stable. */
import type { Frame } from '../event/payload.ts';
import { type Component, ignored, leaf, node } from './component.ts';
import { enhanceFrames } from './enhance-frames.ts';
import { hasSourceLines, platformFamily } from './platform.ts';

/** The same part seen twice: `app` counts the app's own frames only, `system` all. */
export interface Sides {
  readonly app: Component;
  readonly system: Component;
}

const NAMELESS = new Set(['?', '<anonymous>', '<anonymous function>', 'Anonymous function']);
const NO_PLACE = new Set(['[native code]', 'native code', 'eval code', '<anonymous>']);
const MAX_LINE = 120;

/** Frames stand in the event's order, outermost first. */
export function stackSides(frames: readonly Frame[], platform: string | undefined): Sides {
  const enhanced = enhanceFrames(frames, platform);
  const isLone = isLoneNamelessScript(frames, platform);
  const all = enhanced.map(({ frame, plumbing }, index) => {
    const component = frameComponent(frame, frame.platform ?? platform);
    if (plumbing !== undefined) return ignored(component, `a stack rule leaves it out: ${plumbing}`);
    if (isSameFrame(frame, frames[index - 1])) return ignored(component, 'it recurs');
    return isLone ? ignored(component, 'the only frame, without a function or an address') : component;
  });
  const own = all.map((component, index) =>
    enhanced[index]?.inApp === true ? component : ignored(component, component.hint ?? 'not a frame of the app'),
  );
  const noApp = enhanced.some(({ inApp }) => inApp) ? 'no frame counts' : 'no frame belongs to the app';
  return { app: stackComponent(own, noApp), system: stackComponent(all, 'no frame counts') };
}

function stackComponent(frames: readonly Component[], otherwise: string): Component {
  const stack = node('stacktrace', frames);
  return stack.contributes ? stack : ignored(stack, otherwise);
}

function frameComponent(frame: Frame, platform: string | undefined): Component {
  const isScript = platformFamily(platform) === 'javascript';
  const module = moduleLeaf(frame, platform);
  const file = fileLeaf(frame);
  const line = lineLeaf(frame, platform);
  const isMapped = isScript && typeof frame.data?.sourcemap === 'string' && line?.contributes === true;
  const component = node('frame', [
    module,
    module?.contributes === true && file?.contributes === true ? ignored(file, 'the module counts instead') : file,
    isScript ? scriptFunctionLeaf(frame, isMapped) : leaf('function', frame.function ?? frame.raw_function),
    line,
  ]);
  const isNoise = isScript && (lastName(frame) === 'eval' || NO_PLACE.has(frame.abs_path ?? ''));
  return isNoise ? ignored(component, 'native or evaluated code') : component;
}

function moduleLeaf(frame: Frame, platform: string | undefined): Component | undefined {
  const module = leaf('module', frame.module);
  const isPath =
    platform === 'javascript' &&
    frame.module?.includes('/') === true &&
    frame.abs_path?.endsWith(frame.module) === true;
  return isPath ? ignored(module, 'a path, not a module') : module;
}

function fileLeaf(frame: Frame): Component | undefined {
  const path = frame.filename ?? '';
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  const file = leaf('filename', name);
  if (isPageUrl(frame)) return ignored(file, 'the path is an address');
  return name === '<anonymous>' || name === '[native code]' ? ignored(file, 'no real file') : file;
}

/** Browsers name the same function differently; only what stands behind the last dot is common to them. */
function scriptFunctionLeaf(frame: Frame, isMapped: boolean): Component | undefined {
  const full = frame.function ?? frame.raw_function;
  const name = full?.slice(full.lastIndexOf('.') + 1);
  const component = leaf('function', name, name === full ? null : 'shortened to the last name');
  const known = lastName(frame);
  if (NAMELESS.has(known) || known.endsWith('/<')) return ignored(component, 'no real name');
  return isMapped ? ignored(component, 'a source map was used and the line counts') : component;
}

function lastName(frame: Frame): string {
  const full = frame.raw_function ?? frame.function ?? '';
  return full.slice(full.lastIndexOf('.') + 1);
}

function lineLeaf(frame: Frame, platform: string | undefined): Component | undefined {
  if (frame.context_line === undefined || !hasSourceLines(platform)) return undefined;
  const line = leaf('context-line', collapsed(frame.context_line));
  if (frame.context_line.length > MAX_LINE) return ignored(line, 'too long');
  const isPage = frame.function === undefined && (isPageUrl(frame) || isFileUrl(frame));
  return isPage && platformFamily(platform) === 'javascript'
    ? ignored(line, 'from an address, without a function')
    : line;
}

function collapsed(line: string): string {
  const trimmed = line.trim();
  return /\s\s|[^\S ]/.test(trimmed) ? trimmed.replaceAll(/\s+/g, ' ') : trimmed;
}

function isPageUrl(frame: Frame): boolean {
  return /^(?:https?|blob|applewebdata):/.test(frame.abs_path ?? '');
}

function isFileUrl(frame: Frame): boolean {
  return frame.abs_path?.startsWith('file:') === true;
}

/** A stack of one nameless frame says something only where its address does. */
function isLoneNamelessScript(frames: readonly Frame[], platform: string | undefined): boolean {
  const [only] = frames;
  if (frames.length !== 1 || only === undefined || only.function !== undefined) return false;
  return platformFamily(only.platform ?? platform) === 'javascript' && !isPageUrl(only) && !isFileUrl(only);
}

const IDENTITY = ['function', 'lineno', 'colno', 'filename', 'abs_path', 'module', 'package'] as const;

function isSameFrame(frame: Frame, previous: Frame | undefined): boolean {
  return previous !== undefined && IDENTITY.every((key) => frame[key] === previous[key]);
}
