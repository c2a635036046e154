/** When each scenario was last green, as the ledger has it: for reports, which do without where it cannot be read. */
import { readLedgerFiles } from '../adapters/git/ledger-ref.ts';
import type { Repository } from '../adapters/git/open-repository.ts';
import { parseLedger } from '../publishing/ledger/ledger.ts';

/** By scenario's id, ISO dates. */
export async function readLastGreen(repository: Repository): Promise<Map<string, string>> {
  const { green } = parseLedger(await readLedgerFiles(repository));
  return new Map([...green].map(([scenario, { at }]) => [scenario, at]));
}
