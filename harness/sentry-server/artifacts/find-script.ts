/** Which uploaded script a frame lies in, and which map belongs to it. */
import type { Database } from '../storage/database.ts';
import { type FileRow, findByDebugId, findByUrl, type ReleaseOfProject } from './artifact-lookup.ts';
import { joinPath, uploadedNames } from './frame-paths.ts';
import type { ScriptTexts } from './script-texts.ts';

/** Where an event's scripts may have been uploaded. */
export interface Origin {
  readonly projectId: number;
  /** Debug ids by the path of the script, as frames name it. */
  readonly debugIds: ReadonlyMap<string, string>;
  /** Undefined where the event's release has no uploads. */
  readonly release: ReleaseOfProject | undefined;
}

export type MapOfScript =
  | { readonly kind: 'uploaded'; readonly id: number }
  | { readonly kind: 'inside'; readonly reference: string }
  | { readonly kind: 'missing' }
  /** The script names none. */
  | { readonly kind: 'none' };

export interface Script {
  readonly id: number;
  readonly resolvedWith: 'debug-id' | 'release';
  readonly map: MapOfScript;
  /** Address of the map, or of the script where it contains its map: paths of sources count from there. */
  readonly mapUrl: string;
}

const MOST_URL = 2048;

/** Undefined where no such script was uploaded. */
export function findScript(db: Database, texts: ScriptTexts, origin: Origin, absPath: string): Script | undefined {
  const debugId = origin.debugIds.get(absPath);
  const byId = debugId === undefined ? undefined : findByDebugId(db, origin.projectId, debugId, 'script');
  const file = byId ?? (origin.release && findByUrl(db, origin.release, uploadedNames(absPath)));
  if (file === undefined) return undefined;
  const reference = file.source_map ?? texts.reference(file.id);
  const isInside = reference?.startsWith('data:') === true;
  const mapUrl = reference === undefined || isInside ? absPath : joinPath(absPath, reference).slice(0, MOST_URL);
  const script = { id: file.id, resolvedWith: byId ? 'debug-id' : 'release', mapUrl } as const;
  if (reference !== undefined && isInside) return { ...script, map: { kind: 'inside', reference } };
  const map =
    (debugId === undefined ? undefined : findByDebugId(db, origin.projectId, debugId, 'map')) ??
    (reference === undefined ? undefined : findMapByUrl(db, origin, mapUrl));
  if (map) return { ...script, map: { kind: 'uploaded', id: map.id } };
  return { ...script, map: { kind: reference === undefined && debugId === undefined ? 'none' : 'missing' } };
}

function findMapByUrl(db: Database, { release }: Origin, url: string): FileRow | undefined {
  return release && findByUrl(db, release, uploadedNames(url));
}
