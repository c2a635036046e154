/** The code host of the repository, with what the night and `mendwright publish` do there. */
import { findForge, TOKENS } from '../adapters/forges/find-forge.ts';
import { openForge } from '../adapters/forges/open-forge.ts';
import type { Repository } from '../adapters/git/open-repository.ts';
import { readRemoteRefs, remoteAddress } from '../adapters/git/remote.ts';
import type { Config } from '../model/config.ts';
import { Failure } from '../model/failure.ts';
import type { Forge } from '../model/forge.ts';
import type { RunRecord } from '../model/run-record.ts';
import { type Fate, fateOf } from '../publishing/forges/fate.ts';
import { type TendedDashboard, tendDashboard } from '../publishing/forges/tend-dashboard.ts';
import { type Offer, type Tended, tendProposal } from '../publishing/forges/tend-proposal.ts';
import type { ProposalEntry } from '../publishing/ledger/entries.ts';
import { formatDashboard } from '../report/dashboard.ts';
import { formatPullRequests } from '../report/pull-request.ts';
import { dashboardWords, proposalWords } from './forge-words.ts';

export interface ForgeGround {
  readonly repository: Repository;
  readonly publish: Pick<Config['publish'], 'branchPrefix' | 'forge'>;
  /** Where branches go. */
  readonly remote: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dryRun: boolean;
  readonly signal?: AbortSignal | undefined;
  warn(text: string): void;
  line(text: string): void;
}

export interface ForgeTools {
  /** Asked once for each branch; undefined, and told, where the host does not answer. */
  fateOf(entry: ProposalEntry): Promise<Fate | undefined>;
  /** Pull requests of the open proposals that stand on the remote, and the dashboard of whole nights. */
  tend(night: TendedNight): Promise<TendedBranches>;
}

export interface TendedNight {
  /** One, or those of the jobs that made one night. */
  readonly records: readonly RunRecord[];
  readonly proposals: readonly ProposalEntry[];
}

/** Codes of Failures that the next question would meet, too. */
const DOWN = new Set([
  ...['forge-refused-token', 'forge-unreachable', 'forge-untrusted-certificate'],
  ...['forge-rate-limited', 'forge-broken', 'forge-redirected'],
]);

/** By branch: a sentence for people, and the pull request's address. */
export type TendedBranches = ReadonlyMap<string, { readonly words: string; readonly url: string | undefined }>;

/**
 * Undefined where no code host is known, or no token is in the environment; what is configured and lacks its token is told.
 * Throws the usage Failures of `findForge` and `openForge`.
 */
