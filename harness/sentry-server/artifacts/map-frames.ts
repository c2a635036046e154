/** The frames of one stack, each moved to its source where a map leads there. */
import type { Frame } from '../event/payload.ts';
import { platformFamily } from '../grouping/platform.ts';
import type { Script } from './find-script.ts';
import { isOwnSource, joinPath, moduleName, shortWebpackName } from './frame-paths.ts';
import type { MappedPlace, PlaceMapper } from './map-place.ts';
import type { ProcessingErrors } from './processing-errors.ts';
import { contextAt } from './source-context.ts';

export interface FrameTools {
  readonly places: PlaceMapper;
  readonly errors: ProcessingErrors;
  /** Undefined where no such script was uploaded. */
  readonly scriptAt: (absPath: string) => Script | undefined;
  /** Whether one more frame may be mapped. */
  readonly hasRoom: () => boolean;
  /** Text of a source that was uploaded beside its map. */
  readonly sourceAt: (absPath: string) => string | undefined;
}

export interface MappedFrames {
  readonly frames: Frame[];
  /** The same as they came, with the lines of the minified scripts. */
  readonly raw: Frame[];
  /** Whether any frame was moved. */
  readonly isMapped: boolean;
}

/** Frames in the event's order, outermost caller first: what a caller calls names the next one. */
export function mapFrames(frames: readonly Frame[], platform: string | undefined, tools: FrameTools): MappedFrames {
  const mapped: Frame[] = [];
  const raw: Frame[] = [];
  let isMapped = false;
  let calledName: string | undefined;
  for (const frame of frames) {
    const path = scriptPath(frame, platform);
    const found = path === undefined || !tools.hasRoom() ? undefined : mapFrame(frame, path, { ...tools, calledName });
    if (path !== undefined) calledName = found?.calls;
    raw.push(found?.raw ?? frame);
    mapped.push(found?.frame ?? found?.raw ?? frame);
    isMapped ||= found?.frame !== undefined;
  }
  return { frames: mapped, raw, isMapped };
}

/** Undefined for frames of the runtime itself, of other languages, and without a line. */
export function scriptPath(frame: Frame, platform: string | undefined): string | undefined {
  const path = frame.abs_path ?? frame.filename;
  if (path === undefined || frame.lineno === undefined || frame.lineno < 1) return undefined;
  if (platformFamily(frame.platform ?? platform) !== 'javascript') return undefined;
  return /^(?:\[?native(?: code)?\]?$|<anonymous>$|node:|data:)/.test(path) ? undefined : path;
}

interface Mapped {
  readonly raw: Frame;
  readonly frame?: Frame;
  /** What people called the function that is called at the frame's place. */
  readonly calls?: string | undefined;
}

function mapFrame(
  frame: Frame,
  path: string,
  { places, errors, scriptAt, sourceAt, calledName }: FrameTools & { calledName: string | undefined },
): Mapped | undefined {
  const at = { line: frame.lineno ?? 1, column: Math.max(1, frame.colno ?? 1) };
  const script = scriptAt(path);
  const place = script && places.map(script, at);
  if (script === undefined || place === undefined) {
    // Packages come without maps as a rule, which is no trouble of the app's.
    if (!path.includes('/node_modules/')) errors.add({ type: 'js_no_source', url: path });
    return undefined;
  }
  const raw = { ...frame, ...place.raw };
  const { mapUrl, resolvedWith } = script;
  if (place.trouble === 'no-map') errors.add({ type: 'js_no_source', url: mapUrl });
  if (place.trouble === 'invalid-map') errors.add({ type: 'js_invalid_source', url: mapUrl });
  if (place.trouble === 'invalid-place')
    errors.add({ type: 'js_invalid_sourcemap_location', column: at.column, row: at.line, source: path });
  const { mapped } = place;
  if (mapped === undefined) return { raw };
  const names = sourceNames(mapped.source, mapUrl, frame.module);
  const context = mapped.context ?? contextOf(sourceAt(names.abs_path), mapped);
  if (context === undefined)
    errors.add({ type: 'js_missing_sources_content', source: names.abs_path, sourcemap: mapUrl });
  const { pre_context: _p, context_line: _c, post_context: _o, ...kept } = frame;
  return {
    raw,
    calls: mapped.name,
    frame: {
      ...kept,
      ...context,
      abs_path: names.abs_path,
      filename: names.filename,
      module: names.module,
      function: functionName(frame.function, mapped, calledName),
      lineno: mapped.line,
      colno: mapped.column,
      in_app: isOwnSource(names.abs_path, names.filename) ?? frame.in_app,
      data: { ...frame.data, sourcemap: mapUrl, resolved_with: resolvedWith, symbolicated: true },
    },
  };
}

function contextOf(text: string | undefined, mapped: MappedPlace) {
  return text === undefined ? undefined : contextAt(text, mapped);
}

/** An SDK's own word for the module stands, as at Sentry, but for what webpack packed. */
interface SourceNames {
  readonly abs_path: string;
  readonly filename: string;
  readonly module: string | undefined;
}

function sourceNames(source: string, mapUrl: string, given: string | undefined): SourceNames {
  const absPath = joinPath(mapUrl, source);
  if (source.startsWith('webpack:')) {
    const filename = shortWebpackName(source);
    return { abs_path: absPath, filename, module: moduleName(filename) };
  }
  const module = given ?? (/^(?:https?|app):/.test(absPath) ? moduleName(absPath) : undefined);
  return { abs_path: absPath, filename: source, module };
}

const SAYS_NOTHING = new Set(['__webpack_require__', '__webpack_modules__']);

/** The function in the source, else what its caller calls it, else the minified name. */
function functionName(minified: string | undefined, { scope }: MappedPlace, called: string | undefined) {
  switch (scope.kind) {
    case 'named':
      return SAYS_NOTHING.has(scope.name) ? (called ?? minified ?? scope.name) : scope.name;
    case 'anonymous':
      return called ?? minified ?? '<anonymous>';
    case 'outside':
      return minified;
    case 'unknown':
      return called ?? minified;
  }
}
