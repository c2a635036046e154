/** The lines that the watching fixture and the reporter leave, checked at the door. */
import { z } from 'zod';
import { RequestSeen } from '../../model/scenario.ts';
import { Sighting } from '../../model/sighting.ts';
import { ThrowState } from '../../model/throw-state.ts';
import { Witness } from '../../model/witness.ts';

const Test = z.object({
  test: z.string(),
  project: z.string(),
  file: z.string(),
  line: z.int().positive(),
  titlePath: z.array(z.string()).min(1),
  repetition: z.int().nonnegative(),
});
export type TestLine = z.infer<typeof Test>;

const TestError = z.object({
  message: z.string(),
  file: z.string().optional(),
  line: z.int().positive().optional(),
  expected: z.string().optional(),
  received: z.string().optional(),
});

const STATUS = {
  passed: 'passed',
  failed: 'failed',
  timedOut: 'timed-out',
  skipped: 'skipped',
  interrupted: 'interrupted',
} as const;

export const Line = z.discriminatedUnion('type', [
  z.object({ type: z.literal('begin'), tests: z.array(Test) }),
  z.object({ type: z.literal('sighted'), test: z.string(), sighting: Sighting }),
  z.object({
    type: z.literal('watched'),
    test: z.string(),
    retry: z.int(),
    sightings: z.array(Sighting),
    eventIds: z.array(z.string()),
    controlEventIds: z.array(z.string()),
    traceIds: z.array(z.string()),
    requests: z.array(RequestSeen),
    hosts: z.array(z.string()).optional(),
    throws: z.array(ThrowState).optional(),
    witness: Witness.optional(),
    browserSdk: z.boolean().optional(),
    pageText: z.string().optional(),
    screenshot: z.string().optional(),
    trace: z.string().optional(),
    endedEarly: z.boolean(),
    errorsBefore: z.int().nonnegative().optional(),
    expected: z.string(),
  }),
  z.object({
    type: z.literal('ended'),
    test: z.string(),
    retry: z.int(),
    status: z.enum(['passed', 'failed', 'timedOut', 'skipped', 'interrupted']).transform((status) => STATUS[status]),
    expected: z.string(),
    startedAt: z.iso.datetime(),
    durationMs: z.number().nonnegative(),
    isLast: z.boolean(),
    errors: z.array(TestError),
  }),
  z.object({
    type: z.literal('step'),
    test: z.string(),
    title: z.string(),
    file: z.string(),
    line: z.int().positive(),
    at: z.iso.datetime(),
  }),
  z.object({ type: z.literal('note'), text: z.string() }),
  z.object({ type: z.literal('load-error'), ...TestError.shape }),
  z.object({ type: z.literal('finished'), status: z.string() }),
]);
export type Line = z.infer<typeof Line>;
export type EndedLine = Extract<Line, { type: 'ended' }>;
export type WatchedLine = Extract<Line, { type: 'watched' }>;
export type StepLine = Extract<Line, { type: 'step' }>;
export type LoadErrorLine = Extract<Line, { type: 'load-error' }>;
