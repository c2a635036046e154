/** Reads source maps from strangers within bounds, and what a script says of its map. */
import { unescape as unescapeLeniently } from 'node:querystring';
import {
  AnyMap,
  type EncodedSourceMap,
  type SectionedSourceMap,
  type TraceMap,
  traceSegment,
} from '@jridgewell/trace-mapping';
import { z } from 'zod';

/** 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface SourcePlace extends Place {
  /** As the map names it, without the detours of its path. */
  readonly source: string;
  /** As the map lists it, below its source root. */
  readonly listed: string;
  /** The source's text, where the map brings it along. */
  readonly content?: string;
  /** What people called the thing at that place. */
  readonly name?: string;
}

export interface ReadMap {
  readonly map: TraceMap;
  /** Each takes about 120 bytes when a place is looked up. */
  readonly mappings: number;
}

/** Undefined where it is no source map, or one with more mappings or lines than are allowed. */
export function parseSourceMap(json: string, mostMappings: number): ReadMap | undefined {
  try {
    // Some servers put this line in front, against inclusion by other sites.
    const parsed: unknown = JSON.parse(json.replace(/^\)\]\}'[^\n]*\n/, ''));
    const room = { left: mostMappings };
    const map = new AnyMap(checked(parsed, room, mostMappings), null);
    return { map, mappings: mostMappings - room.left };
  } catch {
    return undefined; // Not a source map, whatever its address says.
  }
}

/** Undefined where the map says nothing of the place. */
export function placeInSource(map: TraceMap, { line, column }: Place): SourcePlace | undefined {
  const segment = line < 1 ? null : traceSegment(map, line - 1, Math.max(0, column - 1));
  if (segment === null || segment.length === 1) return undefined;
  const [, index, sourceLine, sourceColumn, nameIndex] = segment;
  const source = map.resolvedSources[index];
  const listed = map.sources[index];
  if (source === undefined || listed == null) return undefined;
  const content = map.sourcesContent?.[index];
  const name = nameIndex === undefined ? undefined : map.names[nameIndex];
  return {
    source,
    listed: belowRoot(map.sourceRoot, listed),
    line: sourceLine + 1,
    column: sourceColumn + 1,
    ...(content != null && { content }),
    ...(name !== undefined && { name }),
  };
}

/** The address of its map as a script names it. The last one counts: a bundle may quote others in its texts. */
export function mapReferenceIn(script: string): string | undefined {
  return [...script.matchAll(/\/[/*][#@] ?sourceMappingURL=([^\s*'"]+)/g)].at(-1)?.[1];
}

/** The map that a reference itself contains; undefined where it is an address. */
export function inlineMap(reference: string): string | undefined {
  const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(reference);
  if (inline === null) return undefined;
  const [, isBase64, body = ''] = inline;
  return isBase64 ? Buffer.from(body, 'base64').toString('utf8') : unescapeLeniently(body);
}

const Offset = z.object({ line: z.int().nonnegative(), column: z.int().nonnegative() });

const Encoded = z.object({
  mappings: z.string(),
  names: z.array(z.string()).nullish(),
  sources: z.array(z.string().nullable()),
  sourcesContent: z.array(z.string().nullable().catch(null)).nullish(),
  sourceRoot: z.string().nullish(),
});

const Sectioned = z.object({ sections: z.array(z.object({ offset: Offset, map: z.unknown() })) });

/** A map in the form that its reader takes on trust. Throws for what is none, and where there is no room left. */
function checked(
  input: unknown,
  room: { left: number },
  mostLines: number,
  firstLine = 0,
): EncodedSourceMap | SectionedSourceMap {
  if (typeof input === 'object' && input !== null && 'sections' in input) {
    const sections = Sectioned.parse(input).sections.map(({ offset, map }) => {
      const line = firstLine + offset.line;
      if (line > mostLines) throw new RangeError('a section begins below all lines');
      return { offset, map: checked(map, room, mostLines, line) };
    });
    return { version: 3, sections };
  }
  const { mappings, names, sources, sourcesContent, sourceRoot } = Encoded.parse(input);
  room.left -= mappingsIn(mappings);
  if (room.left < 0) throw new RangeError('too many mappings');
  return {
    version: 3,
    mappings,
    names: names ?? [],
    sources,
    ...(sourcesContent != null && { sourcesContent }),
    ...(sourceRoot != null && { sourceRoot }),
  };
}

/** Commas and semicolons end them. */
function mappingsIn(mappings: string): number {
  let count = mappings === '' ? 0 : 1;
  for (let at = 0; at < mappings.length; at++) {
    const code = mappings.charCodeAt(at);
    if (code === 44 || code === 59) count++;
  }
  return count;
}

function belowRoot(root: string | undefined, source: string): string {
  if (root === undefined || root === '' || /^(?:[a-z][a-z\d+.-]*:|\/)/i.test(source)) return source;
  return `${root.replace(/\/$/, '')}/${source}`;
}
