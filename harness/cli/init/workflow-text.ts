/** The nightly workflow for GitHub: one job that runs code and may write nothing, one that writes and runs none. */
import { indented, pushBranches } from './bundle-text.ts';
import { installCommand } from './choose-commands.ts';
import { uses } from './github-actions.ts';
import type { Repository } from './look-at-repository.ts';
import { formatPullRequestJob } from './pull-request-job.ts';

const LOCK_GLOBS = "hashFiles('**/package-lock.json', '**/pnpm-lock.yaml', '**/yarn.lock', '**/bun.lock*')";

/** Every workflow's first settings: when it runs, and that its jobs may do nothing but what each says. */
export const NIGHTLY = `name: mendwright

on:
  schedule:
    - cron: '17 2 * * *'
  workflow_dispatch:

# Two nights at once would race for the same branches: the later one waits.
concurrency:
  group: mendwright
  cancel-in-progress: false

permissions: {}
`;

export function formatWorkflow(repository: Repository): string {
  const folder = repository.root === '.' ? '' : repository.root;
  return `# Runs the scenarios every night, and leaves a branch for each error whose cure was proven.
${NIGHTLY}
jobs:
  night:
    runs-on: ubuntu-latest
    timeout-minutes: 90
    # This job runs the app and candidate patches: it can read, and write nothing.
    permissions:
      contents: read
    steps:
${formatGround(repository)}      - name: Run the night
        id: night
        # 1 says that errors remain: the report has them, and the branches shall be published all the same.
        run: |
          code=0
          npx mendwright nightly || code=$?
          echo "code=$code" >> "$GITHUB_OUTPUT"
          if [ "$code" -gt 1 ]; then exit "$code"; fi${inFolder(folder)}
        # For a hosted Sentry: a token with org:read, project:read, event:read and event:write.
        # env:
        #   SENTRY_AUTH_TOKEN: \${{ secrets.SENTRY_AUTH_TOKEN }}
      - name: Bundle the branches
        if: steps.night.outputs.code == '0' || steps.night.outputs.code == '1'
        run: |
          mkdir -p mendwright-branches
          git for-each-ref --format='%(refname)' refs/heads/mend/ refs/mendwright/ > mendwright-branches/refs
          if [ -s mendwright-branches/refs ]; then
            echo '^HEAD' >> mendwright-branches/refs
            git bundle create mendwright-branches/branches.bundle --stdin < mendwright-branches/refs
          fi
      - ${uses('actions/upload-artifact')}
        if: steps.night.outputs.code == '0' || steps.night.outputs.code == '1'
        with:
          name: mendwright-branches
          path: mendwright-branches/
          retention-days: 7
      - ${uses('actions/upload-artifact')}
        if: always()
        with:
          name: mendwright-report
          path: .mendwright/runs/
          # The folder's name begins with a dot.
          include-hidden-files: true
          if-no-files-found: ignore

  publish:
    needs: night
    runs-on: ubuntu-latest
    timeout-minutes: 10
    # This job can write branches, and runs nothing of the repository.
    permissions:
      contents: write
    steps:
      - ${uses('actions/checkout')}
        with:
          fetch-depth: 0
      - ${uses('actions/download-artifact')}
        with:
          name: mendwright-branches
          path: \${{ runner.temp }}/mendwright-branches
      - name: Push the branches
        env:
          BUNDLE: \${{ runner.temp }}/mendwright-branches/branches.bundle
          REMOTE: origin
        run: |
          if [ ! -f "$BUNDLE" ]; then echo "No branch was written."; exit 0; fi
          git fetch "$BUNDLE" '+refs/heads/mend/*:refs/heads/mend/*' '+refs/mendwright/*:refs/mendwright/*'
          git fetch origin '+refs/heads/mend/*:refs/remotes/origin/mend/*'
${indented(pushBranches('::notice::'), 10)}          git for-each-ref --format='%(refname)' refs/mendwright/ | xargs -r git push "$REMOTE"
${formatPullRequestJob()}`;
}

/** What every job that runs code begins with: the whole history, what earlier nights left, the packages, the browser. */
export function formatGround(repository: Repository): string {
  const folder = repository.root === '.' ? '' : repository.root;
  return `      - ${uses('actions/checkout')}
        with:
          fetch-depth: 0
          # No token stays on disk for the code that is run below.
          persist-credentials: false
      - name: Fetch what earlier nights left
        env:
          TOKEN: \${{ github.token }}
        run: |
          auth="AUTHORIZATION: basic $(printf 'x-access-token:%s' "$TOKEN" | base64 -w0)"
          git -c http.extraHeader="$auth" fetch origin '+refs/heads/mend/*:refs/heads/mend/*'
          git -c http.extraHeader="$auth" fetch origin '+refs/mendwright/*:refs/mendwright/*'
${setUp(repository)}
      - ${uses('actions/cache')}
        with:
          path: ~/.cache/ms-playwright
          key: playwright-\${{ runner.os }}-\${{ ${LOCK_GLOBS} }}
      - name: Install the browser
        run: npx playwright install --with-deps --only-shell chromium${inFolder(folder)}
`;
}

export function inFolder(folder: string): string {
  return folder === '' ? '' : `\n        working-directory: ${JSON.stringify(folder)}`;
}

/** Node for Mendwright itself, the package manager, and what the app needs. */
function setUp(repository: Repository): string {
  const { manager, hasLockFile, packageJson, python, root } = repository;
  const folder = root === '.' ? '' : root;
  const steps = [
    ...(manager === 'pnpm' ? [`      - ${uses('pnpm/action-setup')}`] : []),
    ...(manager === 'bun' ? [`      - ${uses('oven-sh/setup-bun')}`] : []),
    `      - ${uses('actions/setup-node')}`,
    '        with:',
    '          node-version: 24',
    ...(hasLockFile && manager !== 'bun' ? [`          cache: ${manager === 'yarn-berry' ? 'yarn' : manager}`] : []),
    ...(hasLockFile && manager !== 'bun' && isOwnLock(repository) && folder !== ''
      ? [`          cache-dependency-path: ${JSON.stringify(`${folder}/*lock*`)}`]
      : []),
    ...(manager === 'yarn-berry' ? ['      - run: corepack enable'] : []),
    ...(python ? [`      - ${uses('actions/setup-python')}`, '        with:', "          python-version: '3.x'"] : []),
    ...(python && repository.has('requirements.txt')
      ? [`      - run: pip install -r requirements.txt${inFolder(folder)}`]
      : []),
    packageJson === undefined
      ? '      - run: npm install --no-save mendwright @playwright/test'
      : `      - run: ${installCommand(repository)}`,
  ];
  return `${steps.join('\n')}${inFolder(packageJson === undefined || isOwnLock(repository) ? folder : '')}`;
}

/** A workspace is installed from the top of its repository. */
function isOwnLock({ has }: Repository): boolean {
  return ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb', 'npm-shrinkwrap.json'].some(has);
}
