/** What reports take from Playwright's trace of one run: pictures of the page, console lines, errors, and what the page held. */

/** Times are milliseconds on the trace's own clock. */
export interface TraceFrame {
  /** Name of a JPEG inside the trace. */
  readonly file: string;
  readonly page: string;
  readonly at: number;
}

export interface TraceEvents {
  /** By time. */
  readonly frames: readonly TraceFrame[];
  readonly console: readonly { readonly level: string; readonly text: string; readonly at: number }[];
  /** When something went wrong: an error that a page threw, or a step that failed. */
  readonly errors: readonly number[];
  /** Pages as they were at the steps, by time: their markup as it lies in the trace, fields with their values. */
  readonly looks: readonly { readonly html: unknown; readonly at: number }[];
  readonly endedAt: number;
}
