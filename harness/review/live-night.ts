/** A night's progress as it is sent to pages: in words, without secrets, and nothing in it that steers a reader's eye. */
import { oneLine } from '../markup/plain-text.ts';
import type { NightProgress } from '../model/progress.ts';
import { Stage } from '../model/run-record.ts';
import { maskSecrets } from '../report/mask-secrets.ts';
import { STAGES } from '../report/night-words.ts';

export interface LiveNight extends Omit<NightProgress, 'stages'> {
  /** When this was sent. */
  readonly at: string;
  /** Whether its reports can be looked at. */
  readonly hasRecord: boolean;
  readonly stages: readonly {
    readonly title: string;
    readonly detail: string;
    readonly startedAt: string;
    /** Seconds; null for the one that runs, or was cut off. */
    readonly took: number | null;
  }[];
}

export function liveNight(progress: NightProgress, { hasRecord, at }: { hasRecord: boolean; at: Date }): LiveNight {
  const { stages, now, lines, endedAt } = progress;
  return {
    ...progress,
    at: at.toISOString(),
    hasRecord,
    now: quiet(now),
    lines: lines.map(({ text, isWarning }) => ({ text: quiet(text), isWarning })),
    stages: stages.map(({ name, detail, startedAt }, index) => {
      const next = stages[index + 1]?.startedAt ?? endedAt;
      const known = Stage.safeParse(name).data;
      return {
        title: known === undefined ? quiet(name) : STAGES[known],
        detail: quiet(detail),
        startedAt,
        took: next === undefined ? null : (Date.parse(next) - Date.parse(startedAt)) / 1000,
      };
    }),
  };
}

function quiet(text: string): string {
  return oneLine(maskSecrets(text), 300);
}
