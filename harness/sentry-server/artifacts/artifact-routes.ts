/** Uploads of source maps as sentry-cli makes them: chunks first, then the bundle that they form. */
import { Hono } from 'hono';
import { z } from 'zod';
import { EventPayload } from '../event/payload.ts';
import type { ServerParts } from '../server-parts.ts';
import { findProject } from '../storage/projects.ts';
import { PayloadRow } from '../storage/rows.ts';
import { badRequest, notFound } from '../web/api-error.ts';
import { projectOf } from '../web/organization-routes.ts';
import { pageAnswer, readPage } from '../web/pagination.ts';
import { readJson } from '../web/read-json.ts';
import { showTime } from '../web/show-project.ts';
import { readBundle } from './artifact-bundle.ts';
import { artifactLimits } from './artifact-limits.ts';
import { addBundle, findBundle, giveBundle, listBundles, type Owner, releasesOfBundle } from './bundle-store.ts';
import { dropChunks, joinChunks, keepChunks, missingChunks, sha1Of } from './chunk-store.ts';
import { readChunks } from './read-chunks.ts';
import { dashedDebugId, sourceMapDebug } from './source-map-debug.ts';

const Sha1 = z.string().regex(/^[0-9a-f]{40}$/);

const Assembly = z.object({
  checksum: Sha1,
  chunks: z.array(Sha1).min(1).max(10_000),
  projects: z.array(z.string().max(100)).min(1).max(100),
  version: z.string().min(1).max(250).nullish(),
  dist: z.string().min(1).max(64).nullish(),
});
type Assembly = z.infer<typeof Assembly>;

export function artifactRoutes(parts: ServerParts): Hono {
  const app = new Hono();
  app.get('/organizations/:org/chunk-upload/', (c) =>
    c.json({
      url: `${parts.baseUrl(c.req.raw)}/api/0/organizations/${encodeURIComponent(parts.org)}/chunk-upload/`,
      chunkSize: artifactLimits.chunkBytes,
      chunksPerRequest: artifactLimits.chunksPerRequest,
      maxFileSize: artifactLimits.bundleBytes,
      maxRequestSize: artifactLimits.requestBytes,
      concurrency: 8,
      hashAlgorithm: 'sha1',
      compression: ['gzip'],
      accept: ['artifact_bundles', 'artifact_bundles_v2'],
    }),
  );
  app.post('/organizations/:org/chunk-upload/', async (c) => {
    keepChunks(parts.db, await readChunks(c.req.raw), parts.now().getTime());
    return c.json({});
  });
  app.post('/organizations/:org/artifactbundle/assemble/', async (c) => {
    const wanted = await readJson(c, Assembly);
    if (wanted.dist != null && wanted.version == null)
      throw badRequest('A dist can be set together with a version only.');
    const owner: Owner = {
      projectIds: wanted.projects.map((name) => projectId(parts, name)),
      release: wanted.version ?? undefined,
      dist: wanted.dist ?? undefined,
    };
    return c.json(parts.db.transaction(() => assemble(parts, wanted, owner)));
  });
  app.get('/projects/:org/:project/files/artifact-bundles/', (c) => {
    const page = readPage(c);
    const { id } = projectOf(parts, c);
    const bundles = listBundles(parts.db, id, { offset: page.offset, limit: page.limit + 1 });
    const shown = bundles.map((bundle) => ({
      bundleId: bundle.bundle_id === null ? null : dashedDebugId(bundle.bundle_id),
      associations: releasesOfBundle(parts.db, bundle.id, id).map(({ release, dist }) => ({
        release,
        dist: dist || null,
      })),
      date: showTime(bundle.uploaded_at),
      dateModified: showTime(bundle.uploaded_at),
      fileCount: bundle.file_count,
    }));
    return pageAnswer(c, page, shown);
  });
  app.get('/projects/:org/:project/events/:event/source-map-debug/', (c) => {
    const { id } = projectOf(parts, c);
    const event = c.req.param('event').replaceAll('-', '').toLowerCase();
    const row = parts.db.one(PayloadRow, 'SELECT payload FROM events WHERE project_id = ? AND id = ?', id, event);
    if (row === undefined) throw notFound();
    return c.json(sourceMapDebug(parts.db, id, EventPayload.parse(row.payload)));
  });
  return app;
}

interface Assembled {
  readonly state: 'not_found' | 'ok' | 'error';
  readonly missingChunks: readonly string[];
  readonly detail: string | null;
}

/** A client asks before it uploads, so a bundle that is known needs no chunks. */
function assemble({ db, now }: ServerParts, { checksum, chunks }: Assembly, owner: Owner): Assembled {
  const known = findBundle(db, checksum);
  if (known !== undefined) {
    giveBundle(db, known, owner);
    return { state: 'ok', missingChunks: [], detail: null };
  }
  const missing = missingChunks(db, chunks);
  if (missing.length > 0) return { state: 'not_found', missingChunks: missing, detail: null };
  const bytes = joinChunks(db, chunks);
  dropChunks(db, chunks);
  if (bytes === undefined) return failed('The bundle is too large.');
  if (sha1Of(bytes) !== checksum) return failed('The chunks do not form the file with that checksum.');
  const bundle = readBundle(bytes);
  if (bundle.kind === 'invalid') return failed(`The bundle cannot be read: ${bundle.why}.`);
  giveBundle(db, addBundle(db, { checksum, bundle }, now().getTime()), owner);
  return { state: 'ok', missingChunks: [], detail: null };
}

function failed(detail: string): Assembled {
  return { state: 'error', missingChunks: [], detail };
}

function projectId(parts: ServerParts, name: string): number {
  const project = findProject(parts.db, name);
  if (project === undefined) throw badRequest('One or more projects are invalid');
  return project.id;
}
