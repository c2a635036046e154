/** What a branch of ours says of itself in the trailers of its commit. */
import { Failure } from '../../model/failure.ts';
import { readRef } from './branch.ts';
import type { Repository } from './open-repository.ts';
import { plumb } from './run-git.ts';

export interface BranchClaim {
  /** The tip, with whatever people have added. */
  readonly commit: string;
  /** The parent of the commit that holds the patch. */
  readonly base: string;
  readonly scenarios: readonly string[];
  readonly issues: readonly string[];
}

/** `name` is a branch, one of a remote's (`origin/mend/…`), or a commit. Throws usage Failures: `branch-unknown`, `no-proposal`. */
export async function readClaim(repository: Repository, name: string): Promise<BranchClaim> {
  const { top } = repository;
  const commit = await resolve(repository, name);
  if (commit === undefined) {
    throw new Failure('usage', 'branch-unknown', `There is no branch ${JSON.stringify(name)} here.`, {
      hint: 'Fetch it first: git fetch origin',
    });
  }
  const log = [
    'log',
    '-1',
    '--format=%H%x00%P%x00%(trailers:key=Mendwright-Scenario,valueonly,unfold)%x00%(trailers:key=Sentry-Issue,valueonly,unfold)',
  ];
  const out = await plumb(top, [...log, '--grep=^Mendwright-Patch: ', commit, '--']);
  const [, parents = '', scenarios = '', issues = ''] = out.toString('utf8').trimEnd().split('\0');
  const [base] = parents.split(' ');
  if (!base || scenarios.trim() === '') {
    throw new Failure('usage', 'no-proposal', `${name} holds no commit of mendwright’s.`, {
      hint: 'Name a branch that a night has written: git branch --all --list "*mend/*"',
    });
  }
  const lines = (text: string): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
  return { commit, base, scenarios: lines(scenarios), issues: lines(issues) };
}

async function resolve(repository: Repository, name: string): Promise<string | undefined> {
  for (const ref of [`refs/heads/${name}`, `refs/remotes/${name}`, `refs/remotes/origin/${name}`]) {
    const tip = await readRef(repository, ref);
    if (tip !== undefined) return tip;
  }
  if (!/^[0-9a-f]{7,64}$/.test(name)) return undefined;
  const out = await plumb(repository.top, ['rev-parse', '--verify', '--quiet', `${name}^{commit}`], {
    accept: [1, 128],
  });
  return out.toString('utf8').trim() || undefined;
}
