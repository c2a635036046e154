/** Positions in built scripts turned into positions in their sources, by the source maps that the scripts name. */
import { posix } from 'node:path';
import { eachMapping, type TraceMap } from '@jridgewell/trace-mapping';
import {
  inlineMap,
  mapReferenceIn,
  type Place,
  parseSourceMap,
  placeInSource,
  type SourcePlace,
} from '../../source-maps/source-map.ts';
import type { Script, ScriptReader, ScriptText } from './script-reader.ts';

export class SourceMaps {
  readonly #reader: ScriptReader;
  readonly #maps = new Map<string, Promise<TraceMap | undefined>>();

  constructor(reader: ScriptReader) {
    this.#reader = reader;
  }

  /**
   * Undefined where the script has no map, or the map nothing for this place. Lines and columns are 1-based. Where a
   * source was built itself and says from what, it goes on to that.
   */
  async original(script: Script, { line, column }: Place): Promise<SourcePlace | undefined> {
    let found = placeIn(await this.#mapOf(script), { line, column });
    let from = script;
    for (let depth = 0; found?.content !== undefined && depth < MOST_NESTED; depth++) {
      from = this.#reader.beside(from, found.source) ?? from;
      const deeper = placeIn(await this.#mapNamedIn(from, { text: found.content }), found);
      if (deeper === undefined) return found;
      found = deeper;
    }
    return found;
  }

  /** Names that people gave to what a minifier renamed, by the name in the script, as used between two places of it. */
  async names(script: Script, { from, to }: { from: Place; to: Place }): Promise<ReadonlyMap<string, string>> {
    const map = await this.#mapOf(script);
    const lines = (await this.#reader.read(script))?.text.split('\n') ?? [];
    const names = new Map<string, string>();
    if (map === undefined) return names;
    eachMapping(map, ({ generatedLine: line, generatedColumn, name }) => {
      const place = { line, column: generatedColumn + 1 };
      if (name === null || isBefore(place, from) || isBefore(to, place)) return;
      const [word] = /^[\w$]+/.exec(lines[line - 1]?.slice(generatedColumn) ?? '') ?? [];
      if (word !== undefined && !names.has(word)) names.set(word, name);
    });
    return names;
  }

  #mapOf(script: Script): Promise<TraceMap | undefined> {
    const key = script.url?.href ?? script.path;
    const reading = this.#maps.get(key) ?? this.#readMap(script);
    this.#maps.set(key, reading);
    return reading;
  }

  async #readMap(script: Script): Promise<TraceMap | undefined> {
    const read = await this.#reader.read(script);
    if (read === undefined) return undefined;
    return referenceIn(read) === undefined ? this.#hiddenMap(script, read) : this.#mapNamedIn(script, read);
  }

  async #mapNamedIn(script: Script, text: ScriptText): Promise<TraceMap | undefined> {
    const reference = referenceIn(text);
    if (reference === undefined) return undefined;
    const inline = inlineMap(reference);
    if (inline !== undefined) return parseMap(inline);
    const place = this.#reader.beside(script, reference);
    const json = place && (await this.#reader.read(place));
    return json && parseMap(json.text);
  }

  /** Builds for production often write maps and do not name them: found by the debug id that both carry, else by name. */
  async #hiddenMap(script: Script, { text }: ScriptText): Promise<TraceMap | undefined> {
    const id = DEBUG_ID.exec(text)?.[1];
    const built = id === undefined ? undefined : this.#reader.mapWith(id);
    if (built !== undefined) return parseMap(built);
    const beside = this.#reader.beside(script, `${posix.basename(script.path)}.map`);
    const json = beside && (await this.#reader.read(beside));
    return json && parseMap(json.text);
  }
}

function placeIn(map: TraceMap | undefined, place: Place): SourcePlace | undefined {
  return map && placeInSource(map, place);
}

/** A TypeScript file, compiled, bundled, minified: three steps are many. */
const MOST_NESTED = 3;
/** Written by bundlers (TC39's proposal) and by Sentry's tools. */
const DEBUG_ID = /^\/\/# debugId=([\da-f-]{32,36})\s*$/im;

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

function referenceIn({ text, map }: ScriptText): string | undefined {
  return mapReferenceIn(text) ?? map;
}

/** A mapping grows by a factor of thirty when it is read; the largest bundles have a few million. */
const MOST_MAPPINGS = 8_000_000;

function parseMap(json: string): TraceMap | undefined {
  return parseSourceMap(json, MOST_MAPPINGS)?.map;
}
