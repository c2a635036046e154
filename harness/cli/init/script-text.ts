/** The night as a plain shell script: for cron, and for every CI that runs one. */
import { pushBranches } from './bundle-text.ts';
import { installCommand } from './choose-commands.ts';
import type { Repository } from './look-at-repository.ts';

export function formatScript(repository: Repository, shards: number): string {
  const install =
    repository.packageJson === undefined
      ? 'npm install --no-save mendwright @playwright/test'
      : installCommand(repository);
  return `#!/bin/sh
# Runs the scenarios, and pushes a branch for each error whose cure was proven. In a clone of its own, from cron:
#   17 2 * * *  /path/to/clone/mendwright-nightly.sh >> /var/log/mendwright.log 2>&1
# Exit codes: 0 nothing left to do, 1 errors remain, 2 usage or configuration, 3 an outside service failed, 70 a bug.
set -eu
cd "$(dirname "$0")"

REMOTE=\${REMOTE:-origin}
SHARDS=\${SHARDS:-${shards}}
# How the command is called.
MENDWRIGHT=\${MENDWRIGHT:-npx mendwright}

if [ "$(git rev-parse --is-shallow-repository)" = true ]; then git fetch --unshallow "$REMOTE"; fi
git fetch "$REMOTE" '+refs/heads/mend/*:refs/remotes/'"$REMOTE"'/mend/*'
for branch in $(git for-each-ref --format='%(refname:lstrip=3)' "refs/remotes/$REMOTE/mend/"); do
  git update-ref "refs/heads/$branch" "refs/remotes/$REMOTE/$branch"
done
git fetch "$REMOTE" '+refs/mendwright/*:refs/mendwright/*'
${install}

# What runs the app and candidate patches is given no way to push.
night() { env -u SSH_AUTH_SOCK -u GIT_ASKPASS -u GITHUB_TOKEN -u GITLAB_TOKEN $MENDWRIGHT "$@"; }
code=0
if [ "$SHARDS" -gt 1 ]; then
  runs=$(git rev-parse --show-toplevel)/.mendwright/runs
  folders=$(mktemp -d)
  part=1
  while [ "$part" -le "$SHARDS" ]; do
    night run --shard "$part/$SHARDS" || [ "$?" = 1 ]
    cp -R "$runs/$(ls "$runs" | tail -n 1)" "$folders/$part"
    part=$((part + 1))
  done
  night nightly --runs "$folders"/* || code=$?
  rm -rf "$folders"
else
  night nightly || code=$?
fi
if [ "$code" -gt 1 ]; then exit "$code"; fi

${pushBranches('', '$REMOTE')}git for-each-ref --format='%(refname)' refs/mendwright/ | xargs -r git push "$REMOTE"
exit "$code"
`;
}
