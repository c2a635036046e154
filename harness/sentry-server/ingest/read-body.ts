/** Reads a request's body with a bound on what comes in and on what it unpacks to. */
import { promisify } from 'node:util';
import {
  brotliDecompress,
  gunzip,
  type InputType,
  inflate,
  inflateRaw,
  type ZlibOptions,
  zstdDecompress,
} from 'node:zlib';

type Unpack = (input: InputType, options: ZlibOptions) => Promise<Uint8Array>;

const unpackers: Readonly<Record<string, Unpack>> = {
  gzip: promisify<InputType, ZlibOptions, Uint8Array>(gunzip),
  'x-gzip': promisify<InputType, ZlibOptions, Uint8Array>(gunzip),
  deflate: inflateEither,
  br: (input, { maxOutputLength }) =>
    promisify(brotliDecompress)(input, maxOutputLength === undefined ? {} : { maxOutputLength }),
  zstd: (input, { maxOutputLength }) =>
    promisify(zstdDecompress)(input, maxOutputLength === undefined ? {} : { maxOutputLength }),
};

export type Body =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'undecodable'; readonly encoding: string };

export interface BodyLimits {
  readonly bodyBytes: number;
  readonly unpackedBytes: number;
}

export async function readBody(request: Request, { bodyBytes, unpackedBytes }: BodyLimits): Promise<Body> {
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytes) return { kind: 'too-large' };
  const bytes = await readBounded(request, bodyBytes);
  if (bytes === undefined) return { kind: 'too-large' };
  return unpackBody(bytes, request.headers.get('content-encoding') ?? '', unpackedBytes);
}

/** `encoding` is the header of that name; at most `max` bytes come out. */
export async function unpackBody(bytes: Uint8Array, header: string, max: number): Promise<Body> {
  if (header === '') return { kind: 'read', bytes };
  const encodings = header
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  // A chain of encodings is a known way to hide a bomb; no SDK sends one.
  if (encodings.length > 1) return { kind: 'undecodable', encoding: encodings.join(', ') };
  const [encoding = ''] = encodings;
  if (encoding === '' || encoding === 'identity') return { kind: 'read', bytes };
  const unpack = unpackers[encoding];
  if (unpack === undefined) return { kind: 'undecodable', encoding };
  try {
    return { kind: 'read', bytes: await unpack(bytes, { maxOutputLength: max }) };
  } catch (error) {
    const isBomb = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return isBomb ? { kind: 'too-large' } : { kind: 'undecodable', encoding };
  }
}

async function readBounded(request: Request, max: number): Promise<Uint8Array | undefined> {
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > max) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Some old clients send deflate without the zlib wrapper. */
async function inflateEither(input: InputType, options: ZlibOptions): Promise<Uint8Array> {
  try {
    return await promisify<InputType, ZlibOptions, Uint8Array>(inflate)(input, options);
  } catch (error) {
    const isHeaderMissing = error instanceof Error && 'code' in error && error.code === 'Z_DATA_ERROR';
    if (!isHeaderMissing) throw error;
    return await promisify<InputType, ZlibOptions, Uint8Array>(inflateRaw)(input, options);
  }
}
