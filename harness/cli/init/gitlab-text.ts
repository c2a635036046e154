/** The nightly jobs for GitLab: those that run code have no token that writes, the one that publishes runs no code. */
import { BUNDLE_REFS, indented, pushBranches, pushBundles, REMEMBER_REFS } from './bundle-text.ts';
import { formatCache, gitlabSetUp } from './gitlab-ground.ts';
import type { Repository } from './look-at-repository.ts';
import { formatMergeRequestJob } from './pull-request-job.ts';

/** So many jobs share a night's issues. GitLab takes no matrix that a job has made, so that their number is fixed. */
const FIX_JOBS = 4;

/** 1 says that errors remain: a warning. */
const CODES = 'allow_failure: { exit_codes: 1 }';
const ISSUES = `JSON.parse(require("fs").readFileSync(0, "utf8")).issues.filter((i) => i.result === null).map((i) => i.shortId)`;

export function formatGitlab(repository: Repository, shards: number): string {
  const setUp = gitlabSetUp(repository);
  return `# Runs the scenarios every night, and leaves a branch for each error whose cure was proven.
# Make a schedule (Build > Pipeline schedules) with the variable MENDWRIGHT = nightly.

.mendwright:
  image: node:24-bookworm
  stage: test
  timeout: 90 minutes
  rules:
    - if: $MENDWRIGHT == "nightly"
  interruptible: false
  variables:
    # The whole history: blame and the last green commits rest on it.
    GIT_DEPTH: '0'
${formatCache(repository)}
${shards > 1 ? formatSharded(setUp, shards) : formatWhole(setUp)}
# Writes branches, and runs nothing of the repository. MENDWRIGHT_PUSH_TOKEN is a project access token with write_repository;
# give the variable the environment scope mendwright-publish, so that no other job sees it.
mendwright-publish:
  image: node:24-bookworm
  stage: deploy
  timeout: 10 minutes
  needs: [${shards > 1 ? 'mendwright-issues, mendwright-fix' : 'mendwright-night'}]
  rules:
    - if: $MENDWRIGHT == "nightly"
${shards > 1 ? '      # Also when one of the jobs above failed: the others’ branches stand.\n      when: always\n' : ''}  # Two nights at once would race for the same branches.
  resource_group: mendwright
  environment: { name: mendwright-publish, action: access }
  variables:
    GIT_DEPTH: '0'
  script:
${block([ADDRESS, shards > 1 ? `BUNDLES=mendwright-branches\n${pushBundles('')}` : PUSH])}${formatMergeRequestJob(shards > 1 ? ['mendwright-issues', 'mendwright-fix'] : ['mendwright-night'])}`;
}

/** Each entry a script of its own in the list. */
function block(scripts: readonly string[]): string {
  return scripts.map((text) => `    - |\n${indented(`${text.trimEnd()}\n`, 6)}`).join('');
}

function formatWhole(setUp: readonly string[]): string {
  return `# Runs the app and candidate patches: it has no token that writes.
mendwright-night:
  extends: .mendwright
  resource_group: mendwright
  ${CODES}
  script:
${block([
  ...setUp,
  `code=0
npx mendwright nightly || code=$?
if [ "$code" -gt 1 ]; then exit "$code"; fi`,
  `cd "$CI_PROJECT_DIR" && mkdir -p mendwright-branches
git for-each-ref --format='%(refname)' refs/heads/mend/ refs/mendwright/ > mendwright-branches/refs
if [ -s mendwright-branches/refs ]; then
  echo '^HEAD' >> mendwright-branches/refs
  git bundle create mendwright-branches/branches.bundle --stdin < mendwright-branches/refs
fi
exit "$code"`,
])}${artifacts(['.mendwright/runs/', 'mendwright-branches/'])}
    reports:
      junit: .mendwright/runs/*/junit.xml
`;
}

