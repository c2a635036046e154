/** Where the repository's branches are shown, as CI's own variables tell it. */

export interface CodeHost {
  /** The repository's page, without a slash at its end. */
  readonly repository: string;
  /** The page of a branch. */
  readonly branchUrl: (branch: string) => string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** GitHub Actions, GitLab CI and Gitea or Forgejo Actions; undefined elsewhere. */
export function readCodeHost(env: Environment): CodeHost | undefined {
  const gitlab = webAddress(env.CI_PROJECT_URL);
  if (gitlab !== undefined) return host(gitlab, '/-/tree/');
  if (env.GITHUB_REPOSITORY === undefined || !/^[\w.-]+\/[\w.-]+$/.test(env.GITHUB_REPOSITORY)) return undefined;
  const server = webAddress(env.GITHUB_SERVER_URL);
  if (server === undefined) return undefined;
  const isGitea = env.GITEA_ACTIONS === 'true' || env.FORGEJO_ACTIONS === 'true';
  return host(`${server}/${env.GITHUB_REPOSITORY}`, isGitea ? '/src/branch/' : '/tree/');
}

function host(repository: string, tree: string): CodeHost {
  return {
    repository,
    branchUrl: (branch) => `${repository}${tree}${branch.split('/').map(encodeURIComponent).join('/')}`,
  };
}

/** Name and password of an address are left out. */
function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
