/** Which CI a repository uses, and the files that make a night of it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Ci } from './ci-names.ts';
import { formatGitlab } from './gitlab-text.ts';
import type { Repository } from './look-at-repository.ts';
import { formatScript } from './script-text.ts';
import { formatShardedWorkflow } from './sharded-workflow-text.ts';
import { formatWorkflow } from './workflow-text.ts';

export interface CiFile {
  /** Relative to the repository's top. */
  readonly file: string;
  readonly text: string;
  /** Whether it holds nothing but what we write. */
  readonly isOurs: boolean;
  readonly isProgram: boolean;
}

const OTHERS = ['Jenkinsfile', 'azure-pipelines.yml', 'bitbucket-pipelines.yml', '.circleci', '.woodpecker.yml'];
const GITLAB = '.gitlab/mendwright.yml';

/** By the files of a CI, else by the host that the repository is pushed to; GitHub where nothing tells. */
export function chooseCi({ top, isGit }: Repository): Ci {
  const has = (file: string): boolean => existsSync(join(top, file));
  if (has('.github/workflows')) return 'github';
  if (has('.gitlab-ci.yml')) return 'gitlab';
  if (OTHERS.some(has)) return 'script';
  return isGit && /gitlab/i.test(remoteOf(top)) ? 'gitlab' : 'github';
}

function remoteOf(top: string): string {
  try {
    return execFileSync('git', ['config', '--get', 'remote.origin.url'], {
      cwd: top,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return ''; // No remote of that name.
  }
}

export function ciFiles(repository: Repository, { ci, shards }: { ci: Ci; shards: number }): CiFile[] {
  switch (ci) {
    case 'github': {
      const text = shards > 1 ? formatShardedWorkflow(repository, shards) : formatWorkflow(repository);
      return [{ file: '.github/workflows/mendwright.yml', text, isOurs: true, isProgram: false }];
    }
    case 'gitlab':
      return [
        { file: GITLAB, text: formatGitlab(repository, shards), isOurs: true, isProgram: false },
        { file: '.gitlab-ci.yml', text: `include:\n  - local: ${GITLAB}\n`, isOurs: false, isProgram: false },
      ];
    case 'script': {
      const file = repository.root === '.' ? 'mendwright-nightly.sh' : `${repository.root}/mendwright-nightly.sh`;
      return [{ file, text: formatScript(repository, shards), isOurs: true, isProgram: true }];
    }
  }
}

/** What is left for a person to do. */
export function ciNotes(ci: Ci): string[] {
  switch (ci) {
    case 'github':
      return [];
    case 'gitlab':
      return [
        `See that .gitlab-ci.yml includes it (include: local: ${GITLAB}), make a schedule with the variable MENDWRIGHT = nightly, and a variable MENDWRIGHT_PUSH_TOKEN with the environment scope mendwright-publish.`,
      ];
    case 'script':
      return ['Run mendwright-nightly.sh every night in a clone of its own: by cron, or as a step of your CI.'];
  }
}
