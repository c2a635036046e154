/** What people approved, in the run's folder: until the next night sees a merge, nothing else here may know of it. */
import { z } from 'zod';
import type { RunFolder } from '../../adapters/run-folder/run-folder.ts';
import type { Decision, Proposal } from '../../review/tools.ts';

const FILE = 'approvals.json';

const Approvals = z.array(
  z.strictObject({ branch: z.string(), commit: z.string(), text: z.string(), at: z.iso.datetime() }),
);

export function readApprovals(folder: RunFolder): [branch: string, decision: Decision][] {
  if (!folder.has(FILE)) return [];
  return folder.read(FILE, Approvals).map(({ branch, text }) => [branch, { kind: 'approved', text }]);
}

export function keepApproval(
  folder: RunFolder,
  { branch, commit }: Proposal,
  { text, at }: { text: string; at: Date },
): void {
  const before = folder.has(FILE) ? folder.read(FILE, Approvals) : [];
  folder.write(FILE, Approvals, [...before, { branch, commit, text, at: at.toISOString() }]);
}
