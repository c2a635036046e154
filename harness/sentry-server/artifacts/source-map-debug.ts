/** Why a frame was mapped or not: what was uploaded for it, by debug id and by release, as Sentry's own page asks. */
import type { EventPayload, Frame } from '../event/payload.ts';
import type { Database } from '../storage/database.ts';
import { findByDebugId, findByUrl, findInOtherDist, hasArtifacts, type ReleaseOfProject } from './artifact-lookup.ts';
import { debugIdsOf } from './debug-images.ts';
import { joinPath, uploadedNames } from './frame-paths.ts';

export function sourceMapDebug(db: Database, projectId: number, event: EventPayload): Record<string, unknown> {
  const debugIds = debugIdsOf(event);
  const release =
    event.release === undefined ? undefined : { projectId, release: event.release, dist: event.dist ?? '' };
  const frame = ({ abs_path, filename = '' }: Frame) => {
    const path = abs_path ?? filename;
    return {
      debug_id_process: byDebugId(db, projectId, debugIds.get(path)),
      release_process: release === undefined || path === '' ? null : byRelease(db, release, path),
      // Nothing is fetched from an app's own server here.
      scraping_process: { source_file: null, source_map: null },
    };
  };
  const exceptions = (event.exception ?? []).map(({ raw_stacktrace: raw, stacktrace }) => ({
    frames: (raw ?? stacktrace)?.frames.map(frame) ?? [],
  }));
  return {
    dist: event.dist ?? null,
    release: event.release ?? null,
    exceptions,
    has_debug_ids: debugIds.size > 0,
    ...sdkSupport(event.sdk?.name, event.sdk?.version),
    sdk_version: event.sdk?.version ?? null,
    project_has_some_artifact_bundle: hasArtifacts(db, 'project', { projectId }),
    release_has_some_artifact: release !== undefined && hasArtifacts(db, 'release', release),
    has_uploaded_some_artifact_with_a_debug_id: hasArtifacts(db, 'debug-id', { projectId }),
    has_scraping_data: false,
  };
}

function byDebugId(db: Database, projectId: number, debugId: string | undefined) {
  const has = (what: 'script' | 'map') =>
    debugId !== undefined && findByDebugId(db, projectId, debugId, what) !== undefined;
  return {
    debug_id: debugId === undefined ? null : dashedDebugId(debugId),
    uploaded_source_file_with_correct_debug_id: has('script'),
    uploaded_source_map_with_correct_debug_id: has('map'),
  };
}

function byRelease(db: Database, release: ReleaseOfProject, path: string) {
  const names = uploadedNames(path);
  const file = findByUrl(db, release, names);
  const reference = file?.source_map ?? null;
  const mapName = file === undefined || reference === null ? null : joinPath(file.url, reference);
  const mapNames = mapName === null ? [] : uploadedNames(mapName);
  return {
    abs_path: path,
    matching_source_file_names: names,
    matching_source_map_name: mapName,
    source_map_reference: reference,
    source_file_lookup_result: file ? 'found' : elsewhere(db, release, names),
    source_map_lookup_result: findByUrl(db, release, mapNames) ? 'found' : elsewhere(db, release, mapNames),
  };
}

function elsewhere(db: Database, release: ReleaseOfProject, names: readonly string[]): 'wrong-dist' | 'unsuccessful' {
  return findInOtherDist(db, release, names) ? 'wrong-dist' : 'unsuccessful';
}

/** First versions that send debug ids; where none is listed, the one for browsers counts. */
const FIRST_VERSIONS: Readonly<Record<string, string>> = {
  'sentry.javascript.react-native': '5.11.1',
  'sentry.javascript.electron': '4.6.0',
  'sentry.javascript.nextjs': '8.0.0',
  'sentry.javascript.sveltekit': '8.0.0',
};
const WITHOUT_DEBUG_IDS = new Set([
  'sentry.javascript.capacitor',
  'sentry.javascript.wasm',
  'sentry.javascript.cordova',
]);

function sdkSupport(name: string | undefined, version: string | undefined) {
  const answer = (sdk_debug_id_support: string, min_debug_id_sdk_version: string | null) => ({
    sdk_debug_id_support,
    min_debug_id_sdk_version,
  });
  if (name?.startsWith('sentry.javascript.') !== true) return answer('unofficial-sdk', null);
  if (WITHOUT_DEBUG_IDS.has(name)) return answer('not-supported', null);
  const first = FIRST_VERSIONS[name] ?? '7.56.0';
  return answer(isAtLeast(version ?? '0', first) ? 'full' : 'needs-upgrade', first);
}

function isAtLeast(version: string, first: string): boolean {
  const given = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  for (const [index, part] of first.split('.').entries()) {
    const difference = (given[index] ?? 0) - Number(part);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** As uploads and SDKs write it. */
export function dashedDebugId(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
