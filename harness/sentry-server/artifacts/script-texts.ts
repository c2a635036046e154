/** Uploaded scripts and source maps as they are read, kept while there is room. */
import type { TraceMap } from '@jridgewell/trace-mapping';
import { inlineMap, mapReferenceIn, parseSourceMap } from '../../source-maps/source-map.ts';
import { BoundedCache } from '../bounded-cache.ts';
import type { Database } from '../storage/database.ts';
import { artifactLimits } from './artifact-limits.ts';
import { readArtifact } from './artifact-lookup.ts';

const BYTES_PER_MAPPING = 120;
const ENTRY_BYTES = 100;

export class ScriptTexts {
  readonly #db: Database;
  readonly #texts = new BoundedCache<{ readonly text: string | undefined }>(artifactLimits.textCacheBytes);
  readonly #references = new BoundedCache<{ readonly reference: string | undefined }>(
    artifactLimits.referenceCacheBytes,
  );
  readonly #maps = new BoundedCache<{ readonly map: TraceMap | undefined }>(artifactLimits.mapCacheBytes);

  constructor(db: Database) {
    this.#db = db;
  }

  /** Undefined where the file is damaged. */
  text(id: number): string | undefined {
    const known = this.#texts.get(`${id}`);
    if (known !== undefined) return known.text;
    const text = readArtifact(this.#db, id);
    this.#texts.set(`${id}`, { text }, ENTRY_BYTES + 2 * (text?.length ?? 0));
    return text;
  }

  /** Where the script itself says that its map is. Searched for once: a bundle is long. */
  reference(id: number): string | undefined {
    const known = this.#references.get(`${id}`);
    if (known !== undefined) return known.reference;
    const reference = mapReferenceIn(this.text(id) ?? '');
    this.#references.set(`${id}`, { reference }, ENTRY_BYTES + 2 * (reference?.length ?? 0));
    return reference;
  }

  /** Undefined where the file is no source map, or one that is too large. */
  map(id: number): TraceMap | undefined {
    return this.#mapOf(`${id}`, () => readArtifact(this.#db, id));
  }

  /** The map that a script contains itself, behind that reference. */
  mapInside(script: number, reference: string): TraceMap | undefined {
    return this.#mapOf(`inside ${script}`, () => inlineMap(reference));
  }

  #mapOf(key: string, read: () => string | undefined): TraceMap | undefined {
    const known = this.#maps.get(key);
    if (known !== undefined) return known.map;
    const json = read();
    const found = json === undefined ? undefined : parseSourceMap(json, artifactLimits.mappings);
    // Texts of sources are most of a map, beside its mappings.
    const bytes = found === undefined ? 0 : 2 * (json?.length ?? 0) + found.mappings * BYTES_PER_MAPPING;
    this.#maps.set(key, { map: found?.map }, ENTRY_BYTES + bytes);
    return found?.map;
  }
}
