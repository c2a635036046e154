/** JSON from a stranger: parsed only when it is not nested deeper than we walk. */
import { limits } from '../limits.ts';

const decoder = new TextDecoder('utf-8');
const encoder = new TextEncoder();

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** What tells `[` from `{`, and `]` from `}`. */
const CURLY = 0x20;
const OPENER = 0x7b;
const CLOSER = 0x7d;

/** Undefined when it is no JSON, or nested too deeply. */
export function parseJson(bytes: Uint8Array, maxDepth: number): unknown {
  if (hasMoreOpeners(bytes, maxDepth) && depthOf(bytes, maxDepth) > maxDepth) return undefined;
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes));
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The same for a text that stands inside of JSON. */
export function parseText(text: string): unknown {
  return parseJson(encoder.encode(text), limits.jsonDepth);
}

/** What has fewer brackets cannot be nested deeper, and nearly all has: their search is native. */
function hasMoreOpeners(bytes: Uint8Array, max: number): boolean {
  let count = 0;
  for (const opener of [OPENER, OPENER ^ CURLY]) {
    for (let at = bytes.indexOf(opener); at >= 0; at = bytes.indexOf(opener, at + 1)) {
      count += 1;
      if (count > max) return true;
    }
  }
  return false;
}

/** Stops counting as soon as the bound is passed. */
function depthOf(bytes: Uint8Array, max: number): number {
  let depth = 0;
  let deepest = 0;
  let isText = false;
  for (let index = 0; index < bytes.length && deepest <= max; index += 1) {
    const byte = bytes[index] ?? 0;
    if (isText) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if ((byte | CURLY) === OPENER) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if ((byte | CURLY) === CLOSER) depth -= 1;
  }
  return deepest;
}
