/** Artifact bundles for tests: a zip archive with a manifest as sentry-cli packs it, and its upload. */
import { createHash } from 'node:crypto';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import type { SentryServer } from '../../harness/sentry-server/sentry-server.ts';
import { callApi, URL_OF_SERVER } from './embedded.ts';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the archive says of it, where that is not the truth. */
  readonly claims?: {
    readonly size?: number;
    readonly crc?: number;
    readonly method?: number;
    readonly flags?: number;
  };
  readonly isStored?: boolean;
}

/** `before` stands in front of the archive and counts in its offsets. */
export function zipOf(entries: readonly ZipEntry[], before: Uint8Array = new Uint8Array()): Buffer<ArrayBuffer> {
  const parts: Uint8Array[] = [before];
  const directory: Uint8Array[] = [];
  let at = before.byteLength;
  for (const { name, bytes, claims = {}, isStored = false } of entries) {
    const packed = isStored ? bytes : deflateRawSync(bytes);
    const title = Buffer.from(name);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(claims.flags ?? 0, 2);
    about.writeUInt16LE(claims.method ?? (isStored ? 0 : 8), 4);
    about.writeUInt32LE(claims.crc ?? crc32(bytes), 10);
    about.writeUInt32LE(packed.byteLength, 14);
    about.writeUInt32LE(claims.size ?? bytes.byteLength, 18);
    about.writeUInt16LE(title.byteLength, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, title, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), about, rest, title);
    parts.push(local);
    at += local.byteLength;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.byteLength, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, listed, end]);
}

export interface BundleFile {
  readonly url: string;
  readonly type: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const HEADER = Buffer.from([...Buffer.from('SYSB'), 2, 0, 0, 0]);

export function bundleOf(files: readonly BundleFile[], header: Uint8Array = HEADER): Buffer<ArrayBuffer> {
  const name = (index: number) => `files/_/${index}`;
  const listed = files.map(({ url, type, headers = {} }, index) => [name(index), { type, url, headers }] as const);
  const manifest = { files: Object.fromEntries(listed), org: 'mendwright', project: 'shop' };
  return zipOf(
    [
      ...files.map(({ text }, index) => ({ name: name(index), bytes: Buffer.from(text) })),
      { name: 'manifest.json', bytes: Buffer.from(JSON.stringify(manifest)) },
    ],
    header,
  );
}

export function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

export interface UploadOptions {
  readonly version?: string;
  readonly dist?: string;
  readonly projects?: readonly string[];
  /** Into how many chunks the bundle is cut. */
  readonly chunks?: number;
}

export const CHUNKS = `${URL_OF_SERVER}/api/0/organizations/mendwright/chunk-upload/`;

/** As sentry-cli does it: asks, uploads what is missing, asks again. Returns both answers. */
export async function upload(
  server: SentryServer,
  bundle: Uint8Array<ArrayBuffer>,
  { version, dist, projects = ['shop'], chunks: count = 1 }: UploadOptions = {},
): Promise<readonly [unknown, unknown]> {
  const size = Math.ceil(bundle.byteLength / count);
  const chunks = Array.from({ length: count }, (_, index) => bundle.subarray(index * size, (index + 1) * size));
  const asked = { checksum: sha1(bundle), chunks: chunks.map(sha1), projects, version, dist };
  const before = await (await assemble(server, asked)).json();
  await sendChunks(
    server,
    chunks.map((bytes) => ({ name: sha1(bytes), field: 'file_gzip', bytes: gzipSync(bytes) })),
  );
  return [before, await (await assemble(server, asked)).json()];
}

export function assemble(server: SentryServer, body: unknown): Promise<Response> {
  return callApi(server, 'POST', '/organizations/mendwright/artifactbundle/assemble/', body);
}

export interface ChunkPart {
  readonly name: string;
  readonly field: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function sendChunks(server: SentryServer, parts: readonly ChunkPart[]): Promise<Response> {
  const form = new FormData();
  for (const { name, field, bytes } of parts) form.append(field, new Blob([bytes]), name);
  return server(new Request(CHUNKS, { method: 'POST', body: form }));
}
