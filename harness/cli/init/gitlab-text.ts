/** The nightly jobs for GitLab: those that run code have no token that writes, the one that publishes runs no code. */
import { installCommand } from './choose-commands.ts';
import type { Repository } from './look-at-repository.ts';

export function formatGitlab(repository: Repository, shards: number): string {
  const { root, manager, packageJson, python, has } = repository;
  const enter = root === '.' ? [] : [`cd '${root.replaceAll("'", "'\\''")}'`];
  const install =
    packageJson === undefined ? 'npm install --no-save mendwright @playwright/test' : installCommand(repository);
  const setUp = [
    "git fetch origin '+refs/heads/mend/*:refs/heads/mend/*' '+refs/mendwright/*:refs/mendwright/*'",
    ...(manager === 'pnpm' || manager === 'yarn-berry' ? ['corepack enable'] : []),
    ...(manager === 'bun' ? ['npm install --global bun'] : []),
    ...(python ? ['apt-get update && apt-get install -y python3-pip python-is-python3'] : []),
    ...enter,
    ...(python && has('requirements.txt') ? ['pip install --break-system-packages -r requirements.txt'] : []),
    install,
    'npx playwright install --with-deps --only-shell chromium',
  ];
  const isSharded = shards > 1;
  const script = (lines: readonly string[]): string => lines.map((line) => `    - ${JSON.stringify(line)}`).join('\n');
  const codes = 'allow_failure: { exit_codes: 1 }';
  const sharded = `mendwright-scenarios:
  extends: .mendwright
  stage: test
  parallel: ${shards}
  # 1 says that errors remain: the night below deals with them.
  script:
${script([...setUp, 'npx mendwright run --shard "$CI_NODE_INDEX/$CI_NODE_TOTAL" || [ $? = 1 ]', `mkdir -p "$CI_PROJECT_DIR/mendwright-shards" && cp -R "$CI_PROJECT_DIR/.mendwright/runs" "$CI_PROJECT_DIR/mendwright-shards/$CI_NODE_INDEX"`])}
  artifacts:
    paths: [mendwright-shards/]
    expire_in: 1 week

`;
  const night = isSharded
    ? 'npx mendwright nightly --runs "$CI_PROJECT_DIR"/mendwright-shards/*/* || code=$?'
    : 'npx mendwright nightly || code=$?';
  return `# Runs the scenarios every night, and leaves a branch for each error whose cure was proven.
# Make a schedule (Build > Pipeline schedules) with the variable MENDWRIGHT = nightly.

.mendwright:
  image: node:24-bookworm
  rules:
    - if: $MENDWRIGHT == "nightly"
  # Two nights at once would race for the same branches.
  interruptible: false
  variables:
    # The whole history: blame and the last green commits rest on it.
    GIT_DEPTH: '0'
  cache:
    key: mendwright
    paths: [.npm/]

${isSharded ? sharded : ''}# Runs the app and candidate patches: it has no token that writes.
mendwright-night:
  extends: .mendwright
  stage: test
${isSharded ? '  needs: [mendwright-scenarios]\n' : ''}  resource_group: mendwright
  ${codes}
  script:
${script([
  ...setUp,
  'code=0',
  night,
  'if [ "$code" -gt 1 ]; then exit "$code"; fi',
  'cd "$CI_PROJECT_DIR" && mkdir -p mendwright-branches',
  "git for-each-ref --format='%(refname)' refs/heads/mend/ refs/mendwright/ > mendwright-branches/refs",
  "if [ -s mendwright-branches/refs ]; then echo '^HEAD' >> mendwright-branches/refs; git bundle create mendwright-branches/branches.bundle --stdin < mendwright-branches/refs; fi",
  'exit "$code"',
])}
  artifacts:
    when: always
    paths: [.mendwright/runs/, mendwright-branches/]
    reports:
      junit: .mendwright/runs/*/junit.xml
    expire_in: 1 week

# Writes branches, and runs nothing of the repository. MENDWRIGHT_PUSH_TOKEN is a project access token with write_repository;
# give the variable the environment scope mendwright-publish, so that no other job sees it.
mendwright-publish:
  image: node:24-bookworm
  stage: deploy
  needs: [mendwright-night]
  rules:
    - if: $MENDWRIGHT == "nightly"
  environment: { name: mendwright-publish, action: access }
  variables:
    GIT_DEPTH: '0'
  script:
${script(PUBLISH)}
`;
}

const PUBLISH = [
  'if [ ! -f mendwright-branches/branches.bundle ]; then echo "No branch was written."; exit 0; fi',
  "git fetch mendwright-branches/branches.bundle '+refs/heads/mend/*:refs/heads/mend/*' '+refs/mendwright/*:refs/mendwright/*'",
  "git fetch origin '+refs/heads/mend/*:refs/remotes/origin/mend/*'",
  'remote="https://mendwright:$MENDWRIGHT_PUSH_TOKEN@$CI_SERVER_HOST:$CI_SERVER_PORT/$CI_PROJECT_PATH.git"',
  `for branch in $(git for-each-ref --format='%(refname:lstrip=2)' refs/heads/mend/); do
  old=$(git rev-parse --verify --quiet "refs/remotes/origin/$branch" || true)
  if [ "$old" = "$(git rev-parse "refs/heads/$branch")" ]; then continue; fi
  if [ -n "$old" ] && [ "$(git log -1 --format=%an "$old")" != mendwright ]; then echo "$branch holds somebody's commits and was left alone."; continue; fi
  git push --force-with-lease="refs/heads/$branch:$old" "$remote" "refs/heads/$branch"
done`,
  'git for-each-ref --format=\'%(refname)\' refs/mendwright/ | xargs -r git push "$remote"',
];
