/** The debug ids that an SDK tells of the scripts in a stack. */
import { z } from 'zod';
import type { EventPayload } from '../event/payload.ts';
import { plainDebugId } from './artifact-bundle.ts';

const Images = z.object({ images: z.array(z.unknown()) });

const SourceMapImage = z.object({ type: z.literal('sourcemap'), code_file: z.string(), debug_id: z.string() });

/** By the path of the script, as its frames name it. */
export function debugIdsOf({ debug_meta: meta }: EventPayload): Map<string, string> {
  const ids = new Map<string, string>();
  if (meta === undefined) return ids;
  const parsed = Images.safeParse(meta);
  if (!parsed.success) return ids;
  for (const image of parsed.data.images) {
    const found = SourceMapImage.safeParse(image);
    const id = found.success ? plainDebugId(found.data.debug_id) : undefined;
    if (found.success && id !== undefined) ids.set(found.data.code_file, id);
  }
  return ids;
}
