/** The nightly workflow for a large suite: shards, one job that merges them, one job for each issue, and one that publishes. */
import type { Repository } from './look-at-repository.ts';
import { formatGround, inFolder } from './workflow-text.ts';

/** More jobs than this are not started in one night; GitHub's own limit is 256. */
const MOST_FIX_JOBS = 20;

export function formatShardedWorkflow(repository: Repository, shards: number): string {
  const folder = repository.root === '.' ? '' : repository.root;
  const ground = formatGround(repository);
  const run = (command: string): string => `        # 1 says that errors remain: what follows deals with them.
        run: |
          code=0
          ${command} || code=$?
          if [ "$code" -gt 1 ]; then exit "$code"; fi${inFolder(folder)}`;
  const keep = (name: string): string => `      - uses: actions/upload-artifact@v4
        if: always()
        with:
          name: ${name}
          path: .mendwright/runs/
          # The folder's name begins with a dot.
          include-hidden-files: true
          if-no-files-found: ignore
`;
  return `# Runs the scenarios every night in ${shards} shards, and leaves a branch for each error whose cure was proven.
name: mendwright

on:
  schedule:
    - cron: '17 2 * * *'
  workflow_dispatch:

# Two nights at once would race for the same branches.
concurrency: mendwright

permissions: {}

jobs:
  scenarios:
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: read
    strategy:
      fail-fast: false
      matrix:
        shard: [${Array.from({ length: shards }, (_, index) => index + 1).join(', ')}]
    steps:
${ground}      - name: Run a shard
        env:
          SHARD: \${{ matrix.shard }}/${shards}
${run('npx mendwright run --shard "$SHARD"')}
${keep(`mendwright-shard-\${{ matrix.shard }}`)}
  issues:
    needs: scenarios
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: read
    outputs:
      run: \${{ steps.merge.outputs.run }}
      issues: \${{ steps.merge.outputs.issues }}
    steps:
${ground}${REMEMBER}      - uses: actions/download-artifact@v4
        with:
          pattern: mendwright-shard-*
          path: \${{ runner.temp }}/shards
      - name: Merge the shards
        id: merge
        env:
          SHARDS: \${{ runner.temp }}/shards
        # 1 says that errors remain: the jobs below deal with them.
        run: |
          code=0
          npx mendwright run --runs "$SHARDS"/*/* --json > "$RUNNER_TEMP/merged.json" || code=$?
          if [ "$code" -gt 1 ]; then exit "$code"; fi
          run=$(jq -r .run "$RUNNER_TEMP/merged.json")
          # Those that nothing has settled yet, each in a job of its own.
          issues=$(jq -c '[.issues[] | select(.result == null) | .shortId]' "$RUNNER_TEMP/merged.json")
          if [ "$(jq length <<< "$issues")" -gt ${MOST_FIX_JOBS} ]; then
            echo "::notice::Only the first ${MOST_FIX_JOBS} of these issues are worked on tonight: $issues"
            issues=$(jq -c '.[:${MOST_FIX_JOBS}]' <<< "$issues")
          fi
          # Nothing to mend: the night ends here, and remembers what was green.
          if [ "$issues" = '[]' ]; then npx mendwright nightly --run "$run" || [ "$?" = 1 ]; fi
          echo "run=$run" >> "$GITHUB_OUTPUT"
          echo "issues=$issues" >> "$GITHUB_OUTPUT"${inFolder(folder)}
${BUNDLE}      - uses: actions/upload-artifact@v4
        with:
          name: mendwright-branches-merged
          path: \${{ runner.temp }}/mendwright-branches/
          if-no-files-found: ignore
          retention-days: 7
${keep('mendwright-report')}
  fix:
    needs: issues
    if: needs.issues.outputs.issues != '[]'
    runs-on: ubuntu-latest
    timeout-minutes: 90
    # This job runs the app and candidate patches: it can read, and write nothing.
    permissions:
      contents: read
    strategy:
      fail-fast: false
      matrix:
        issue: \${{ fromJSON(needs.issues.outputs.issues) }}
    steps:
${ground}${REMEMBER}      - uses: actions/download-artifact@v4
        with:
          name: mendwright-report
          path: .mendwright/runs/
      - name: Mend an issue
        env:
          ISSUE: \${{ matrix.issue }}
          RUN: \${{ needs.issues.outputs.run }}
${run('npx mendwright fix "$ISSUE" --run "$RUN"')}
${BUNDLE}      - uses: actions/upload-artifact@v4
        with:
          name: mendwright-branches-\${{ matrix.issue }}
          path: \${{ runner.temp }}/mendwright-branches/
          if-no-files-found: ignore
          retention-days: 7
${keep(`mendwright-report-\${{ matrix.issue }}`)}
  publish:
    needs: [issues, fix]
    # Also when one of the jobs above failed: the others' branches stand.
    if: \${{ !cancelled() && needs.issues.result == 'success' }}
    runs-on: ubuntu-latest
    timeout-minutes: 10
    # This job can write branches, and runs nothing of the repository.
    permissions:
      contents: write
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/download-artifact@v4
        with:
          pattern: mendwright-branches-*
          path: \${{ runner.temp }}/mendwright-branches
      - name: Push the branches
        env:
          BUNDLES: \${{ runner.temp }}/mendwright-branches
        run: |
${indented(PUSH_BUNDLES, 10)}`;
}

