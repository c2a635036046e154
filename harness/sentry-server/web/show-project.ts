/** Organisation, projects and keys as the Web API shows them. */
import { GROUPING_CONFIG } from '../grouping/group-event.ts';
import type { ServerParts } from '../server-parts.ts';
import { listEnvironments } from '../storage/environments.ts';
import { projectSignals } from '../storage/project-signals.ts';
import { latestRelease } from '../storage/releases.ts';
import type { KeyRow, ProjectRow } from '../storage/rows.ts';
import { teamsOfProject } from '../storage/teams.ts';
import { SCOPES } from './show-user.ts';

export function showTime(at: number): string {
  return new Date(at).toISOString();
}

/** `regionUrl` stays empty as on self-hosted servers: clients insist on https there. */
export function showOrganization(parts: ServerParts, request: Request): Record<string, unknown> {
  return {
    id: '1',
    slug: parts.org,
    name: parts.org,
    status: { id: 'active', name: 'active' },
    dateCreated: '2026-01-01T00:00:00.000Z',
    isEarlyAdopter: false,
    require2FA: false,
    avatar: { avatarType: 'letter_avatar', avatarUuid: null },
    features: ['discover-basic', 'discover-query', 'event-attachments'],
    links: {
      organizationUrl: `${parts.baseUrl(request)}/organizations/${encodeURIComponent(parts.org)}`,
      regionUrl: '',
    },
    hasAuthProvider: false,
    allowMemberInvite: false,
    allowMemberProjectCreation: true,
    allowSuperuserAccess: false,
    access: SCOPES,
  };
}

/** As in lists. */
export function showProject(parts: ServerParts, project: ProjectRow): Record<string, unknown> {
  const { types, firstEventAt } = projectSignals(parts.db, project.id);
  const latest = latestRelease(parts.db, project.id);
  const teams = teamsOfProject(parts.db, project.id).map(({ id, slug, name }) => ({ id: String(id), slug, name }));
  return {
    id: String(project.id),
    slug: project.slug,
    name: project.name,
    platform: project.platform,
    dateCreated: showTime(project.created_at),
    isBookmarked: false,
    isMember: true,
    hasAccess: true,
    isInternal: false,
    isPublic: false,
    status: 'active',
    access: SCOPES,
    features: ['releases'],
    firstEvent: firstEventAt === undefined ? null : showTime(firstEventAt),
    firstTransactionEvent: types.has('transaction') || types.has('span'),
    hasFeedbacks: types.has('feedback'),
    hasNewFeedbacks: types.has('feedback'),
    hasUserReports: types.has('user_report'),
    hasFlags: false,
    hasMinifiedStackTrace: false,
    hasMonitors: types.has('check_in'),
    hasProfiles: types.has('profile') || types.has('profile_chunk'),
    hasReplays: types.has('replay_event'),
    hasSessions: types.has('session') || types.has('sessions'),
    hasLogs: types.has('log'),
    hasTraceMetrics: types.has('trace_metric'),
    hasInsightsHttp: false,
    hasInsightsDb: false,
    hasInsightsAssets: false,
    hasInsightsAppStart: false,
    hasInsightsScreenLoad: false,
    hasInsightsVitals: false,
    hasInsightsCaches: false,
    hasInsightsQueues: false,
    hasInsightsAgentMonitoring: false,
    hasInsightsMCP: false,
    // Sentry leaves the first one out or names it; a published client reads null as an object.
    ...(teams[0] === undefined ? {} : { team: teams[0] }),
    teams,
    platforms: project.platform === null ? [] : [project.platform],
    environments: listEnvironments(parts.db, [project.id]),
    latestRelease: latest === undefined ? null : { version: latest.version },
    avatar: { avatarType: 'letter_avatar', avatarUuid: null },
    color: '#3f70bf',
  };
}

/** As on its own: with the settings that this server follows, and Sentry's defaults for the others. */
export function showProjectDetails(parts: ServerParts, request: Request, project: ProjectRow): Record<string, unknown> {
  return {
    ...showProject(parts, project),
    organization: showOrganization(parts, request),
    options: {},
    digestsMinDelay: 300,
    digestsMaxDelay: 1800,
    subjectPrefix: '',
    allowedDomains: ['*'],
    resolveAge: 0,
    dataScrubber: true,
    dataScrubberDefaults: true,
    safeFields: [],
    storeCrashReports: null,
    sensitiveFields: [],
    subjectTemplate: '$shortID - $title',
    securityToken: '',
    securityTokenHeader: null,
    verifySSL: false,
    scrubIPAddresses: false,
    scrapeJavaScript: false,
    enableAutoReleaseCreation: true,
    highlightTags: ['handled', 'level'],
    highlightContext: {},
    highlightPreset: { tags: ['handled', 'level'], context: {} },
    groupingConfig: GROUPING_CONFIG,
    derivedGroupingEnhancements: '',
    groupingEnhancements: '',
    secondaryGroupingExpiry: 0,
    secondaryGroupingConfig: null,
    fingerprintingRules: '',
    processingIssues: 0,
    defaultEnvironment: null,
    relayPiiConfig: null,
    builtinSymbolSources: [],
    dynamicSamplingBiases: null,
    symbolSources: '[]',
    isDynamicallySampled: false,
    tempestFetchScreenshots: false,
    autofixAutomationTuning: 'off',
    seerScannerAutomation: false,
    seerNightshiftTweaks: null,
    scmSourceContextEnabled: false,
    debugFilesRole: null,
  };
}

/** `http://key@host[/prefix]/project`. */
export function dsnOf(baseUrl: string, key: string, projectId: number): string {
  const url = new URL(baseUrl);
  url.username = key;
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${projectId}`;
  url.search = '';
  url.hash = '';
  return url.href;
}

export function showKey(parts: ServerParts, request: Request, key: KeyRow): Record<string, unknown> {
  const base = parts.baseUrl(request);
  const dsn = dsnOf(base, key.public, key.project_id);
  return {
    id: key.public,
    name: key.label,
    label: key.label,
    public: key.public,
    secret: key.secret,
    projectId: key.project_id,
    isActive: key.is_active,
    rateLimit:
      key.limit_count === null || key.limit_seconds === null
        ? null
        : { count: key.limit_count, window: key.limit_seconds },
    dsn: {
      public: dsn,
      secret: dsn.replace(key.public, `${key.public}:${key.secret}`),
      csp: `${base}/api/${key.project_id}/csp-report/?sentry_key=${key.public}`,
      security: `${base}/api/${key.project_id}/security/?sentry_key=${key.public}`,
      minidump: `${base}/api/${key.project_id}/minidump/?sentry_key=${key.public}`,
      nel: `${base}/api/${key.project_id}/nel/?sentry_key=${key.public}`,
      unreal: `${base}/api/${key.project_id}/unreal/${key.public}/`,
      crons: `${base}/api/${key.project_id}/cron/___MONITOR_SLUG___/${key.public}/`,
      cdn: '',
      playstation: '',
      integration: `${base}/api/${key.project_id}/integration/`,
      otlp_traces: `${base}/api/${key.project_id}/integration/otlp/v1/traces/`,
      otlp_logs: `${base}/api/${key.project_id}/integration/otlp/v1/logs/`,
    },
    browserSdkVersion: 'latest',
    browserSdk: { choices: [['latest', 'latest']] },
    dateCreated: showTime(key.created_at),
    dynamicSdkLoaderOptions: {
      hasReplay: false,
      hasPerformance: false,
      hasDebug: false,
      hasFeedback: false,
      hasLogsAndMetrics: false,
    },
  };
}
