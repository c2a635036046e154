/** The job that opens pull requests, as a comment: it installs Mendwright beside a token that writes, which people decide for themselves. */
import { uses } from './github-actions.ts';

/** For the end of a workflow of GitHub. */
export function formatPullRequestJob(): string {
  return `
  # Pull requests and the dashboard: uncomment this job, and let Actions create pull requests (Settings > Actions > General).
  # It installs Mendwright beside a token that writes, and runs nothing of the repository.
  # pull-requests:
  #   needs: publish
  #   runs-on: ubuntu-latest
  #   timeout-minutes: 10
  #   permissions:
  #     contents: write
  #     pull-requests: write
  #     issues: write
  #     checks: read
  #     statuses: read
  #   steps:
  #     - ${uses('actions/checkout')}
  #       with:
  #         fetch-depth: 0
  #     - ${uses('actions/download-artifact')}
  #       with:
  #         pattern: mendwright-report*
  #         path: \${{ runner.temp }}/runs
  #     - run: npx --yes mendwright publish "$RUNNER_TEMP"/runs/*/*/
  #       env:
  #         GITHUB_TOKEN: \${{ github.token }}
`;
}

/** For the end of a GitLab file. */
export function formatMergeRequestJob(nights: readonly string[]): string {
  return `
# Merge requests and the dashboard: uncomment this job, and give MENDWRIGHT_PUSH_TOKEN the scope api. It installs Mendwright
# beside a token that writes, and runs nothing of the repository.
# mendwright-merge-requests:
#   image: node:24-bookworm
#   stage: deploy
#   needs: [${[...nights, 'mendwright-publish'].join(', ')}]
#   rules:
#     - if: $MENDWRIGHT == "nightly"
#   environment: { name: mendwright-publish, action: access }
#   variables:
#     GIT_DEPTH: '0'
#   script:
#     - git remote set-url origin "https://mendwright:$MENDWRIGHT_PUSH_TOKEN@$CI_SERVER_HOST:$CI_SERVER_PORT/$CI_PROJECT_PATH.git"
#     - npx --yes mendwright publish .mendwright/runs/*/
`;
}
