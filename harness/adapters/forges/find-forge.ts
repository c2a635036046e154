/** Which code host a repository lies on: as configured, else told from the remote's address and from what the CI says of itself. */
import { Failure } from '../../model/failure.ts';
import type { ForgeKind } from '../../model/forge-kind.ts';
import { type RemoteAddress, readRemote } from './read-remote.ts';

export interface ForgeAddress {
  readonly kind: ForgeKind;
  /** Address of the API without a slash at its end. */
  readonly api: string;
  /** As the host's adapter takes it: `owner/name`, `group/subgroup/project`, `project/name`. */
  readonly repository: string;
  /** The variable that holds the token. */
  readonly tokenName: string;
}

export interface ForgeSource {
  readonly config: {
    readonly kind?: ForgeKind | undefined;
    /** Of its web pages, with its path where it has one. */
    readonly url?: string | undefined;
    readonly repository?: string | undefined;
    readonly token?: string | undefined;
  };
  /** The remote's address; undefined where there is none. */
  readonly remote: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where tokens are looked for, in this order. */
export const TOKENS: Readonly<Record<ForgeKind, readonly string[]>> = {
  github: ['GITHUB_TOKEN', 'GH_TOKEN'],
  gitlab: ['GITLAB_TOKEN', 'MENDWRIGHT_PUSH_TOKEN'],
  bitbucket: ['BITBUCKET_TOKEN'],
  azure: ['AZURE_DEVOPS_TOKEN', 'SYSTEM_ACCESSTOKEN'],
  gitea: ['GITEA_TOKEN', 'FORGEJO_TOKEN'],
};

/** Undefined where nothing tells which host it is. Throws the usage Failure `forge-unknown` where the configuration does not suffice. */
export function findForge({ config, remote, env }: ForgeSource): ForgeAddress | undefined {
  const at = remote === undefined ? undefined : readRemote(remote);
  const ci = readCi(env);
  const isSame = ci !== undefined && at !== undefined && hostOf(ci.url) === withoutPort(at.host);
  const kind = config.kind ?? (isSame ? ci.kind : undefined) ?? (at && kindOf(at.host));
  const isConfigured = Object.values(config).some((value) => value !== undefined);
  if (kind === undefined) {
    if (!isConfigured) return undefined;
    throw new Failure('usage', 'forge-unknown', 'publish.forge does not say which kind of host it is.', {
      hint: 'Set publish.forge.kind: github, gitlab, bitbucket, azure or gitea.',
    });
  }
  const own = isSame && ci.kind === kind ? ci : undefined;
  const url = webAddress(config.url) ?? own?.url ?? (at && webOf(kind, at));
  const repository = config.repository ?? own?.repository ?? (at && repositoryOf(kind, at, url));
  if (url === undefined || repository === undefined || !isRepository(kind, repository)) {
    if (!isConfigured) return undefined;
    const missing = url === undefined ? 'url' : 'repository';
    throw new Failure('usage', 'forge-unknown', `publish.forge.${missing} is missing or of another form.`, {
      hint: `Set it; a repository is ${FORMS[kind]}.`,
    });
  }
  const tokenName = config.token ?? TOKENS[kind].find((name) => env[name]) ?? TOKENS[kind][0] ?? '';
  return { kind, api: own?.api ?? apiOf(kind, url), repository, tokenName };
}

const FORMS: Readonly<Record<ForgeKind, string>> = {
  github: 'owner/name',
  gitlab: 'group/project, with all subgroups',
  bitbucket: 'workspace/name',
  azure: 'project/name, and the url ends with the organisation',
  gitea: 'owner/name',
};

interface Ci {
  readonly kind: ForgeKind;
  readonly url: string;
  readonly repository: string | undefined;
  readonly api?: string | undefined;
}

/** What the CI tells of the host that it belongs to. */
function readCi(env: ForgeSource['env']): Ci | undefined {
  const gitea = env.GITEA_ACTIONS === 'true' || env.FORGEJO_ACTIONS === 'true';
  if (gitea || env.GITHUB_ACTIONS === 'true') {
    const url = webAddress(env.GITHUB_SERVER_URL);
    const api = gitea ? undefined : webAddress(env.GITHUB_API_URL);
    return url === undefined
      ? undefined
      : { kind: gitea ? 'gitea' : 'github', url, repository: env.GITHUB_REPOSITORY, api };
  }
  if (env.GITLAB_CI === 'true') {
    const url = webAddress(env.CI_SERVER_URL);
    const api = webAddress(env.CI_API_V4_URL);
    return url === undefined ? undefined : { kind: 'gitlab', url, repository: env.CI_PROJECT_PATH, api };
  }
  if (env.BITBUCKET_REPO_FULL_NAME !== undefined)
    return { kind: 'bitbucket', url: 'https://bitbucket.org', repository: env.BITBUCKET_REPO_FULL_NAME };
  if (env.TF_BUILD !== undefined && env.BUILD_REPOSITORY_PROVIDER !== 'GitHub') {
    const url = webAddress(env.SYSTEM_COLLECTIONURI);
    const { SYSTEM_TEAMPROJECT: project, BUILD_REPOSITORY_NAME: name } = env;
    const repository = project === undefined || name === undefined ? undefined : `${project}/${name}`;
    return url === undefined ? undefined : { kind: 'azure', url, repository };
  }
  return undefined;
}

const HOSTS: readonly (readonly [RegExp, ForgeKind])[] = [
  [/(?:^|\.)github\.com$|\.ghe\.com$|^github\./, 'github'],
  [/^gitlab\./, 'gitlab'],
  [/(?:^|\.)bitbucket\.org$/, 'bitbucket'],
  [/^(?:ssh\.)?dev\.azure\.com$|\.visualstudio\.com$/, 'azure'],
  [/^codeberg\.org$|^(?:gitea|forgejo)\./, 'gitea'],
];

/** By names that are known, or that say it themselves: `gitlab.example.com`. */
function kindOf(host: string): ForgeKind | undefined {
  return HOSTS.find(([pattern]) => pattern.test(withoutPort(host)))?.[1];
}

function webOf(kind: ForgeKind, { host, protocol, path }: RemoteAddress): string {
  if (kind === 'bitbucket') return 'https://bitbucket.org';
  const [first = '', second = ''] = path.split('/');
  if (kind === 'azure' && /(?:^|\.)dev\.azure\.com$/.test(host))
    return `https://dev.azure.com/${encodeURIComponent(first === 'v3' ? second : first)}`;
  if (kind === 'azure' && host === 'vs-ssh.visualstudio.com')
    return `https://${encodeURIComponent(second)}.visualstudio.com`;
  if (host === 'ssh.github.com') return 'https://github.com';
  return `${protocol}//${host}`;
}

function repositoryOf(kind: ForgeKind, { path }: RemoteAddress, url: string | undefined): string {
  if (kind === 'azure') return azureRepository(path);
  const prefix = url === undefined ? '' : new URL(url).pathname.replace(/^\/|\/$/g, '');
  return prefix !== '' && path.startsWith(`${prefix}/`) ? path.slice(prefix.length + 1) : path;
}

/** `org/project/_git/name`, `DefaultCollection/project/_git/name`, `org/_git/name` (project of the same name), `v3/org/project/name`. */
function azureRepository(path: string): string {
  const parts = path.split('/');
  if (parts[0] === 'v3') return parts.slice(2, 4).join('/');
  const mark = parts.indexOf('_git');
  const name = parts[mark + 1] ?? '';
  const project = mark >= 1 ? parts[mark - 1] : undefined;
  const isNamed = mark >= 2 || (mark === 1 && project !== 'DefaultCollection');
  return mark === -1 ? '' : `${isNamed && mark >= 2 ? project : name}/${name}`;
}

function isRepository(kind: ForgeKind, repository: string): boolean {
  const parts = repository.split('/');
  const isWhole = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  return isWhole && (kind === 'gitlab' ? parts.length >= 2 : parts.length === 2);
}

function apiOf(kind: ForgeKind, url: string): string {
  const { protocol, host } = new URL(url);
  switch (kind) {
    case 'github':
      if (/^(?:www\.)?github\.com$/.test(host)) return 'https://api.github.com';
      return host.endsWith('.ghe.com') ? `${protocol}//api.${host}` : `${url}/api/v3`;
    case 'gitlab':
      return `${url}/api/v4`;
    case 'bitbucket':
      return host === 'bitbucket.org' ? 'https://api.bitbucket.org/2.0' : `${url}/2.0`;
    case 'azure':
      return url;
    case 'gitea':
      return `${url}/api/v1`;
  }
}

/** Without user and query; undefined for what is no web address. */
function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function hostOf(url: string): string {
  return new URL(url).hostname.toLowerCase();
}

function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}
