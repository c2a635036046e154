/** The code host's part of a night whose branches were pushed by another job: pull requests, the dashboard, and the ledger. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hasCommit } from '../adapters/git/branch.ts';
import { changeLedgerFiles, LEDGER_REF, pullLedger, readLedgerFiles, syncLedger } from '../adapters/git/ledger-ref.ts';
import { openRepository, type Repository } from '../adapters/git/open-repository.ts';
import { fetchObjects, readRemoteRefs } from '../adapters/git/remote.ts';
import type { Config } from '../model/config.ts';
import { Failure } from '../model/failure.ts';
import { RunRecord } from '../model/run-record.ts';
import type { ProposalEntry, RejectionEntry } from '../publishing/ledger/entries.ts';
import { parseLedger, writeEntries } from '../publishing/ledger/ledger.ts';
import { mergeLedgers } from '../publishing/ledger/merge-ledgers.ts';
import { pruneLedger } from '../publishing/ledger/prune-ledger.ts';
import { rejectionFor } from '../publishing/ledger/reject-proposal.ts';
import { type ForgeTools, forgeTools } from './forge-tools.ts';

export interface PublishRequest {
  readonly cwd: string;
  /** Run folders; those of one night, in the order in which they were made. */
  readonly runs: readonly string[];
  readonly remote: string;
  readonly publish: Pick<Config['publish'], 'branchPrefix' | 'forge'>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dryRun: boolean;
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
  warn(text: string): void;
  line(text: string): void;
}

export interface PublishedRun {
  /** By branch. */
  readonly branches: readonly { readonly branch: string; readonly words: string; readonly url: string | undefined }[];
  /** Branches that people do not want, as they said on the code host. */
  readonly closed: readonly string[];
  /** Branches that people merged there. */
  readonly merged: readonly string[];
}

/** Runs nothing of the repository. Throws the usage Failure `forge-unknown` where no code host or no token is known. */
export async function publishRun(request: PublishRequest): Promise<PublishedRun> {
  const { remote, publish, dryRun, now, warn } = request;
  const repository = await openRepository(resolve(request.cwd));
  const records = request.runs.map((folder) => readRecord(resolve(request.cwd, folder)));
  const forge = await forgeTools({ ...request, repository });
  if (forge === undefined) {
    throw new Failure('usage', 'forge-unknown', `No code host is known for ${remote}, or there is no token for it.`, {
      hint: 'Set the token’s variable (docs/forges.md), or name the host: --forge, --url, --repository.',
    });
  }
  const heads = await readRemoteRefs(repository, remote, [`refs/heads/${publish.branchPrefix}*`, LEDGER_REF]);
  const about = { message: 'ledger: what people said on the code host\n', at: now };
  if (!dryRun) await pullLedger(repository, remote, heads.get(LEDGER_REF), mergeLedgers, about);
  const known = [...parseLedger(await readLedgerFiles(repository)).proposals.values()];
  const judged = await judgeAll(known, { forge, heads, now });
  await bring(repository, remote, { entries: judged.proposals, heads });
  const tended = await forge.tend({ records, proposals: judged.proposals });
  if (!dryRun && judged.changed.length + judged.rejections.length > 0) {
    const { changed, rejections } = judged;
    const change = (files: ReadonlyMap<string, string>) =>
      pruneLedger(writeEntries(files, { proposals: changed, rejections }), now);
    await changeLedgerFiles(repository, change, about);
    try {
      await syncLedger(repository, remote, mergeLedgers, about);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      warn(`${error.message} ${error.hint ?? ''}`.trim());
    }
  }
  return {
    branches: [...tended].map(([branch, one]) => ({ branch, ...one })),
    closed: judged.rejections.map(({ branch }) => branch),
    merged: judged.merged,
  };
}

interface Judged {
  /** All, as they are known now. */
  readonly proposals: readonly ProposalEntry[];
  readonly changed: readonly ProposalEntry[];
  readonly rejections: readonly RejectionEntry[];
  readonly merged: readonly string[];
}

/** What people did on the code host since, and which branches have reached the remote. */
async function judgeAll(
  known: readonly ProposalEntry[],
  { forge, heads, now }: { forge: ForgeTools; heads: ReadonlyMap<string, string>; now: Date },
): Promise<Judged> {
  const at = now.toISOString();
  const proposals: ProposalEntry[] = [];
  const rejections: RejectionEntry[] = [];
  const merged: string[] = [];
  for (const entry of known) {
    const fate = entry.state === 'open' ? await forge.fateOf(entry) : undefined;
    if (fate?.state === 'closed') {
      rejections.push(rejectionFor(entry, { by: 'pull-request-closed', why: fate.why, at }));
      proposals.push({ ...entry, state: 'rejected', at });
    } else if (fate?.state === 'merged' && fate.mergedAs !== undefined) {
      merged.push(entry.branch);
      proposals.push({ ...entry, state: 'merged', mergedInto: fate.mergedAs, at });
    } else {
      const isThere = heads.get(`refs/heads/${entry.branch}`) === entry.commit;
      proposals.push(isThere && !entry.pushed ? { ...entry, pushed: true, at } : entry);
    }
  }
  return { proposals, changed: proposals.filter((entry) => !known.includes(entry)), rejections, merged };
}

/** The subject of a branch's commit is its title. */
async function bring(
  repository: Repository,
  remote: string,
  { entries, heads }: { entries: readonly ProposalEntry[]; heads: ReadonlyMap<string, string> },
): Promise<void> {
  const missing: string[] = [];
  for (const { branch, commit, state } of entries) {
    const ref = `refs/heads/${branch}`;
    if (state === 'open' && heads.get(ref) === commit && !(await hasCommit(repository, commit))) missing.push(ref);
  }
  await fetchObjects(repository, remote, missing);
}

function readRecord(folder: string): RunRecord {
  const file = join(folder, 'record.json');
  if (!existsSync(file)) {
    throw new Failure('usage', 'run-unknown', `${file} does not exist.`, {
      hint: 'Name folders of finished runs: .mendwright/runs/<id>.',
    });
  }
  try {
    return RunRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Failure('usage', 'run-file-wrong', `${file} is not a file of this version of mendwright.`, { cause });
  }
}
