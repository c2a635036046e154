/** The nightly workflow for a large suite: shards, one job that merges them, one job for each issue, and one that publishes. */
import { BUNDLE_REFS, indented, pushBundles, REMEMBER_REFS } from './bundle-text.ts';
import { uses } from './github-actions.ts';
import type { Repository } from './look-at-repository.ts';
import { formatPullRequestJob } from './pull-request-job.ts';
import { formatGround, inFolder, NIGHTLY } from './workflow-text.ts';

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
  const keep = (name: string): string => `      - ${uses('actions/upload-artifact')}
        if: always()
        with:
          name: ${name}
          path: .mendwright/runs/
          # The folder's name begins with a dot.
          include-hidden-files: true
          if-no-files-found: ignore
`;
  return `# Runs the scenarios every night in ${shards} shards, and leaves a branch for each error whose cure was proven.
${NIGHTLY}
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
${ground}${REMEMBER}      - ${uses('actions/download-artifact')}
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
${BUNDLE}      - ${uses('actions/upload-artifact')}
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
${ground}${REMEMBER}      - ${uses('actions/download-artifact')}
        with:
          name: mendwright-report
          path: .mendwright/runs/
      - name: Mend an issue
        env:
          ISSUE: \${{ matrix.issue }}
          RUN: \${{ needs.issues.outputs.run }}
${run('npx mendwright fix "$ISSUE" --run "$RUN"')}
${BUNDLE}      - ${uses('actions/upload-artifact')}
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
      - ${uses('actions/checkout')}
        with:
          fetch-depth: 0
      - ${uses('actions/download-artifact')}
        with:
          pattern: mendwright-branches-*
          path: \${{ runner.temp }}/mendwright-branches
      - name: Push the branches
        env:
          BUNDLES: \${{ runner.temp }}/mendwright-branches
          REMOTE: origin
        run: |
${indented(pushBundles('::notice::'), 10)}${formatPullRequestJob()}`;
}

const REMEMBER = `      - name: Note what was there
        env:
          HERE: \${{ runner.temp }}
        run: ${REMEMBER_REFS.trim()}
`;

const BUNDLE = `      - name: Bundle what this job wrote
        env:
          HERE: \${{ runner.temp }}
        run: |
${indented(BUNDLE_REFS, 10)}`;
