/** Reads the chunks of an upload: bounded in size and number, and true to their checksums. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { readBody } from '../ingest/read-body.ts';
import { badRequest } from '../web/api-error.ts';
import { artifactLimits } from './artifact-limits.ts';
import { type Chunk, sha1Of } from './chunk-store.ts';

const unzip = promisify<Uint8Array, { maxOutputLength: number }, Uint8Array>(gunzip);

/** Beside the chunks a request has the lines around them. */
const BODY_BYTES = artifactLimits.requestBytes + artifactLimits.chunksPerRequest * 1024;

/** The chunks of a multipart body, each with the SHA-1 that is its file name. Throws the Web API's refusals. */
export async function readChunks(request: Request): Promise<Chunk[]> {
  const body = await readBody(request, { bodyBytes: BODY_BYTES, unpackedBytes: BODY_BYTES });
  if (body.kind !== 'read') throw badRequest('The request body is too large or cannot be decoded.');
  const files = await filesOf(body.bytes, request.headers.get('content-type') ?? '');
  if (files.length > artifactLimits.chunksPerRequest) throw badRequest('Too many chunks');
  return Promise.all(
    files.map(async ({ name, file }) => {
      const bytes = await chunkBytes(name, file);
      if (bytes === undefined || bytes.byteLength > artifactLimits.chunkBytes) throw badRequest('Chunk size too large');
      // Nothing else vouches for the bytes.
      if (sha1Of(bytes) !== file.name) throw badRequest('Checksum of original file does not match');
      return { sha1: file.name, bytes };
    }),
  );
}

async function chunkBytes(field: string, file: File): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (field === 'file') return bytes;
  try {
    return await unzip(bytes, { maxOutputLength: artifactLimits.chunkBytes });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw badRequest('A chunk is not packed as it says.');
  }
}

/** Parts are counted before they are taken apart: a small body can hold millions of them. */
async function filesOf(bytes: Uint8Array, type: string): Promise<{ name: 'file' | 'file_gzip'; file: File }[]> {
  const boundary = /boundary="?(?<boundary>[^";\s]{1,200})/.exec(type)?.groups?.boundary;
  if (boundary === undefined) throw badRequest('Chunks are uploaded as multipart/form-data.');
  if (occurrences(Buffer.from(bytes), `--${boundary}`, artifactLimits.chunksPerRequest + 2))
    throw badRequest('Too many chunks');
  const form = await new Response(Buffer.from(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined);
  if (form === undefined) throw badRequest('The request body is not valid multipart/form-data.');
  return (['file', 'file_gzip'] as const).flatMap((name) =>
    form.getAll(name).flatMap((value) => (typeof value === 'string' ? [] : [{ name, file: value }])),
  );
}

/** Whether the text stands in the bytes more often than that. */
function occurrences(bytes: Buffer, text: string, most: number): boolean {
  let count = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + text.length)) {
    count += 1;
    if (count > most) return true;
  }
  return false;
}
