/** The operations of the Web API that the embedded Sentry serves: how to call each, who uses it and what it leaves out. */
import { z } from 'zod';
import { CART_EVENT, RELEASE, REPLAY, TRACE } from './rich-server.ts';

export interface Operation {
  /** As the server names it. */
  readonly operation: string;
  /** Replaces the values of PARAMS. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  /** 200 where it is left out. */
  readonly status?: number;
  /** Why an empty answer is right. */
  readonly empty?: string;
  /** What clients read, for operations that are not in the published schema. */
  readonly shape?: z.ZodType;
  /** C: sentry-cli, M: the MCP server, N: the newer `sentry` command. */
  readonly who?: string;
  /** What Sentry has and this server has not. */
  readonly partial?: string;
}

export const PARAMS: Readonly<Record<string, string>> = {
  org: 'mendwright',
  project: 'shop',
  team: 'keepers',
  issue: '1',
  event: CART_EVENT,
  short: 'SHOP-1',
  key: 'till',
  version: RELEASE,
  trace: TRACE,
  replay: REPLAY,
  segment: '0',
  attachment: '1',
  monitor: 'nightly',
};

const User = z.object({ id: z.string(), name: z.string(), email: z.string() });
const Activity = z.object({
  id: z.string(),
  type: z.string(),
  user: z.looseObject({ id: z.string(), name: z.string() }).nullable(),
  data: z.record(z.string(), z.unknown()),
  dateCreated: z.iso.datetime(),
});
const Tag = z.object({
  key: z.string(),
  name: z.string(),
  uniqueValues: z.int(),
  totalValues: z.int(),
  topValues: z.array(z.unknown()).min(1),
});
const Report = z.object({
  id: z.string(),
  eventID: z.string(),
  name: z.string(),
  email: z.string(),
  comments: z.string(),
  dateCreated: z.iso.datetime(),
});

const Grouping = z.object({
  grouping_config: z.string(),
  variants: z.record(z.string(), z.looseObject({ hash: z.string().nullable(), contributes: z.boolean() })),
});

const Checked = z.object({ name: z.string(), valid: z.boolean(), attrType: z.enum(['string', 'number', 'boolean']) });

const O = '/api/0/organizations/:org';
const P = '/api/0/projects/:org/:project';
const I = `${O}/issues/:issue`;
const R = `${O}/releases/:version`;

