/** Organisation, projects and keys as the Web API shows them. */
import type { ServerParts } from '../server-parts.ts';
import type { KeyRow, ProjectRow } from '../storage/rows.ts';

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
    access: ['org:read', 'project:read', 'project:releases', 'event:read', 'event:write'],
  };
}

export function showProject(project: ProjectRow): Record<string, unknown> {
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
    access: ['project:read', 'project:releases', 'event:read', 'event:write'],
    features: ['releases'],
    teams: [],
    platforms: project.platform === null ? [] : [project.platform],
    firstEvent: null,
    avatar: { avatarType: 'letter_avatar', avatarUuid: null },
    color: '#3f70bf',
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
