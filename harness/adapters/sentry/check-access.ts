/** Proves address, token, organisation and project before anything is started, and says which of them is wrong. */
import { z } from 'zod';
import { Failure } from '../../model/failure.ts';
import { urlPath } from '../../web/url-path.ts';
import { isHosted, regionOf } from './address.ts';
import type { Requester } from './sentry-request.ts';
import { WireErrorEvents, WireIssues, WireProject } from './wire.ts';
import { text, vague } from './wire-words.ts';

export interface Place {
  readonly base: string;
  readonly org: string;
  readonly project: string;
}

const Organisation = z.object({ slug: z.string(), links: vague(z.object({ regionUrl: text })) });
const Slugs = z.array(z.object({ slug: z.string() })).transform((found) => found.map(({ slug }) => slug));

/** At sentry.io an organisation lives in a region; a server of one's own is asked where it stands. */
export async function findRegion(entry: Requester, { base, org }: Omit<Place, 'project'>): Promise<string> {
  if (!isHosted(new URL(base))) return base;
  const found = await entry.find(Organisation, organisationCall(org));
  if (found === undefined) throw await unknownOrganisation(entry, { base, org });
  return regionOf(base, found.value.links?.regionUrl);
}

/** Throws `sentry-unknown-organisation` and `sentry-unknown-project`, with the names that the token sees. */
export async function findProject(api: Requester, place: Place): Promise<{ projectId: string; slug: string }> {
  const { base, org, project } = place;
  const path = urlPath`/projects/${org}/${project}/`;
  const found = await api.find(WireProject, { does: 'find the project', scope: 'project:read', path });
  if (found !== undefined) return { projectId: found.value.id, slug: found.value.slug };
  const organisation = await api.find(Organisation, organisationCall(org));
  if (organisation === undefined) throw await unknownOrganisation(api, place);
  const projects = { does: 'list the projects', scope: 'project:read', path: urlPath`/organizations/${org}/projects/` };
  throw new Failure(
    'upstream',
    'sentry-unknown-project',
    `Sentry at ${base} has no project ${project} in the organisation ${org}.`,
    {
      hint: `Check sentry.project: the slug, as in the address of the project. ${seen(await api.glance(Slugs, projects))}`,
    },
  );
}

/** Reads one row of all that a night reads, so that a scope that is missing is told at its beginning. */
export async function proveReading(api: Requester, org: string, projectId: string): Promise<void> {
  const project = projectId;
  await Promise.all([
    api.ask(WireIssues, {
      does: 'list the issues',
      scope: 'event:read',
      path: urlPath`/organizations/${org}/issues/`,
      query: { query: '', project, collapse: 'stats', limit: 1 },
    }),
    api.ask(WireErrorEvents, {
      does: 'list the error events',
      scope: 'org:read',
      path: urlPath`/organizations/${org}/events/`,
      query: { dataset: 'errors', field: ['id', 'timestamp'], statsPeriod: '1h', project, per_page: 1 },
    }),
  ]);
}

function organisationCall(org: string) {
  const path = urlPath`/organizations/${org}/`;
  return { does: 'find the organisation', scope: 'org:read', path, query: { detailed: '0' } };
}

async function unknownOrganisation(api: Requester, { base, org }: Omit<Place, 'project'>): Promise<Failure> {
  const all = { does: 'list the organisations', scope: 'org:read', path: '/organizations/' };
  const hint = `Check sentry.org: the slug, as in the address of the organisation. ${seen(await api.glance(Slugs, all))}`;
  return new Failure('upstream', 'sentry-unknown-organisation', `Sentry at ${base} has no organisation ${org}.`, {
    hint,
  });
}

function seen(slugs: readonly string[] | undefined): string {
  if (slugs === undefined || slugs.length === 0) return 'And check that the token may see it.';
  const more = slugs.length > 10 ? ', …' : '';
  return `The token sees ${slugs.slice(0, 10).join(', ')}${more}.`;
}
