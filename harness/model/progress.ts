/** What a night says while it runs, as it leaves it in `progress.jsonl` of its folder: one line of JSON each. */
import { z } from 'zod';

export const ProgressEntry = z.strictObject({
  at: z.iso.datetime(),
  /** `stage` a new one begins · `update` where it stands · `line`, `warn` findings that stay · `end` nothing follows. */
  kind: z.enum(['stage', 'update', 'line', 'warn', 'end']),
  /** At most 600 characters; a stranger's text may be in it. For `stage` the stage's name. */
  text: z.string(),
  /** Of a stage: what it does. */
  detail: z.string().optional(),
});
export type ProgressEntry = z.infer<typeof ProgressEntry>;

/** A night at work, or the last one that was. */
export interface NightProgress {
  readonly run: string;
  /** `killed`: its process is gone, and it did not say that it ended. */
  readonly state: 'running' | 'ended' | 'killed';
  readonly startedAt: string;
  /** Absent while it runs, and where it was cut off. */
  readonly endedAt?: string;
  /** In their order; the last one runs while the night does. */
  readonly stages: readonly { readonly name: string; readonly detail: string; readonly startedAt: string }[];
  /** Where the last stage stands. */
  readonly now: string;
  /** Findings and warnings, the newest last; older ones are left out. */
  readonly lines: readonly { readonly text: string; readonly isWarning: boolean }[];
}