export const OPERATIONS: readonly Operation[] = [
  {
    operation: 'GET /api/0/',
    who: 'C',
    shape: z.object({ version: z.literal('0'), auth: z.object({ scopes: z.array(z.string()) }), user: User }),
  },
  { operation: 'GET /api/0/auth/', who: 'M', shape: User },
  {
    operation: 'GET /api/0/users/me/regions/',
    who: 'M N',
    shape: z.object({ regions: z.array(z.object({ name: z.string(), url: z.url() })).min(1) }),
  },
  { operation: 'GET /api/0/seer/models/', who: 'M', partial: 'No models: the list is empty.' },
  { operation: 'GET /api/0/organizations/', who: 'C M N', partial: 'One organisation.' },
  { operation: `GET ${O}/`, who: 'M', partial: 'Without teams, projects and quotas.' },
  { operation: `GET ${O}/members/`, who: 'M', partial: 'One member.' },
  { operation: `GET ${O}/environments/` },
  {
    operation: `GET ${O}/repos/`,
    who: 'C M',
    empty: 'None can be linked.',
    partial: 'Always empty: none can be linked.',
  },
  { operation: `GET ${O}/projects/`, who: 'C M N' },
  { operation: `GET ${P}/`, who: 'M N' },
  { operation: `GET ${P}/environments/` },
  { operation: `GET ${P}/keys/`, who: 'M N' },
  { operation: `GET ${P}/teams/` },
  { operation: `GET ${O}/teams/`, who: 'M' },
  { operation: 'GET /api/0/teams/:org/:team/', who: 'M' },
  { operation: 'GET /api/0/teams/:org/:team/projects/' },
  {
    operation: `GET ${O}/issues/`,
    who: 'M N',
    query:
      '?query=&limit=2&groupStatsPeriod=14d&expand=latestEventHasAttachments&expand=integrationIssues&expand=sentryAppIssues',
    partial: 'No views; no expand of owners and inbox; sorts trends, recommended and inbox by rules of its own.',
  },
  { operation: `GET ${P}/issues/`, who: 'C', query: '?query=error.type:TypeError' },
  { operation: `GET ${I}/`, who: 'M N', partial: 'No expand of owners and inbox.' },
  { operation: `GET ${O}/shortids/:short/`, who: 'N' },
  { operation: `GET ${I}/events/`, who: 'M N', query: '?per_page=10', partial: 'No sample.' },
  {
    operation: `GET ${I}/events/:event/`,
    who: 'M N',
    params: { event: 'latest' },
    partial: 'Recommended is the latest.',
  },
  { operation: `GET ${I}/hashes/` },
  { operation: `GET ${I}/tags/`, who: 'M', shape: z.array(Tag).min(1) },
  { operation: `GET ${I}/tags/:key/`, who: 'M' },
  { operation: `GET ${I}/tags/:key/values/`, who: 'M', query: '?sort=date' },
  { operation: `GET ${I}/activities/`, who: 'M', shape: z.object({ activity: z.array(Activity).min(1) }) },
  { operation: `GET ${I}/notes/`, who: 'M', shape: z.array(Activity).min(1) },
  { operation: `GET ${I}/comments/`, shape: z.array(Activity).min(1) },
  { operation: `GET ${I}/external-issues/`, who: 'M', empty: 'No tracker is linked.' },
  { operation: `GET ${I}/user-reports/`, who: 'M', shape: z.array(Report).min(1) },
  { operation: `GET ${I}/autofix/`, who: 'M N', partial: 'No model: there is never a run.' },
  { operation: `POST ${I}/autofix/`, who: 'M N', body: {}, status: 403, partial: 'Refused: not enabled.' },
  { operation: `GET ${P}/events/`, who: 'C', query: '?full=1' },
  { operation: `GET ${P}/events/:event/`, who: 'N' },
  { operation: `GET ${P}/events/:event/attachments/`, who: 'M N' },
  { operation: `GET ${P}/events/:event/attachments/:attachment/`, who: 'M' },
  {
    operation: `GET ${P}/events/:event/committers/`,
    shape: z.object({
      committers: z
        .array(
          z.object({
            author: z.looseObject({ email: z.string() }),
            commits: z.array(z.looseObject({ id: z.string() })).min(1),
          }),
        )
        .min(1),
    }),
  },
  {
    operation: `GET ${P}/stacktrace-link/`,
    who: 'M',
    query: '?file=src/cart.js&lineNo=7',
    shape: z.object({ config: z.null(), sourceUrl: z.null() }),
    partial: 'No repository can be linked.',
  },
  { operation: `GET ${O}/eventids/:event/` },
  { operation: `GET ${P}/user-feedback/` },
  { operation: `GET ${P}/user-reports/`, shape: z.array(Report).min(1) },
  {
    operation: `GET ${O}/events/`,
    who: 'C M N',
    query: '?dataset=spans&field=span.op&field=count()&field=p95(span.duration)&sort=-count()',
    partial: 'No equations and conditional aggregates; profile_functions and uptime_results are empty.',
  },
  {
    operation: `GET ${O}/events/validate/`,
    who: 'M',
    query: '?dataset=errors&query=level:error&field=title&orderby=-timestamp',
    shape: z.object({
      valid: z.literal(true),
      projects: z.array(z.unknown()),
      dataset: z.array(z.unknown()),
      environment: z.array(z.unknown()),
      field: z.array(Checked).min(1),
      query: z.object({ valid: z.boolean(), error: z.string().nullable(), fields: z.array(Checked).min(1) }),
      orderby: z.array(Checked).min(1),
    }),
  },
  {
    operation: `GET ${O}/events-timeseries/`,
    query: '?dataset=errors&yAxis=count()&groupBy=level&topEvents=2&statsPeriod=1h',
    partial: 'No comparison, no group of the others.',
  },
  {
    operation: `GET ${O}/stats_v2/`,
    query: '?groupBy=category&groupBy=outcome&field=sum(quantity)&statsPeriod=1d',
    partial: 'No outcomes abuse and cardinality_limited.',
  },
  { operation: `GET ${P}/stats/` },
  {
    operation: `GET ${O}/sessions/`,
    query: '?field=sum(session)&field=crash_free_rate(session)&groupBy=release&statsPeriod=1d',
    partial: 'No durations.',
  },
  { operation: `GET ${O}/tags/` },
  { operation: `GET ${P}/tags/:key/values/` },
  { operation: `GET ${O}/trace-items/attributes/`, who: 'M', query: '?itemType=spans&attributeType=string' },
  { operation: `GET ${O}/trace/:trace/`, who: 'M N' },
  { operation: `GET ${O}/trace-meta/:trace/`, who: 'M' },
  {
    operation: `GET ${O}/trace-logs/`,
    who: 'N',
    query: `?traceId=${TRACE}`,
    shape: z.object({
      data: z.array(z.object({ id: z.string(), message: z.string(), trace: z.literal(TRACE) })).min(1),
    }),
  },
  { operation: `GET ${O}/replays/`, who: 'M N', partial: 'No clicks; no search for what was clicked.' },
  { operation: `GET ${O}/replays/:replay/`, who: 'M N' },
  { operation: `GET ${O}/replay-count/`, who: 'M N', query: '?query=issue.id:[1,2]' },
  { operation: `GET ${P}/replays/:replay/recording-segments/`, who: 'M', query: '?download=true' },
  { operation: `GET ${P}/replays/:replay/recording-segments/:segment/` },
  { operation: `GET ${O}/releases/`, query: '?health=1&sort=sessions', who: 'M N' },
  { operation: `GET ${P}/releases/`, who: 'C' },
  { operation: `GET ${R}/`, query: '?health=1&adoptionStages=1', who: 'C M N' },
  { operation: `GET ${R}/commits/`, who: 'M' },
  { operation: `GET ${P}/releases/:version/commits/` },
  { operation: `GET ${R}/commitfiles/` },
  { operation: `GET ${R}/previous-with-commits/`, who: 'C', shape: z.object({ version: z.literal('shop@1.9.0') }) },
  { operation: `GET ${R}/deploys/`, who: 'C M' },
  { operation: `GET ${O}/monitors/`, who: 'C', partial: 'Made by check-ins only; schedules in UTC.' },
  { operation: `GET ${O}/monitors/:monitor/`, partial: 'Read only.' },
  { operation: `GET ${O}/monitors/:monitor/checkins/` },
  {
    operation: `GET ${O}/monitors/:monitor/stats/`,
    who: 'M',
    shape: z.array(z.object({ ts: z.int(), ok: z.int(), error: z.int(), duration: z.number() })).min(1),
    partial: 'No missed and timed out ones.',
  },
  { operation: `PUT ${P}/`, who: 'M', body: { platform: 'javascript' }, partial: 'Name, slug and platform.' },
  { operation: `POST ${P}/keys/`, who: 'M', body: { name: 'CI' }, status: 201, partial: 'No rate limit.' },
  { operation: `POST ${O}/teams/`, who: 'M', body: { name: 'Back office' }, status: 201 },
  { operation: 'POST /api/0/teams/:org/:team/projects/', who: 'M N', body: { name: 'Till' }, status: 201 },
  { operation: `POST ${P}/teams/:team/`, who: 'M', status: 201 },
  {
    operation: `PUT ${I}/`,
    who: 'M N',
    body: { status: 'resolved', statusDetails: { inNextRelease: true } },
    partial: 'No share and inbox.',
  },
  {
    operation: `PUT ${O}/issues/`,
    query: '?id=1',
    body: { status: 'unresolved', assignedTo: 'team:keepers', priority: 'low' },
    partial: 'No inbox.',
  },
  {
    operation: `PUT ${P}/issues/`,
    who: 'C',
    query: '?id=1',
    body: { status: 'resolvedInNextRelease', snoozeDuration: null },
  },
  { operation: `POST ${I}/notes/`, who: 'M', body: { text: 'Mended.' }, status: 201, shape: Activity },
  { operation: `POST ${I}/comments/`, body: { text: 'Truly.' }, status: 201, shape: Activity },
  {
    operation: `POST ${P}/user-feedback/`,
    body: { event_id: CART_EVENT, name: 'Ada', email: 'ada@acme.test', comments: 'Still there.' },
  },
  {
    operation: `POST ${P}/user-reports/`,
    body: { event_id: CART_EVENT, name: 'Ada', email: 'ada@acme.test', comments: 'Gone.' },
    shape: Report,
  },
  {
    operation: `POST ${O}/releases/`,
    who: 'C N',
    body: { version: 'shop@1.11.0', projects: ['shop'] },
    status: 201,
    partial: 'Of refs only the last commit is kept.',
  },
  { operation: `PUT ${R}/`, who: 'C', body: { dateReleased: '2026-11-23T14:00:00Z', projects: ['shop'] } },
  { operation: `POST ${R}/deploys/`, who: 'C', body: { environment: 'production' }, status: 201 },
  {
    operation: `DELETE ${R}/`,
    who: 'C N',
    params: { version: 'shop@1.11.0' },
    status: 204,
    shape: z.undefined(),
    partial: 'Uploaded source maps stay.',
  },
  { operation: `DELETE ${I}/hashes/`, query: '?id=none', status: 204, shape: z.undefined() },
  { operation: `DELETE ${O}/issues/`, query: '?id=99', status: 204, shape: z.undefined() },
  { operation: `DELETE ${P}/issues/`, query: '?id=99', status: 204, shape: z.undefined() },
  { operation: `DELETE ${I}/`, params: { issue: '3' }, status: 202, shape: z.undefined() },
  { operation: `GET ${P}/events/:event/grouping-info/`, shape: Grouping },
  { operation: `GET ${I}/events/:event/grouping-info/`, params: { event: 'latest' }, shape: Grouping },
  {
    operation: `GET ${O}/chunk-upload/`,
    who: 'C',
    shape: z.object({
      url: z.url(),
      chunkSize: z.int(),
      hashAlgorithm: z.literal('sha1'),
      accept: z.array(z.string()),
    }),
    partial: 'Artifact bundles only, no debug files.',
  },
  // Its parts are files, which this table has not: sentry-cli's own upload is a test elsewhere.
  { operation: `POST ${O}/chunk-upload/`, who: 'C', body: {}, status: 400 },
  {
    operation: `POST ${O}/artifactbundle/assemble/`,
    who: 'C',
    body: { checksum: 'a'.repeat(40), chunks: ['a'.repeat(40)], projects: ['shop'], version: RELEASE },
    shape: z.object({ state: z.literal('not_found'), missingChunks: z.array(z.string()).min(1) }),
  },
  {
    operation: `GET ${P}/files/artifact-bundles/`,
    shape: z.array(z.unknown()),
    empty: 'Nothing was uploaded here.',
  },
  {
    operation: `GET ${P}/events/:event/source-map-debug/`,
    shape: z.object({ project_has_some_artifact_bundle: z.boolean(), exceptions: z.array(z.unknown()) }),
  },
  {
    operation: `GET ${P}/items/`,
    query: '?type=transaction',
    shape: z
      .array(
        z.object({
          id: z.string(),
          type: z.literal('transaction'),
          payload: z.string(),
          dateReceived: z.iso.datetime(),
        }),
      )
      .min(1),
    partial: 'Of our own: the kept items, as they are.',
  },
  {
    operation: `GET ${P}/item-counts/`,
    shape: z
      .array(z.object({ category: z.string(), outcome: z.string(), reason: z.string(), count: z.int().positive() }))
      .min(1),
    partial: 'Of our own: how many of each kind came.',
  },
];
