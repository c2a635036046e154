/** Chunks of uploads that wait until their bundle is assembled. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../storage/database.ts';
import { artifactLimits } from './artifact-limits.ts';

export interface Chunk {
  /** 40 lowercase hex digits. */
  readonly sha1: string;
  readonly bytes: Uint8Array;
}

export function sha1Of(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

/** Chunks that nobody asked for again make room: by age, and the oldest first where there are too many. */
export function keepChunks(
  db: Database,
  chunks: readonly Chunk[],
  now: number,
  mostBytes: number = artifactLimits.waitingBytes,
): void {
  db.transaction(() => {
    for (const { sha1, bytes } of chunks) {
      db.run(
        'INSERT INTO artifact_chunks (sha1, received_at, size, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET received_at = excluded.received_at',
        sha1,
        now,
        bytes.byteLength,
        bytes,
      );
    }
    db.run('DELETE FROM artifact_chunks WHERE received_at < ?', now - artifactLimits.waitingMs);
    db.run(
      `DELETE FROM artifact_chunks WHERE sha1 IN (SELECT sha1 FROM
       (SELECT sha1, sum(size) OVER (ORDER BY received_at DESC, sha1) AS so_far FROM artifact_chunks) WHERE so_far > ?)`,
      mostBytes,
    );
  });
}

const SizeRow = z.object({ size: z.number() });
const BytesRow = z.object({ bytes: z.instanceof(Uint8Array) });

/** Those of the list that were not uploaded yet, each once. */
export function missingChunks(db: Database, wanted: readonly string[]): string[] {
  return [...new Set(wanted)].filter((sha1) => sizeOf(db, sha1) === undefined);
}

/** Undefined where a chunk is missing or the whole is too large for a bundle. */
export function joinChunks(db: Database, wanted: readonly string[]): Uint8Array | undefined {
  let size = 0;
  for (const sha1 of wanted) size += sizeOf(db, sha1) ?? Number.POSITIVE_INFINITY;
  if (size > artifactLimits.bundleBytes) return undefined;
  const sql = 'SELECT bytes FROM artifact_chunks WHERE sha1 = ?';
  return Buffer.concat(wanted.flatMap((sha1) => db.one(BytesRow, sql, sha1)?.bytes ?? []));
}

export function dropChunks(db: Database, chunks: readonly string[]): void {
  for (const sha1 of chunks) db.run('DELETE FROM artifact_chunks WHERE sha1 = ?', sha1);
}

function sizeOf(db: Database, sha1: string): number | undefined {
  return db.one(SizeRow, 'SELECT size FROM artifact_chunks WHERE sha1 = ?', sha1)?.size;
}
