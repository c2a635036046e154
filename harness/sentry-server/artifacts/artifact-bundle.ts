/** An artifact bundle as sentry-cli packs it: minified scripts and source maps in a zip archive with a manifest. */
import { z } from 'zod';
import { parseJson } from '../ingest/parse-json.ts';
import { limits } from '../limits.ts';
import { artifactLimits } from './artifact-limits.ts';
import { openZip, type PackedFile, unpack, type ZipLimits } from './zip-archive.ts';

export const ArtifactKind = z.enum(['source', 'minified_source', 'source_map', 'indexed_ram_bundle']);
export type ArtifactKind = z.infer<typeof ArtifactKind>;

export interface Artifact extends PackedFile {
  readonly kind: ArtifactKind;
  /** `~/static/app.js`: a script of any host, or a whole address. */
  readonly url: string;
  /** 32 lowercase hex digits. */
  readonly debugId: string | undefined;
  /** Where the script's header says that its map is. */
  readonly sourceMap: string | undefined;
}

export type Bundle =
  | { readonly kind: 'bundle'; readonly id: string | undefined; readonly artifacts: readonly Artifact[] }
  | { readonly kind: 'invalid'; readonly why: string };

const text = z.string().max(artifactLimits.pathChars);

const Manifest = z.object({
  debug_id: text.optional().catch(undefined),
  files: z.record(
    text,
    z.object({
      // Later versions may bring more kinds, which are of no use here.
      type: ArtifactKind.optional().catch(undefined),
      url: text.default(''),
      headers: z
        .record(z.string(), z.string())
        .default({})
        .transform((headers) => new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))),
    }),
  ),
});

const zipLimits: ZipLimits = {
  entries: artifactLimits.filesPerBundle,
  nameBytes: artifactLimits.pathChars,
  fileBytes: artifactLimits.fileBytes,
  totalBytes: artifactLimits.unpackedBytes,
};

/** Source bundles begin with these letters and a version of four bytes, which the archive's offsets count. */
const BUNDLE_MAGIC = Buffer.from('SYSB');
const ZIP_MAGIC = Buffer.from('PK');

export function readBundle(bytes: Uint8Array): Bundle {
  const isKnown = [BUNDLE_MAGIC, ZIP_MAGIC].some((magic) => magic.equals(bytes.subarray(0, magic.byteLength)));
  if (!isKnown) return { kind: 'invalid', why: 'it is neither a source bundle nor a zip archive' };
  const zip = openZip(bytes, zipLimits);
  if (zip.kind === 'invalid') return zip;
  const packed = zip.files.get('manifest.json');
  if (packed === undefined) return { kind: 'invalid', why: 'it has no manifest.json' };
  const json = packed.size > artifactLimits.manifestBytes ? undefined : unpack(packed);
  const manifest = Manifest.safeParse(json && parseJson(json, limits.jsonDepth));
  if (!manifest.success) return { kind: 'invalid', why: 'its manifest.json is not valid' };
  const artifacts: Artifact[] = [];
  for (const [name, { type, url, headers }] of Object.entries(manifest.data.files)) {
    const file = zip.files.get(name);
    if (file === undefined) return { kind: 'invalid', why: `its manifest names ${name}, which is missing` };
    if (type === undefined) continue;
    const sourceMap = headers.get('sourcemap') ?? headers.get('x-sourcemap');
    artifacts.push({ ...file, kind: type, url, debugId: plainDebugId(headers.get('debug-id')), sourceMap });
  }
  return { kind: 'bundle', id: plainDebugId(manifest.data.debug_id), artifacts };
}

/** 32 lowercase hex digits; undefined for what is no debug id. */
export function plainDebugId(id: string | undefined): string | undefined {
  const plain = id?.replaceAll('-', '').toLowerCase();
  return plain !== undefined && /^[0-9a-f]{32}$/.test(plain) ? plain : undefined;
}
