/** Sentry's built-in fingerprints: a chunk that cannot be loaded and a page that cannot be hydrated have a new stack with every build. */
import type { EventPayload } from '../event/payload.ts';
import { tagOf } from './fingerprint-variables.ts';
import { platformFamily } from './platform.ts';

export interface BuiltInRule {
  readonly name: string;
  readonly fingerprint: readonly string[];
}

const CHUNK: BuiltInRule = { name: 'a chunk that cannot be loaded', fingerprint: ['chunkloaderror'] };
const HYDRATION: BuiltInRule = {
  name: 'a page that cannot be hydrated',
  fingerprint: ['hydrationerror', '{{ tags.transaction }}'],
};

/** What React 18 says, in lower case. */
const HYDRATION_MESSAGES = new Set([
  'hydration failed because the initial ui does not match what was rendered on the server.',
  'text content does not match server-rendered html.',
  'there was an error while hydrating this suspense boundary. switched to client rendering.',
  'there was an error while hydrating. because the error happened outside of a suspense boundary, the entire root will switch to client rendering.',
  'the server could not finish this suspense boundary, likely due to an error during server rendering. switched to client rendering.',
]);

export function builtInRule(event: EventPayload): BuiltInRule | undefined {
  if (platformFamily(event.platform) !== 'javascript') return undefined;
  const exceptions = event.exception ?? [];
  const isChunk = exceptions.some(
    ({ type, value }) => type === 'ChunkLoadError' || /^\s*chunkloaderror/i.test(value ?? ''),
  );
  if (isChunk) return CHUNK;
  if (tagOf('transaction', event) === undefined) return undefined;
  const texts = [event.logentry?.formatted, ...exceptions.map(({ value }) => value)];
  return texts.some((text) => text !== undefined && HYDRATION_MESSAGES.has(text.trim().toLowerCase()))
    ? HYDRATION
    : undefined;
}
