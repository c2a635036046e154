/** A repository after a night: the kept record, its branches as real commits, the ledger that knows them, pictures, a remote. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { changeLedgerFiles } from '../../harness/adapters/git/ledger-ref.ts';
import { openRepository } from '../../harness/adapters/git/open-repository.ts';
import { ScratchRepository } from '../../harness/adapters/git/scratch-repository.ts';
import { createRunFolder } from '../../harness/adapters/run-folder/run-folder.ts';
import { RunRecord } from '../../harness/model/run-record.ts';
import type { ProposalEntry } from '../../harness/publishing/ledger/entries.ts';
import { writeEntries } from '../../harness/publishing/ledger/ledger.ts';
import { readGolden, readScreenshot } from '../golden/read-golden.ts';

export interface ReviewGround {
  readonly repository: ScratchRepository;
  readonly record: RunRecord;
  /** The bare remote, `origin`; '' where none was asked for. */
  readonly remote: string;
}

export interface GroundRequest {
  /** Where the bare remote goes; none where left out. */
  readonly remote?: string;
  readonly change?: (record: RunRecord) => RunRecord;
  readonly pictures?: { readonly before: Uint8Array; readonly after: Uint8Array };
}

const TOTALS = 'export const net = (line) =>\n  line.amount * line.offer.price;\n';
const BEFORE = 'screens/pays-for-a-cart.png';
const AFTER = 'screens/pays-for-a-cart-mended.png';

/** HEAD is at `main`, as it was when the night began. */
export async function reviewGround({ remote = '', change, pictures }: GroundRequest = {}): Promise<ReviewGround> {
  const repository = new ScratchRepository({ 'src/cart/totals.ts': TOTALS, '.gitignore': '.mendwright/\n' });
  const base = repository.git('rev-parse', 'HEAD');
  const kept = withGreenRun(readGolden());
  const changed = change === undefined ? kept : change(kept);
  const commits = new Map<string, string>();
  for (const { branch } of changed.outcomes) {
    if (branch !== undefined && !commits.has(branch)) commits.set(branch, addBranch(repository, branch));
  }
  const outcomes = changed.outcomes.map((outcome) => {
    const commit = commits.get(outcome.branch ?? '');
    return commit === undefined ? outcome : { ...outcome, commit };
  });
  const record = RunRecord.parse({ ...changed, outcomes, base: { ...changed.base, sha: base, branch: 'main' } });
  const folder = createRunFolder(join(repository.dir, '.mendwright'), record.id);
  folder.write('record.json', RunRecord, record);
  const { before, after } = pictures ?? { before: readScreenshot(), after: readScreenshot() };
  repository.write(join('.mendwright', 'runs', record.id, BEFORE), Buffer.from(before));
  repository.write(join('.mendwright', 'runs', record.id, AFTER), Buffer.from(after));
  repository.write(join('.mendwright', 'runs', record.id, 'screens/orders-of-a-new-account.png'), Buffer.from(before));
  await rememberProposals(repository.dir, record, base);
  if (remote !== '') {
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
    repository.git('remote', 'add', 'origin', remote);
    repository.git('push', '--quiet', 'origin', 'main');
  }
  return { repository, record, remote };
}

/** A run of the scenario with the patch, as records of today keep one. */
function withGreenRun(record: RunRecord): RunRecord {
  const red = record.scenarios.find(({ screenshot }) => screenshot === BEFORE);
  const verdicts = record.verdicts.map((verdict) => {
    if (verdict.kind !== 'confirmed' || verdict.issue !== 'SHOP-1' || red === undefined) return verdict;
    const { trace: _, ...run } = red;
    return { ...verdict, greenRun: { ...run, status: 'passed' as const, sightings: [], screenshot: AFTER } };
  });
  return { ...record, verdicts };
}

/** One commit on the base, as a night makes it: no checkout. */
function addBranch(repository: ScratchRepository, branch: string): string {
  const text = branch.includes('shop-1') ? TOTALS.replace('line.offer.price', '(line.offer?.price ?? line.price)') : '';
  const file = text === '' ? `src/${branch.replaceAll('/', '-')}.ts` : 'src/cart/totals.ts';
  const git = (args: readonly string[], input = ''): string =>
    execFileSync('git', args, {
      cwd: repository.dir,
      encoding: 'utf8',
      input,
      env: { ...process.env, GIT_INDEX_FILE: join(repository.dir, '.git', 'ground-index') },
    }).trim();
  git(['read-tree', 'HEAD']);
  const blob = git(['hash-object', '-w', '--stdin'], text || `// ${branch}\n`);
  git(['update-index', '--add', '--cacheinfo', `100644,${blob},${file}`]);
  const commit = git(['commit-tree', git(['write-tree']), '-p', 'HEAD', '-m', `fix: ${branch}`]);
  git(['update-ref', `refs/heads/${branch}`, commit]);
  return commit;
}

async function rememberProposals(dir: string, record: RunRecord, base: string): Promise<void> {
  const proposals = record.outcomes.flatMap(({ shortId, branch, commit, patch, reason }): ProposalEntry[] =>
    branch === undefined || commit === undefined || patch === undefined || reason === 'same-cause'
      ? []
      : [
          {
            ...{
              branch,
              shortId,
              issueId: '1',
              title: shortId,
              serves: [],
              patch,
              change: 'c',
              files: ['src/cart/totals.ts'],
            },
            ...{
              scenarios: [],
              evidence: 'e',
              fixer: 'fallback-value',
              cause: 'It was so.',
              fingerprint: 'f',
              commit,
              base,
            },
            ...{ pushed: false, state: 'open', at: record.finishedAt },
          },
        ],
  );
  const about = { message: 'ledger: a night\n', at: new Date(record.finishedAt) };
  await changeLedgerFiles(await openRepository(dir), (files) => writeEntries(files, { proposals }), about);
}
