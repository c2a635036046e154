/** Turns minified frames of an event into frames of the sources, by the source maps that were uploaded. */
import type { EventPayload, Frame } from '../event/payload.ts';
import type { Database } from '../storage/database.ts';
import { artifactLimits } from './artifact-limits.ts';
import { findByUrl, hasBundles } from './artifact-lookup.ts';
import { debugIdsOf } from './debug-images.ts';
import { findScript, type Origin, type Script } from './find-script.ts';
import { uploadedNames } from './frame-paths.ts';
import { type FrameTools, mapFrames, scriptPath } from './map-frames.ts';
import { PlaceMapper } from './map-place.ts';
import { ProcessingErrors } from './processing-errors.ts';
import { ScriptTexts } from './script-texts.ts';

type Stack = NonNullable<EventPayload['stacktrace']>;

interface Stacks {
  readonly stacktrace?: Stack | undefined;
  readonly raw_stacktrace?: Stack | undefined;
}

/** Files have numbers that are never given again, so what was read stays true. */
const readers = new WeakMap<Database, { readonly texts: ScriptTexts; readonly places: PlaceMapper }>();

/**
 * For the way in, after an event is parsed and before its frames are normalised and grouped. An event without debug ids
 * costs one lookup at most. The frames as they came stay in `raw_stacktrace`.
 */
export function symbolicateEvent(db: Database, projectId: number, event: EventPayload): EventPayload {
  const isScript = (frame: Frame) => scriptPath(frame, event.platform) !== undefined;
  if (!stacksOf(event).some(({ frames }) => frames.some(isScript))) return event;
  const origin = originOf(db, projectId, event);
  if (origin.debugIds.size === 0 && origin.release === undefined) return event;
  const errors = new ProcessingErrors();
  const tools = frameTools(db, origin, errors);
  const mapStack = <T extends Stacks>(holder: T): T => {
    if (holder.stacktrace === undefined) return holder;
    const { frames, raw, isMapped } = mapFrames(holder.stacktrace.frames, event.platform, tools);
    return { ...holder, stacktrace: { frames }, ...(isMapped && { raw_stacktrace: { frames: raw } }) };
  };
  const result = {
    ...mapStack(event),
    exception: event.exception?.map(mapStack),
    threads: event.threads?.map(mapStack),
  };
  return errors.list.length === 0 ? result : { ...result, errors: [...(event.errors ?? []), ...errors.list] };
}

/** Where the event's scripts may have been uploaded. */
export function originOf(db: Database, projectId: number, event: EventPayload): Origin {
  const release =
    event.release === undefined ? undefined : { projectId, release: event.release, dist: event.dist ?? '' };
  return {
    projectId,
    debugIds: debugIdsOf(event),
    release: release && hasBundles(db, release) ? release : undefined,
  };
}

function frameTools(db: Database, origin: Origin, errors: ProcessingErrors): FrameTools {
  const { texts, places } = readersOf(db);
  const scripts = new Map<string, Script | undefined>();
  let left: number = artifactLimits.framesPerEvent;
  return {
    hasRoom: () => left-- > 0,
    errors,
    places,
    scriptAt: (absPath) => {
      if (!scripts.has(absPath)) scripts.set(absPath, findScript(db, texts, origin, absPath));
      return scripts.get(absPath);
    },
    sourceAt: (absPath) => {
      const file = origin.release && findByUrl(db, origin.release, uploadedNames(absPath));
      return file && texts.text(file.id);
    },
  };
}

function readersOf(db: Database) {
  const known = readers.get(db);
  if (known !== undefined) return known;
  const texts = new ScriptTexts(db);
  const made = { texts, places: new PlaceMapper(texts) };
  readers.set(db, made);
  return made;
}

function stacksOf(event: EventPayload): Stack[] {
  return [event, ...(event.exception ?? []), ...(event.threads ?? [])].flatMap((holder) => holder.stacktrace ?? []);
}
