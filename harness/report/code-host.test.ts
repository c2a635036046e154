import { expect, test } from 'vitest';
import { readCodeHost } from './code-host.ts';

const GITHUB = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/shop' };

test.each([
  ['GitHub', GITHUB, 'https://github.com/acme/shop/tree/mend/shop-1-a%23b'],
  [
    'Gitea',
    { ...GITHUB, GITHUB_SERVER_URL: 'https://git.acme.dev/', GITEA_ACTIONS: 'true' },
    'https://git.acme.dev/acme/shop/src/branch/mend/shop-1-a%23b',
  ],
  [
    'GitLab',
    { CI_PROJECT_URL: 'https://u:pw@gitlab.com/acme/web/shop' },
    'https://gitlab.com/acme/web/shop/-/tree/mend/shop-1-a%23b',
  ],
])('links a branch on %s', (_, env, url) => {
  expect(readCodeHost(env)?.branchUrl('mend/shop-1-a#b')).toBe(url);
});

test.each([
  ['no variables', {}],
  ['a repository of another form', { ...GITHUB, GITHUB_REPOSITORY: 'a/b/c"onload' }],
  ['a server that is no web address', { ...GITHUB, GITHUB_SERVER_URL: 'javascript:alert(1)' }],
])('knows no host from %s', (_, env) => {
  expect(readCodeHost(env)).toBeUndefined();
});
