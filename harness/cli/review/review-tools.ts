/** What the review page does to the world: run folders, the ledger, branches, the editor. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { HOME, type Repository } from '../../adapters/git/open-repository.ts';
import { openProgressReader } from '../../adapters/run-folder/progress-log.ts';
import { listRuns, openRunFolder } from '../../adapters/run-folder/run-folder.ts';
import { planApproval } from '../../assembly/approve-branch.ts';
import { readDecided } from '../../assembly/read-decided.ts';
import { rejectBranch } from '../../assembly/reject-branch.ts';
import { RunRecord } from '../../model/run-record.ts';
import { pointOf } from '../../report/trends/night-point.ts';
import { trendsOf } from '../../report/trends/trends.ts';
import type { Decision, Proposal, ReviewNight, ReviewTools } from '../../review/tools.ts';
import { jsonOf } from '../../web/json-of.ts';
import { readEarlierNights } from '../earlier-nights.ts';
import { filmReader } from '../keep-frames.ts';
import { keepApproval, readApprovals } from './approvals.ts';
import { openEditor } from './open-editor.ts';

export interface ReviewWorld {
  readonly repository: Repository;
  readonly dryRun: boolean;
  readonly approve: 'merge' | 'push';
  /** The branch to merge into; the one that the night worked on where undefined. */
  readonly into: string | undefined;
  /** A remote's name, or false. */
  readonly push: string | false;
  /** The editor's command; undefined where none is set, or nobody sits at this machine. */
  readonly editor: string | undefined;
  readonly lastGreen: ReadonlyMap<string, string>;
  readonly now: () => Date;
}

export function reviewTools(world: ReviewWorld): ReviewTools {
  const { repository, dryRun, now } = world;
  const home = join(repository.top, HOME);
  const known = new Map<string, { mark: string; night: ReviewNight }>();

  function readNight(run: string): ReviewNight | undefined {
    const file = join(home, 'runs', run, 'record.json');
    if (!listRuns(home).includes(run) || !existsSync(file)) return undefined;
    const { mtimeMs, size } = statSync(file);
    const mark = `${mtimeMs} ${size}`;
    const kept = known.get(run);
    if (kept?.mark === mark) return kept.night;
    const folder = openRunFolder(home, run);
    const parsed = RunRecord.safeParse(jsonOf(readFileSync(file, 'utf8')));
    if (!parsed.success) return undefined;
    const record = parsed.data;
    const night = {
      record,
      trends: trendsOf([...readEarlierNights(folder), pointOf(record)], world.lastGreen),
      hasTraceViewer: existsSync(join(folder.dir, 'trace', 'index.html')),
      filmOf: filmReader(folder),
    };
    known.set(run, { mark, night });
    return night;
  }

  const planOf = ({ branch, commit, title, run }: Proposal) =>
    planApproval({
      ...{ cwd: repository.top, branch, commit, title, dryRun, push: world.push, approve: world.approve, now: now() },
      into: world.into ?? readNight(run)?.record.base.branch,
    });

  async function decisions(run: string): Promise<ReadonlyMap<string, Decision>> {
    const into = world.into ?? readNight(run)?.record.base.branch;
    return new Map([...(await readDecided(repository, into)), ...readApprovals(openRunFolder(home, run))]);
  }

  const progress = openProgressReader(home);
  return {
    runs: () => listRuns(home).filter((run) => existsSync(join(home, 'runs', run, 'record.json'))),
    night: readNight,
    readFile: (run, file) => (listRuns(home).includes(run) ? readInside(join(home, 'runs', run), file) : undefined),
    decisions,
    planApproval: async (proposal) => {
      const { sentence, commands, act } = await planOf(proposal);
      return { text: sentence, commands, canAct: act !== undefined };
    },
    approve: async (proposal) => {
      const { sentence, commands, act } = await planOf(proposal);
      if (act === undefined) return { text: sentence, commands };
      if (dryRun) return { text: `Dry run, nothing was written. Without it: ${sentence}`, commands };
      const text = await act();
      keepApproval(openRunFolder(home, proposal.run), proposal, { text, at: now() });
      return { text, commands };
    },
    reject: async ({ branch, commit }, why) => {
      const asked = { cwd: repository.top, branch, commit, why, push: world.push, dryRun, now: now() };
      const { pushed, trouble } = await rejectBranch(asked);
      if (dryRun) return { text: `Dry run, nothing was written. Without it: ${branch} is rejected.`, commands: [] };
      const where = pushed
        ? ' The ledger was pushed.'
        : trouble === undefined
          ? ''
          : ` It stands here only: ${trouble}`;
      return { text: `${branch} is rejected: its patch will not be proposed again.${where}`, commands: [] };
    },
    openInEditor: (place) => openEditor({ top: join(repository.top, repository.root), editor: world.editor }, place),
    progress: () => progress.read(),
  };
}

/** Links are followed first: what they lead out of the folder to is not the run's. */
function readInside(dir: string, file: string): Uint8Array | undefined {
  try {
    const path = realpathSync(join(dir, file));
    if (!path.startsWith(`${realpathSync(dir)}${sep}`) || !statSync(path).isFile()) return undefined;
    return readFileSync(path);
  } catch {
    return undefined; // It is not there, or its name is none.
  }
}
