/** Shell for jobs that work beside each other: each bundles the references that it moved, one job pushes them all. */

/** Leaves in `$HERE/before` what was there. */
export const REMEMBER_REFS = `git for-each-ref --format='%(objectname) %(refname)' refs/heads/mend/ refs/mendwright/ > "$HERE/before"
`;

/** Writes `$HERE/mendwright-branches/branches.bundle`, with only what this job wrote: another job may have moved the rest. */
export const BUNDLE_REFS = `mkdir -p "$HERE/mendwright-branches"
git for-each-ref --format='%(objectname) %(refname)' refs/heads/mend/ refs/mendwright/ > "$HERE/after"
{ grep -vxFf "$HERE/before" "$HERE/after" || true; } | cut -d' ' -f2 > "$HERE/refs"
if [ -s "$HERE/refs" ]; then
  echo '^HEAD' >> "$HERE/refs"
  git bundle create "$HERE/mendwright-branches/branches.bundle" --stdin < "$HERE/refs"
fi
`;

/**
 * Pushes the bundles that lie in folders below `$BUNDLES` to `$REMOTE`. Ledgers that jobs wrote beside each other are laid one
 * over the other, file by file: each has files of its own issue. `told` comes before what people are told.
 */
export function pushBundles(told: string): string {
  return `git fetch origin '+refs/heads/mend/*:refs/remotes/origin/mend/*' '+refs/mendwright/*:refs/mendwright/*'
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
  GIT_INDEX_FILE="$(git rev-parse --git-dir)/ledger-index"
  export GIT_INDEX_FILE
  git read-tree "$tip"
  git diff-tree -r --no-renames "$base" "$job" | awk -F'[ \\t]' '{ print $2 " " $4 "\\t" $6 }' | git update-index --index-info
  tip=$(git commit-tree "$(git write-tree)" -p "$tip" -p "$job" -m 'ledger: what jobs wrote beside each other')
  unset GIT_INDEX_FILE
done
${pushBranches(told)}if [ "$tip" != "$was" ]; then git push "$REMOTE" "$tip:refs/mendwright/ledger"; fi
`;
}

/** Pushes the branches that differ from `tracked`'s to `$REMOTE`; one that holds somebody's commits is left alone. */
export function pushBranches(told: string, tracked = 'origin'): string {
  return `for branch in $(git for-each-ref --format='%(refname:lstrip=2)' refs/heads/mend/); do
  old=$(git rev-parse --verify --quiet "refs/remotes/${tracked}/$branch" || true)
  if [ "$old" = "$(git rev-parse "refs/heads/$branch")" ]; then continue; fi
  if [ -n "$old" ] && [ "$(git log -1 --format=%an "$old")" != mendwright ]; then
    echo "${told}$branch holds somebody's commits and was left alone."
    continue
  fi
  git push --force-with-lease="refs/heads/$branch:$old" "$REMOTE" "refs/heads/$branch"
done
`;
}

/** Every line that holds something, further to the right. */
export function indented(text: string, by: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
