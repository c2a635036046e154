/** Positions in built scripts turned into positions in their sources, by the source maps that the scripts name. */
import { posix } from 'node:path';
import { unescape as unescapeLeniently } from 'node:querystring';
import { AnyMap, eachMapping, originalPositionFor, sourceContentFor, type TraceMap } from '@jridgewell/trace-mapping';
import type { Script, ScriptReader, ScriptText } from './script-reader.ts';

export interface SourcePlace {
  /** As the map names it. */
  readonly source: string;
  /** The source's text, where the map brings it along. */
  readonly content?: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** 1-based. */
interface Place {
  readonly line: number;
  readonly column: number;
}

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
    const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(reference);
    if (inline) {
      const [, isBase64, body = ''] = inline;
      return parseMap(isBase64 ? Buffer.from(body, 'base64').toString('utf8') : unescapeLeniently(body));
    }
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

function placeIn(map: TraceMap | undefined, { line, column }: Place): SourcePlace | undefined {
  if (map === undefined) return undefined;
  const position = originalPositionFor(map, { line, column: Math.max(0, column - 1) });
  if (position.source === null) return undefined;
  const content = sourceContentFor(map, position.source);
  return {
    source: position.source,
    line: position.line,
    column: position.column + 1,
    ...(content !== null && { content }),
  };
}

/** A TypeScript file, compiled, bundled, minified: three steps are many. */
const MOST_NESTED = 3;
/** Written by bundlers (TC39's proposal) and by Sentry's tools. */
const DEBUG_ID = /^\/\/# debugId=([\da-f-]{32,36})\s*$/im;

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** The last one counts: a bundle may quote others in its texts. */
function referenceIn({ text, map }: ScriptText): string | undefined {
  return [...text.matchAll(/\/[/*][#@] ?sourceMappingURL=([^\s*'"]+)/g)].at(-1)?.[1] ?? map;
}

/** A mapping grows by a factor of thirty when it is read; the largest bundles have a few million. */
const MOST_MAPPINGS = 8_000_000;

function parseMap(json: string): TraceMap | undefined {
  if (mappingsIn(json) > MOST_MAPPINGS) return undefined;
  try {
    // Some servers put this line in front, against inclusion by other sites.
    return new AnyMap(json.replace(/^\)\]\}'[^\n]*\n/, ''), null);
  } catch {
    return undefined; // Not a source map, whatever its address says.
  }
}

/** Commas and semicolons end them. */
function mappingsIn(json: string): number {
  let count = 0;
  for (const [mappings] of json.matchAll(/"mappings"\s*:\s*"[^"]*/g)) {
    for (let at = 0; at < mappings.length; at++) {
      const code = mappings.charCodeAt(at);
      if (code === 44 || code === 59) count++;
    }
  }
  return count;
}