const REMEMBER = `      - name: Note what was there
        run: git for-each-ref --format='%(objectname) %(refname)' refs/heads/mend/ refs/mendwright/ > "$RUNNER_TEMP/before"
`;

/** Only what this job wrote: another job may have moved the rest. */
const BUNDLE = `      - name: Bundle what this job wrote
        run: |
          mkdir -p "$RUNNER_TEMP/mendwright-branches"
          git for-each-ref --format='%(objectname) %(refname)' refs/heads/mend/ refs/mendwright/ > "$RUNNER_TEMP/after"
          { grep -vxFf "$RUNNER_TEMP/before" "$RUNNER_TEMP/after" || true; } | cut -d' ' -f2 > "$RUNNER_TEMP/refs"
          if [ -s "$RUNNER_TEMP/refs" ]; then
            echo '^HEAD' >> "$RUNNER_TEMP/refs"
            git bundle create "$RUNNER_TEMP/mendwright-branches/branches.bundle" --stdin < "$RUNNER_TEMP/refs"
          fi
`;

/** Ledgers that jobs wrote beside each other are laid one over the other, file by file: each has files of its own issue. */
const PUSH_BUNDLES = `git fetch origin '+refs/heads/mend/*:refs/remotes/origin/mend/*' '+refs/mendwright/*:refs/mendwright/*'
tip=$(git rev-parse --verify --quiet refs/mendwright/ledger || true)
was=$tip
empty=$(git hash-object -t tree /dev/null)
export GIT_AUTHOR_NAME=mendwright GIT_AUTHOR_EMAIL=mendwright@localhost
export GIT_COMMITTER_NAME=mendwright GIT_COMMITTER_EMAIL=mendwright@localhost
for bundle in "$BUNDLES"/*/branches.bundle; do
  if [ ! -f "$bundle" ]; then continue; fi
  git update-ref -d refs/job/ledger
  git fetch "$bundle" '+refs/heads/mend/*:refs/heads/mend/*' '+refs/mendwright/ledger:refs/job/ledger' ||
    git fetch "$bundle" '+refs/heads/mend/*:refs/heads/mend/*'
  job=$(git rev-parse --verify --quiet refs/job/ledger || true)
  if [ -z "$job" ]; then continue; fi
  if [ -z "$tip" ]; then tip=$job; continue; fi
  base=$(git merge-base "$tip" "$job" || echo "$empty")
  export GIT_INDEX_FILE="$(git rev-parse --git-dir)/ledger-index"
  git read-tree "$tip"
  git diff-tree -r --no-renames "$base" "$job" | awk -F'[ \\t]' '{ print $2 " " $4 "\\t" $6 }' | git update-index --index-info
  tip=$(git commit-tree "$(git write-tree)" -p "$tip" -p "$job" -m 'ledger: what jobs wrote beside each other')
  unset GIT_INDEX_FILE
done
for branch in $(git for-each-ref --format='%(refname:lstrip=2)' refs/heads/mend/); do
  old=$(git rev-parse --verify --quiet "refs/remotes/origin/$branch" || true)
  if [ "$old" = "$(git rev-parse "refs/heads/$branch")" ]; then continue; fi
  if [ -n "$old" ] && [ "$(git log -1 --format=%an "$old")" != mendwright ]; then
    echo "::notice::$branch holds somebody's commits and was left alone."
    continue
  fi
  git push --force-with-lease="refs/heads/$branch:$old" origin "refs/heads/$branch"
done
if [ "$tip" != "$was" ]; then git push origin "$tip:refs/mendwright/ledger"; fi
`;

function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
