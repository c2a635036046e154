/** What all reports say of a night's branches together: merged into one tree, and run. */
import type { RunRecord } from '../model/run-record.ts';
import { count, listing } from './night-words.ts';
import { scenarioNames } from './story-sentences.ts';

export interface CombinationWords {
  readonly isGood: boolean;
  /** One sentence. */
  readonly headline: string;
  /** Sentences: conflicts, and what was red. */
  readonly lines: readonly string[];
}

const SHOWN = 20;

/** Undefined where fewer than two branches waited. */
export function wordsOfCombination({ combination, ...record }: RunRecord): CombinationWords | undefined {
  if (combination === undefined) return undefined;
  const { branches, conflicts, verdict, why, broken, failedChecks, green } = combination;
  const names = scenarioNames(record);
  const together = `${count(branches.length, 'branch', 'branches')} merged together`;
  const headlines = {
    green: `${together}: ${count(green, 'scenario')} green, nothing broken.`,
    red: `${together}: ${count(broken.length, 'scenario')} and ${count(failedChecks.length, 'check')} red that are green with each branch alone.`,
    'not-run': `The branches were not run together: ${why}`,
  };
  const lines = [
    ...conflicts.map(({ branch, with: others, files }) => {
      const opponents = others.length === 0 ? 'what the others come to' : listing(others);
      return `${branch} conflicts with ${opponents} in ${listing(bounded(files))}: merge one of them first, the next night writes the other anew.`;
    }),
    ...bounded(broken.map((id) => `Red together: ${names.get(id) ?? id}`)),
    ...failedChecks.map((command) => `Red together: the check ${command}`),
  ];
  return { isGood: verdict === 'green' && conflicts.length === 0, headline: headlines[verdict], lines };
}

/** What one branch is told of the others; undefined where there is nothing to tell. */
export function combinationSentence(branch: string, { combination }: RunRecord): string | undefined {
  if (combination === undefined) return undefined;
  const { branches, conflicts, verdict, broken, failedChecks } = combination;
  const clash = conflicts.find((one) => one.branch === branch);
  if (clash !== undefined) {
    return `conflicts with ${listing(clash.with)} in ${listing(bounded(clash.files))}`;
  }
  const opponents = conflicts.filter((one) => one.with.includes(branch)).map((one) => one.branch);
  const clashes = opponents.length === 0 ? [] : [`${listing(opponents)} conflicts with it`];
  if (!branches.includes(branch) || verdict === 'not-run') return clashes[0];
  const others = count(branches.length - 1, 'other branch', 'other branches');
  const seen =
    verdict === 'green'
      ? `green, merged with the night’s ${others}`
      : `merged with the night’s ${others}, ${count(broken.length + failedChecks.length, 'scenario or check', 'scenarios or checks')} red`;
  return [seen, ...clashes].join('; ');
}

function bounded(list: readonly string[]): string[] {
  if (list.length <= SHOWN) return [...list];
  return [...list.slice(0, SHOWN), `${list.length - SHOWN} more`];
}
