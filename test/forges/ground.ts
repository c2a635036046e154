/** An adapter on a double's port, with the pauses that it would have made. */
import { findForge } from '../../harness/adapters/forges/find-forge.ts';
import { openForge } from '../../harness/adapters/forges/open-forge.ts';
import type { Forge } from '../../harness/model/forge.ts';
import type { Offer, TendTools } from '../../harness/publishing/forges/tend-proposal.ts';
import { azure } from './azure-double.ts';
import { bitbucket } from './bitbucket-double.ts';
import { type HostDouble, type RunningDouble, startDouble, TOKEN } from './double.ts';
import { gitea } from './gitea-double.ts';
import { github } from './github-double.ts';
import { gitlab } from './gitlab-double.ts';

export const HOSTS: readonly HostDouble[] = [github, gitlab, bitbucket, azure, gitea];

export interface Ground {
  readonly host: HostDouble;
  readonly double: RunningDouble;
  readonly forge: Forge;
  /** Milliseconds. */
  readonly pauses: number[];
}

export const NOW = Date.parse('2026-01-01T00:00:00Z');

export async function groundOf(host: HostDouble): Promise<Ground> {
  const double = await startDouble(host);
  const pauses: number[] = [];
  const { kind, repository } = host;
  const address = findForge({ config: { kind, url: double.url, repository }, remote: undefined, env: {} });
  if (address === undefined) throw new Error('no forge');
  const forge = openForge(address, TOKEN, {
    now: () => NOW,
    random: () => 0,
    wait: async (ms) => void pauses.push(ms),
  });
  return { host, double, forge, pauses };
}

export const OFFER: Offer = {
  branch: 'mend/shop-1-cannot-read',
  commit: 'a'.repeat(40),
  evidence: '0123456789abcdef',
  title: 'fix: read the total with care (SHOP-1)',
  page: '**Cause:** the cart is empty.\n\n<details>\n<summary>Values</summary>\n\n| a | b |\n\n</details>\n',
  fallback: 'The commit says what was seen.',
};

export function toolsOf({ forge }: Ground, changes: Partial<TendTools> = {}): TendTools {
  return { forge, target: undefined, labels: ['mendwright'], dryRun: false, ...changes };
}
