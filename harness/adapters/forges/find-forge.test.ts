import { expect, test } from 'vitest';
import { findForge } from './find-forge.ts';

const GITHUB_CI = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SERVER_URL: 'https://git.acme.example',
  GITHUB_API_URL: 'https://git.acme.example/api/v3',
  GITHUB_REPOSITORY: 'acme/shop',
};
const GITLAB_CI = {
  GITLAB_CI: 'true',
  CI_SERVER_URL: 'https://acme.example/gitlab',
  CI_API_V4_URL: 'https://acme.example/gitlab/api/v4',
  CI_PROJECT_PATH: 'team/web/shop',
};

test.each<[string, string, Record<string, string>, [kind: string, api: string, repository: string] | undefined]>([
  ['https', 'https://github.com/acme/shop.git', {}, ['github', 'https://api.github.com', 'acme/shop']],
  ['with a token', 'https://jo:s3cret@github.com/acme/shop', {}, ['github', 'https://api.github.com', 'acme/shop']],
  ['scp', 'git@github.com:acme/shop.git', {}, ['github', 'https://api.github.com', 'acme/shop']],
  ['ssh over 443', 'ssh://git@ssh.github.com:443/acme/shop', {}, ['github', 'https://api.github.com', 'acme/shop']],
  ['data residency', 'https://acme.ghe.com/a/shop', {}, ['github', 'https://api.acme.ghe.com', 'a/shop']],
  [
    'Enterprise by its name',
    'git@github.acme.example:a/b',
    {},
    ['github', 'https://github.acme.example/api/v3', 'a/b'],
  ],
  [
    'Enterprise by its CI',
    'https://git.acme.example/acme/shop',
    GITHUB_CI,
    ['github', 'https://git.acme.example/api/v3', 'acme/shop'],
  ],
  ['a CI of another host', 'https://git.other.example/acme/shop', GITHUB_CI, undefined],
  ['GitLab', 'git@gitlab.com:a/b/c/shop.git', {}, ['gitlab', 'https://gitlab.com/api/v4', 'a/b/c/shop']],
  [
    'GitLab by its name',
    'https://gitlab.acme.example/a/shop',
    {},
    ['gitlab', 'https://gitlab.acme.example/api/v4', 'a/shop'],
  ],
  [
    'GitLab below a path',
    'https://acme.example/gitlab/team/web/shop.git',
    GITLAB_CI,
    ['gitlab', 'https://acme.example/gitlab/api/v4', 'team/web/shop'],
  ],
  [
    'GitLab below a path, by ssh',
    'git@acme.example:team/web/shop.git',
    GITLAB_CI,
    ['gitlab', 'https://acme.example/gitlab/api/v4', 'team/web/shop'],
  ],
  ['Bitbucket', 'git@bitbucket.org:acme/shop.git', {}, ['bitbucket', 'https://api.bitbucket.org/2.0', 'acme/shop']],
  [
    'Bitbucket’s CI',
    'http://bitbucket.org/acme/shop',
    { BITBUCKET_REPO_FULL_NAME: 'acme/shop' },
    ['bitbucket', 'https://api.bitbucket.org/2.0', 'acme/shop'],
  ],
  [
    'Azure',
    'https://acme@dev.azure.com/acme/My%20Shop/_git/web',
    {},
    ['azure', 'https://dev.azure.com/acme', 'My Shop/web'],
  ],
  [
    'Azure, project of the same name',
    'https://dev.azure.com/acme/_git/shop',
    {},
    ['azure', 'https://dev.azure.com/acme', 'shop/shop'],
  ],
  ['Azure by ssh', 'git@ssh.dev.azure.com:v3/acme/shop/web', {}, ['azure', 'https://dev.azure.com/acme', 'shop/web']],
  [
    'Visual Studio',
    'https://acme.visualstudio.com/DefaultCollection/shop/_git/web',
    {},
    ['azure', 'https://acme.visualstudio.com', 'shop/web'],
  ],
  [
    'a server of Azure',
    'https://tfs.acme.example/tfs/Main/shop/_git/web',
    {
      TF_BUILD: 'True',
      SYSTEM_COLLECTIONURI: 'https://tfs.acme.example/tfs/Main/',
      SYSTEM_TEAMPROJECT: 'shop',
      BUILD_REPOSITORY_NAME: 'web',
    },
    ['azure', 'https://tfs.acme.example/tfs/Main', 'shop/web'],
  ],
  ['Codeberg', 'https://codeberg.org/acme/shop.git', {}, ['gitea', 'https://codeberg.org/api/v1', 'acme/shop']],
  [
    'Forgejo by its CI',
    'https://git.acme.example:8443/acme/shop',
    { ...GITHUB_CI, FORGEJO_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://git.acme.example:8443' },
    ['gitea', 'https://git.acme.example:8443/api/v1', 'acme/shop'],
  ],
  ['a folder', '/srv/git/shop.git', GITHUB_CI, undefined],
  ['a host that nobody knows', 'https://git.acme.example/acme/shop', {}, undefined],
  ['a path that is none', 'https://github.com/acme', {}, undefined],
])('tells the host from %s', (_, remote, env, expected) => {
  const found = findForge({ config: {}, remote, env });

  expect(found && [found.kind, found.api, found.repository]).toEqual(expected);
});

test('takes what is configured before all else', () => {
  const remote = 'https://git.acme.example/code/acme/shop.git';
  const config = { kind: 'gitea', url: 'https://git.acme.example/code', token: 'SHOP_TOKEN' } as const;

  expect(findForge({ config, remote, env: GITHUB_CI })).toEqual({
    kind: 'gitea',
    api: 'https://git.acme.example/code/api/v1',
    repository: 'acme/shop',
    tokenName: 'SHOP_TOKEN',
  });
});

test.each([
  ['GITHUB_TOKEN', {}],
  ['GITHUB_TOKEN', { GITHUB_TOKEN: 'a', GH_TOKEN: 'b' }],
  ['GH_TOKEN', { GITHUB_TOKEN: '', GH_TOKEN: 'b' }],
])('looks for the token in %s', (name, env) => {
  expect(findForge({ config: {}, remote: 'git@github.com:a/b', env })?.tokenName).toBe(name);
});

test.each<[string, Parameters<typeof findForge>[0]['config'], string]>([
  ['no kind', { url: 'https://git.acme.example' }, 'kind: github'],
  ['no repository', { kind: 'gitlab', url: 'https://gitlab.com', repository: 'shop' }, 'a repository is group/project'],
  ['no url', { kind: 'gitea', repository: 'a/b' }, 'publish.forge.url is missing'],
])('says what the configuration lacks: %s', (_, config, words) => {
  let failure: unknown;
  try {
    findForge({ config, remote: undefined, env: {} });
  } catch (error) {
    failure = error;
  }

  expect(failure).toMatchObject({ kind: 'usage', code: 'forge-unknown' });
  expect(`${String(failure)} ${JSON.stringify(failure)}`).toContain(words);
});
