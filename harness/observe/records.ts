/** The lines that the fixture and the reporter write while a suite runs; `adapters/playwright/wire.ts` checks them. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestSeen } from '../model/scenario.ts';
import type { Sighting } from '../model/sighting.ts';
import type { ThrowState } from '../model/throw-state.ts';
import type { Witness } from '../model/witness.ts';

/** What the fixture saw of one attempt of one test. */
export interface WatchedRecord {
  readonly type: 'watched';
  /** Playwright's id of the test, and the number of the attempt. */
  readonly test: string;
  readonly retry: number;
  readonly sightings: readonly Sighting[];
  readonly eventIds: readonly string[];
  readonly controlEventIds: readonly string[];
  readonly traceIds: readonly string[];
  readonly requests: readonly RequestSeen[];
  readonly hosts?: readonly string[];
  readonly throws?: readonly ThrowState[];
  readonly witness?: Witness;
  readonly browserSdk?: boolean;
  readonly pageText?: string;
  readonly screenshot?: string;
  readonly trace?: string;
  readonly endedEarly: boolean;
  /** When the harness ended the attempt: how many errors Playwright had found by then. Later ones are our own doing. */
  readonly errorsBefore?: number;
  /** What the suite expected: `failed` for tests that are known to fail. */
  readonly expected: string;
}

/** One sighting, at once, for the live display. */
export interface SightedRecord {
  readonly type: 'sighted';
  readonly test: string;
  readonly sighting: Sighting;
}

/** A step of a scenario began: what was running when something is sighted. */
export interface StepRecord {
  readonly type: 'step';
  readonly test: string;
  readonly title: string;
  readonly file: string;
  readonly line: number;
  readonly at: string;
}

/** What a person should know of the suite as a whole; written by every process that finds it. */
export interface NoteRecord {
  readonly type: 'note';
  readonly text: string;
}

export interface TestRecord {
  readonly test: string;
  readonly project: string;
  readonly file: string;
  readonly line: number;
  readonly titlePath: readonly string[];
  readonly repetition: number;
}

export type ReporterRecord =
  | { readonly type: 'begin'; readonly tests: readonly TestRecord[] }
  | {
      readonly type: 'ended';
      readonly test: string;
      readonly retry: number;
      readonly status: string;
      readonly expected: string;
      readonly startedAt: string;
      readonly durationMs: number;
      readonly isLast: boolean;
      readonly errors: readonly {
        message: string;
        file?: string;
        line?: number;
        expected?: string;
        received?: string;
      }[];
    }
  | StepRecord
  | NoteRecord
  | { readonly type: 'load-error'; readonly message: string; readonly file?: string; readonly line?: number }
  | { readonly type: 'finished'; readonly status: string };

/** Each process appends to a file of its own, so that lines never mix. */
export function appendRecord(folder: string, record: WatchedRecord | SightedRecord | ReporterRecord): void {
  appendFileSync(join(folder, `records-${process.pid}.ndjson`), `${JSON.stringify(record)}\n`);
}