function formatSharded(setUp: readonly string[], shards: number): string {
  return `mendwright-scenarios:
  extends: .mendwright
  parallel: ${shards}
  script:
${block([
  ...setUp,
  `# 1 says that errors remain: the jobs below deal with them.
npx mendwright run --shard "$CI_NODE_INDEX/$CI_NODE_TOTAL" || [ $? = 1 ]
mkdir -p "$CI_PROJECT_DIR/mendwright-shards"
cp -R "$CI_PROJECT_DIR/.mendwright/runs" "$CI_PROJECT_DIR/mendwright-shards/$CI_NODE_INDEX"`,
])}${artifacts(['mendwright-shards/'])}

# Merges the shards, runs red scenarios again, and finds the places in the source.
mendwright-issues:
  extends: .mendwright
  needs: [mendwright-scenarios]
  resource_group: mendwright
  script:
${block([
  ...setUp,
  `HERE=$(mktemp -d)
${REMEMBER_REFS}code=0
npx mendwright run --runs "$CI_PROJECT_DIR"/mendwright-shards/*/* --json > "$HERE/merged.json" || code=$?
if [ "$code" -gt 1 ]; then exit "$code"; fi
mkdir -p "$CI_PROJECT_DIR/mendwright-issues"
run=$(node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).run' < "$HERE/merged.json")
echo "$run" > "$CI_PROJECT_DIR/mendwright-issues/run"
# Those that nothing has settled yet.
node -p '${ISSUES}.join("\\n")' < "$HERE/merged.json" > "$CI_PROJECT_DIR/mendwright-issues/issues"
# Nothing to mend: the night ends here, and remembers what was green.
if ! grep -q . "$CI_PROJECT_DIR/mendwright-issues/issues"; then npx mendwright nightly --run "$run" || [ $? = 1 ]; fi
cd "$CI_PROJECT_DIR"
${BUNDLE_REFS}mkdir -p mendwright-branches
cp -R "$HERE/mendwright-branches" mendwright-branches/merged`,
])}${artifacts(['.mendwright/runs/', 'mendwright-issues/', 'mendwright-branches/'])}

# Runs the app and candidate patches: it has no token that writes. Each job mends its part of the issues.
mendwright-fix:
  extends: .mendwright
  needs: [mendwright-issues]
  parallel: ${FIX_JOBS}
  ${CODES}
  script:
${block([
  `issues=$(awk -v of="$CI_NODE_TOTAL" -v me="$CI_NODE_INDEX" 'NF && (NR - 1) % of == me - 1' mendwright-issues/issues)
run=$(cat mendwright-issues/run)
rm -rf mendwright-branches
if [ -z "$issues" ]; then echo 'No issue is left for this job.'; exit 0; fi`,
  ...setUp,
  `HERE=$(mktemp -d)
${REMEMBER_REFS}worst=0
for issue in $issues; do
  code=0
  npx mendwright fix "$issue" --run "$run" || code=$?
  if [ "$code" -gt "$worst" ]; then worst=$code; fi
  # The next issue's report takes its place.
  mkdir -p "$CI_PROJECT_DIR/mendwright-reports"
  cp -R "$CI_PROJECT_DIR/.mendwright/runs/$run" "$CI_PROJECT_DIR/mendwright-reports/$issue"
done
cd "$CI_PROJECT_DIR"
${BUNDLE_REFS}mkdir -p mendwright-branches
cp -R "$HERE/mendwright-branches" "mendwright-branches/fix-$CI_NODE_INDEX"
exit "$worst"`,
])}${artifacts(['mendwright-reports/', 'mendwright-branches/'])}
    reports:
      junit: mendwright-reports/*/junit.xml
`;
}

/** Kept also where the job failed: then they are needed most. */
function artifacts(paths: readonly string[]): string {
  return `  artifacts:
    when: always
    paths: [${paths.join(', ')}]
    expire_in: 1 week`;
}

const ADDRESS = `REMOTE="https://mendwright:$MENDWRIGHT_PUSH_TOKEN@$CI_SERVER_HOST:$CI_SERVER_PORT/$CI_PROJECT_PATH.git"`;

const PUSH = `if [ ! -f mendwright-branches/branches.bundle ]; then echo "No branch was written."; exit 0; fi
git fetch mendwright-branches/branches.bundle '+refs/heads/mend/*:refs/heads/mend/*' '+refs/mendwright/*:refs/mendwright/*'
git fetch origin '+refs/heads/mend/*:refs/remotes/origin/mend/*'
${pushBranches('')}git for-each-ref --format='%(refname)' refs/mendwright/ | xargs -r git push "$REMOTE"`;
