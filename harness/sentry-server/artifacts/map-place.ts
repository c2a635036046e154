/** A place in an uploaded script, mapped to its source: computed once, for an error comes from one place a thousand times. */
import { type Place, placeInSource, type SourcePlace } from '../../source-maps/source-map.ts';
import { BoundedCache } from '../bounded-cache.ts';
import { artifactLimits } from './artifact-limits.ts';
import type { Script } from './find-script.ts';
import { type FunctionSpan, functionAround, functionsIn } from './function-scope.ts';
import type { ScriptTexts } from './script-texts.ts';
import { contextAt, type SourceContext } from './source-context.ts';

/** What is known of the function around a place, from the text of its source. */
export type FunctionScope =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'anonymous' | 'outside' | 'unknown' };

export interface MappedPlace extends Place {
  /** As the map lists it. */
  readonly source: string;
  /** What the map calls the thing at the place: at a call, the function that is called. */
  readonly name?: string;
  readonly scope: FunctionScope;
  /** Missing where the map does not bring the source along. */
  readonly context?: SourceContext;
}

export type MapTrouble = 'no-map' | 'invalid-map' | 'invalid-place';

export interface ScriptPlace {
  /** Lines of the script itself. */
  readonly raw?: SourceContext;
  readonly mapped?: MappedPlace;
  /** Missing together with `mapped` where the script has no map and needs none. */
  readonly trouble?: MapTrouble;
}

const UNKNOWN: FunctionScope = { kind: 'unknown' };
const MOST_SOURCE = 1024;
const MOST_NAME = 512;
const BYTES_PER_SPAN = 150;

export class PlaceMapper {
  readonly #texts: ScriptTexts;
  readonly #places = new BoundedCache<ScriptPlace>(artifactLimits.placeCacheBytes);
  readonly #functions = new BoundedCache<{ readonly spans: FunctionSpan[] | undefined }>(
    artifactLimits.functionCacheBytes,
  );

  constructor(texts: ScriptTexts) {
    this.#texts = texts;
  }

  /** Undefined where the script cannot be read. Line and column are 1-based. */
  map(script: Script, place: Place): ScriptPlace | undefined {
    const mapKey = script.map.kind === 'uploaded' ? script.map.id : script.map.kind;
    const key = `${script.id}:${mapKey}:${place.line}:${place.column}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const text = this.#texts.text(script.id);
    if (text === undefined) return undefined;
    const raw = contextAt(text, place);
    // Through JSON, for a line that is cut out of a text holds the whole text in memory.
    const json = JSON.stringify({ ...(raw && { raw }), ...this.#sourceOf(script, place) });
    const found: ScriptPlace = JSON.parse(json);
    this.#places.set(key, found, 2 * (json.length + key.length));
    return found;
  }

  #sourceOf(script: Script, place: Place): ScriptPlace {
    if (script.map.kind === 'none') return {};
    if (script.map.kind === 'missing') return { trouble: 'no-map' };
    const map =
      script.map.kind === 'uploaded'
        ? this.#texts.map(script.map.id)
        : this.#texts.mapInside(script.id, script.map.reference);
    if (map === undefined) return { trouble: 'invalid-map' };
    const found = placeInSource(map, place);
    if (found === undefined) return { trouble: 'invalid-place' };
    const { line, column, content } = found;
    // A map can call things what it likes.
    const source = found.listed.slice(0, MOST_SOURCE);
    const name = found.name?.slice(0, MOST_NAME);
    const context = content === undefined ? undefined : contextAt(content, found);
    const mapKey = script.map.kind === 'uploaded' ? `${script.map.id}` : `inside ${script.id}`;
    const scope = content === undefined ? UNKNOWN : this.#scopeAt(`${mapKey} ${source}`, content, found);
    return { mapped: { source, line, column, scope, ...(name && { name }), ...(context && { context }) } };
  }

  /** A source is parsed once for all of its places. */
  #scopeAt(key: string, text: string, place: SourcePlace): FunctionScope {
    const known = this.#functions.get(key);
    const spans = known ? known.spans : functionsIn(place.listed, text);
    if (known === undefined) {
      const bytes = (spans ?? []).reduce((sum, { name = '' }) => sum + BYTES_PER_SPAN + 2 * name.length, 0);
      this.#functions.set(key, { spans }, BYTES_PER_SPAN + 2 * key.length + bytes);
    }
    if (spans === undefined) return UNKNOWN;
    const around = functionAround(spans, place);
    if (around === undefined) return { kind: 'outside' };
    return around.name === undefined ? { kind: 'anonymous' } : { kind: 'named', name: around.name };
  }
}