export async function forgeTools(ground: ForgeGround): Promise<ForgeTools | undefined> {
  const { repository, publish, remote, env, dryRun, warn, line } = ground;
  if (publish.forge === false) return undefined;
  const { labels, dashboard, target, ...config } = publish.forge;
  const address = findForge({ config, remote: await remoteAddress(repository, remote), env });
  if (address === undefined) return undefined;
  const token = env[address.tokenName];
  const isWanted = Object.values(config).some((value) => value !== undefined);
  if (!token) {
    const names = config.token === undefined ? TOKENS[address.kind].join(' or ') : config.token;
    // In CI the job that runs candidates has none, on purpose.
    if (isWanted) line(`No token in ${names}: pull requests are left to \`mendwright publish\`.`);
    return undefined;
  }
  const found = opened(() => openForge(address, token, { signal: ground.signal }), { isWanted, warn });
  if (found === undefined) return undefined;
  const forge = found;
  const fates = new Map<string, Promise<Fate | undefined>>();
  let isDown = false;

  /** The night does not end where the host refuses something: it says so, and of a host that refuses everything only once. */
  async function tell<T>(work: () => Promise<T>, about: string): Promise<T | undefined> {
    if (isDown) return undefined;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      isDown = DOWN.has(error.code);
      const rest = isDown ? ', and nothing else at the code host' : '';
      warn(`Not done: ${about}${rest}. ${error.message} ${error.hint ?? ''}`.trim());
      return undefined;
    }
  }

  async function tendAll({ records, proposals }: TendedNight): Promise<Tended[]> {
    const pages = new Map(
      records.flatMap((record) => formatPullRequests(record, forge.bodyLimit - 400)).map((one) => [one.branch, one]),
    );
    const heads = await readRemoteRefs(repository, remote, [`refs/heads/${publish.branchPrefix}*`, 'refs/heads/*']);
    const into = target ?? targetOf(records, heads);
    const tended: Tended[] = [];
    for (const entry of proposals) {
      if (entry.state !== 'open' || heads.get(`refs/heads/${entry.branch}`) !== entry.commit) continue;
      const page = pages.get(entry.branch)?.markdown;
      const done = await tell(
        async () => tendProposal(await offerOf(entry, page, repository), { forge, labels, dryRun, target: into }),
        `the pull request of ${entry.branch}`,
      );
      if (done === undefined) continue;
      for (const trouble of done.troubles) warn(`${entry.branch}: ${trouble}`);
      tended.push(done);
    }
    return tended;
  }

  return {
    fateOf: (entry) => {
      const known = fates.get(entry.branch) ?? tell(() => fateOf(entry, forge), `what became of ${entry.branch}`);
      fates.set(entry.branch, known);
      return known;
    },
    tend: async (night) => {
      const tended = (await tell(() => tendAll(night), 'the pull requests')) ?? [];
      for (const one of tended) if (isNews(one)) line(`${one.branch}: ${proposalWords(one, forge.name)}`);
      for (const branch of plannedBranches(night)) {
        const found = await tell(() => forge.findProposal(branch), `whether ${branch} has a pull request`);
        const would = found?.state === 'open' ? `update ${found.url}` : 'open a draft pull request';
        line(`${branch}: would ${would} at ${forge.name}.`);
      }
      if (dashboard && night.records.some(isWhole)) {
        const text = formatDashboard(night.records, openBranches(night.proposals, tended));
        const done = await tell(() => tendDashboard(text, { forge, dryRun }), 'the dashboard');
        if (done !== undefined && isNewsOf(done)) line(dashboardWords(done));
      }
      return new Map(
        tended.map((one) => [one.branch, { words: proposalWords(one, forge.name), url: one.proposal?.url }]),
      );
    },
  };
}

/** What nobody has configured ends no night. */
function opened(
  open: () => Forge,
  { isWanted, warn }: { readonly isWanted: boolean; warn(text: string): void },
): Forge | undefined {
  try {
    return open();
  } catch (error) {
    if (isWanted || !(error instanceof Failure)) throw error;
    warn(`No pull requests: ${error.message} ${error.hint ?? ''}`.trim());
    return undefined;
  }
}

/** A night over some issues or scenarios cannot tell what waits in all. */
function isWhole({ command }: RunRecord): boolean {
  return command === 'nightly' || command === 'run';
}

/** The branch that the night worked on, where the remote has it. */
function targetOf(records: readonly RunRecord[], heads: ReadonlyMap<string, string>): string | undefined {
  const branch = records[0]?.base.branch;
  return branch !== undefined && heads.has(`refs/heads/${branch}`) ? branch : undefined;
}

async function offerOf(entry: ProposalEntry, page: string | undefined, repository: Repository): Promise<Offer> {
  const { branch, commit, evidence, shortId, cause } = entry;
  const { subject } = await repository.resolveCommit(commit);
  const fallback = `**Cause:** ${plain(cause)}\n\nThe commit says what was seen, and how to repeat the proof. Nothing is merged automatically.`;
  return { branch, commit, evidence, title: `${subject} (${shortId})`, page, fallback };
}

/** A code block, which nothing in the text can close: a cause may quote strangers. */
function plain(text: string): string {
  return `\n\n    ${text.replaceAll(/\s+/g, ' ')}`;
}

/** Those that a dry run would have written. */
function plannedBranches({ records }: TendedNight): ReadonlySet<string> {
  const planned = records.flatMap(({ outcomes }) =>
    outcomes.flatMap(({ reason, branch }) => (reason === 'dry-run' && branch !== undefined ? [branch] : [])),
  );
  return new Set(planned);
}

function openBranches(proposals: readonly ProposalEntry[], tended: readonly Tended[]) {
  return proposals
    .filter(({ state }) => state === 'open')
    .map(({ branch, shortId, title }) => ({
      ...{ branch, shortId, title },
      url: tended.find((one) => one.branch === branch)?.proposal?.url,
    }));
}

function isNews({ deeds }: Tended): boolean {
  return !deeds.includes('unchanged');
}

function isNewsOf({ deed }: TendedDashboard): boolean {
  return deed !== 'unchanged' && deed !== 'nothing-to-tell';
}
