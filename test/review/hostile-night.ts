/** The kept night with a stranger's text in every field that a stranger can write. */
import type { RunRecord } from '../../harness/model/run-record.ts';

export const EVIL =
  '</title></textarea></h1><img src=x onerror=alert(1)><script>alert(2)</script>"\'`onmouseover=alert(3) \u202egnp.exe\u0000';

export function hostileNight(record: RunRecord): RunRecord {
  return {
    ...record,
    app: { ...record.app, name: EVIL },
    base: { ...record.base, subject: EVIL },
    notes: [EVIL],
    issues: record.issues.map((issue) => ({
      ...issue,
      ...{ title: EVIL, culprit: EVIL, permalink: `javascript:alert(4)//${EVIL}` },
      event: {
        ...issue.event,
        exceptions: [
          {
            type: EVIL,
            value: EVIL,
            frames: [{ file: EVIL, function: EVIL, line: 1, inApp: true, contextLine: EVIL }],
          },
        ],
        breadcrumbs: [{ category: EVIL, message: EVIL, data: { [EVIL]: EVIL } }],
        tags: { [EVIL]: EVIL },
      },
    })),
    suspects: record.suspects.map((one) => ({
      ...one,
      ...{ function: EVIL, message: EVIL, reasons: [EVIL], values: { [EVIL]: EVIL } },
    })),
    patches: record.patches.map((one) => ({
      ...one,
      ...{
        title: EVIL,
        rationale: EVIL,
        fixer: EVIL,
        diff: one.diff.replaceAll('price', EVIL.replaceAll('\u0000', '')),
      },
    })),
    verdicts: record.verdicts.map((one) => ({ ...one, why: EVIL })),
    outcomes: record.outcomes.map((one) => ({ ...one, detail: EVIL })),
    skipped: record.skipped.map((one) => ({ ...one, detail: EVIL })),
    scenarios: record.scenarios.map((run) => ({
      ...run,
      scenario: { ...run.scenario, titlePath: [EVIL] },
      sightings: run.sightings.map((one) => ({
        ...one,
        message: EVIL,
        step: { title: EVIL, file: EVIL, line: 1 },
      })),
      requests: [{ method: EVIL, url: EVIL, failure: EVIL, resourceType: 'fetch', at: run.startedAt }],
    })),
  };
}
