/** Collects what one attempt of one scenario shows: sightings, requests, and the Sentry events that leave its pages. */
import { createHash } from 'node:crypto';
import { isMuted } from '../model/is-muted.ts';
import type { RequestSeen } from '../model/scenario.ts';
import type { Sighting } from '../model/sighting.ts';
import type { ThrowState } from '../model/throw-state.ts';
import type { AnswerShape, CoveredScript } from '../model/witness.ts';
import { cleanText, cleanUrl } from './clean-text.ts';
import type { ObserveOptions } from './options.ts';
import type { WantedThrows } from './pause-at-throw.ts';
import { appendRecord, type WatchedRecord } from './records.ts';

export type NewSighting = Omit<Sighting, 'id' | 'at'>;

const MOST_SIGHTINGS = 200;
const MOST_REQUESTS = 1_000;
/** Frameworks throw one error several times on its way. */
const MOST_THROWS = 5;

/** Something that looks at a context besides; `end` may be asked twice, and is before the context closes. */
export interface ContextPart {
  end(recorder: Recorder): Promise<void>;
}

export class Recorder {
  readonly sightings: Sighting[] = [];
  readonly requests: RequestSeen[] = [];
  readonly throws: ThrowState[] = [];
  readonly eventIds = new Set<string>();
  readonly controlEventIds = new Set<string>();
  readonly traceIds = new Set<string>();
  readonly hosts = new Set<string>();
  browserSdk: boolean | undefined;
  pageText: string | undefined;
  screenshot: string | undefined;
  trace: string | undefined;
  /** Whether a page sent the app something that may have changed its data. */
  hasWritten = false;
  /** Switches of a tree that its pages came by. */
  readonly switches = new Set<number>();
  /** Whether something runs in its pages in which no patch is selected: workers, or a context that outlives a scenario. */
  isMixed = false;
  /** Whether a context of this attempt is being traced already. */
  isTraced = false;
  readonly #covered: CoveredScript[] = [];
  readonly #answers: AnswerShape[] = [];
  /** Set when the harness ends the attempt before its time. */
  #errorsBefore: number | undefined;
  readonly options: ObserveOptions;
  readonly test: string;
  readonly retry: number;
  readonly repetition: number;
  readonly #isFirst: boolean;
  readonly #title: string;
  readonly #errors: () => number;

  /** `isFirst`: no repetition of another; `errors` tells how many Playwright has found in the attempt so far. */
  constructor(
    options: ObserveOptions,
    attempt: { test: string; title: string; retry: number; repetition: number; isFirst: boolean; errors: () => number },
  ) {
    this.options = options;
    this.test = attempt.test;
    this.retry = attempt.retry;
    this.repetition = attempt.repetition;
    this.#isFirst = attempt.isFirst;
    this.#title = attempt.title;
    this.#errors = attempt.errors;
  }

  isRed(): boolean {
    return (
      this.#errors() > 0 ||
      this.sightings.some(({ kind, origin }) => origin === 'app' && kind !== 'console-error' && kind !== 'client-error')
    );
  }

  /** Whether an address belongs to the app itself. */
  isApp(url: string): boolean {
    return URL.parse(url)?.origin === URL.parse(this.options.baseUrl)?.origin;
  }

  isControl(text: string): boolean {
    return this.options.controlEvent !== undefined && text.includes(this.options.controlEvent);
  }

  /** The throws whose values are asked for. */
  wantedThrows(): WantedThrows {
    const { atThrow = [], evaluate = [] } = this.options;
    return { patterns: this.#isFirst ? atThrow : [], expressions: evaluate };
  }

  addThrow(state: ThrowState): void {
    if (this.throws.length < MOST_THROWS) this.throws.push({ ...state, message: cleanText(state.message, 1_000) });
  }

  addWitness({
    covered = [],
    answers = [],
  }: {
    covered?: readonly CoveredScript[];
    answers?: readonly AnswerShape[];
  }): void {
    this.#covered.push(...covered);
    this.#answers.push(...answers);
  }

  /** Whether this attempt is to be traced. */
  wantsTrace(): boolean {
    return this.wantsPicture() && !this.isTraced;
  }

  /** Whether pictures of this attempt are wanted even where it is green. */
  wantsPicture(): boolean {
    const { trace, repeated } = this.options;
    return this.#isFirst && trace === true && (repeated === undefined || repeated.includes(this.#title));
  }

  /** Whether all is known that is asked of a screened patch: it is out. */
  isScreenedOut(): boolean {
    return this.options.screening !== undefined && this.#errorsBefore !== undefined;
  }

  endEarly(): void {
    this.#errorsBefore ??= this.#errors();
  }

  sight(seen: NewSighting, when = new Date()): void {
    if (this.isControl(seen.message) || this.sightings.length >= MOST_SIGHTINGS) return;
    if (isMuted([seen.message, seen.stack, seen.request?.url], this.options.mute)) return;
    const at = when.toISOString();
    const message = cleanText(seen.message, 1_000);
    const id = createHash('sha256').update(`${this.test} ${seen.kind} ${message} ${at}`).digest('hex').slice(0, 12);
    const sighting: Sighting = {
      ...seen,
      id,
      at,
      message,
      ...(seen.stack !== undefined && { stack: cleanText(seen.stack, 8_000) }),
      ...(seen.pageUrl !== undefined && { pageUrl: cleanUrl(seen.pageUrl) }),
      ...(seen.request && { request: { ...seen.request, url: cleanUrl(seen.request.url) } }),
    };
    this.sightings.push(sighting);
    appendRecord(this.options.folder, { type: 'sighted', test: this.test, sighting });
  }

  addRequest(request: RequestSeen): void {
    if (this.requests.length < MOST_REQUESTS) this.requests.push({ ...request, url: cleanUrl(request.url) });
  }

  toRecord(): Omit<WatchedRecord, 'expected'> {
    return {
      type: 'watched',
      test: this.test,
      retry: this.retry,
      sightings: [...this.sightings].sort((a, b) => a.at.localeCompare(b.at)),
      eventIds: [...this.eventIds],
      controlEventIds: [...this.controlEventIds],
      traceIds: [...this.traceIds],
      requests: this.requests,
      hosts: [...this.hosts].sort(),
      ...(this.throws.length > 0 && { throws: this.throws }),
      ...(this.options.compare && { witness: { covered: this.#covered, answers: this.#answers } }),
      ...(this.browserSdk !== undefined && { browserSdk: this.browserSdk }),
      ...(this.pageText !== undefined && { pageText: this.pageText }),
      ...(this.screenshot !== undefined && { screenshot: this.screenshot }),
      ...(this.trace !== undefined && { trace: this.trace }),
      endedEarly: this.#errorsBefore !== undefined,
      ...(this.#errorsBefore !== undefined && { errorsBefore: this.#errorsBefore }),
    };
  }
}
