/** What every GitLab job that runs code begins with: what earlier nights left, the packages and the browser, both from a cache. */
import { installCommand } from './choose-commands.ts';
import type { Manager, Repository } from './look-at-repository.ts';

/** GitLab caches only what lies in the project's folder. */
const CACHE = '.mendwright-cache';

/** Where each package manager keeps what it has downloaded: the variable, or the command that tells it. */
const STORES: Readonly<Record<Manager, { readonly variable?: string; readonly command?: string }>> = {
  npm: { variable: 'npm_config_cache' },
  pnpm: { command: `pnpm config set store-dir "$CI_PROJECT_DIR/${CACHE}/packages"` },
  yarn: { variable: 'YARN_CACHE_FOLDER' },
  'yarn-berry': { variable: 'YARN_CACHE_FOLDER' },
  bun: { variable: 'BUN_INSTALL_CACHE_DIR' },
};

/** The variables that lead downloads into the cache, and the cache: one for each state of the lock file. */
export function formatCache({ manager, python, lockFile }: Repository): string {
  const { variable } = STORES[manager];
  const place = (folder: string): string => `$CI_PROJECT_DIR/${CACHE}/${folder}`;
  const variables = {
    ...(variable !== undefined && { [variable]: place('packages') }),
    ...(python && { PIP_CACHE_DIR: place('pip') }),
    PLAYWRIGHT_BROWSERS_PATH: place('browsers'),
  };
  const key =
    lockFile === undefined
      ? 'key: mendwright'
      : `key:
      prefix: mendwright
      files: [${JSON.stringify(lockFile)}]`;
  return `${Object.entries(variables)
    .map(([name, value]) => `    ${name}: ${value}`)
    .join('\n')}
  cache:
    ${key}
    paths: [${CACHE}/]
    when: always
`;
}

/** What jobs lay into the checkout would count as changes of it. */
const HIDE = `printf '/%s/\\n' ${CACHE} mendwright-shards mendwright-issues mendwright-branches mendwright-reports >> .git/info/exclude`;

export function gitlabSetUp(repository: Repository): string[] {
  const { root, manager, packageJson, python, has } = repository;
  const { command } = STORES[manager];
  const install =
    packageJson === undefined ? 'npm install --no-save mendwright @playwright/test' : installCommand(repository);
  return [
    HIDE,
    "git fetch origin '+refs/heads/mend/*:refs/heads/mend/*' '+refs/mendwright/*:refs/mendwright/*'",
    ...(manager === 'pnpm' || manager === 'yarn-berry' ? ['corepack enable'] : []),
    ...(manager === 'bun' ? ['npm install --global bun'] : []),
    ...(command === undefined ? [] : [command]),
    ...(python ? ['apt-get update && apt-get install -y python3-pip python-is-python3'] : []),
    ...(root === '.' ? [] : [`cd '${root.replaceAll("'", "'\\''")}'`]),
    ...(python && has('requirements.txt') ? ['pip install --break-system-packages -r requirements.txt'] : []),
    install,
    'npx playwright install --with-deps --only-shell chromium',
  ];
}
