/** A Playwright reporter that prints nothing: it leaves what ran, and how it ended, as lines in the run's folder. */
import { existsSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
  TestStep,
} from '@playwright/test/reporter';
import { cleanText } from './clean-text.ts';
import { type ObserveOptions, readOptions } from './options.ts';
import { appendRecord, type ReporterRecord, type TestRecord } from './records.ts';
import { readTitle } from './repeat-test.ts';

/** What the scenario itself does; hooks and fixtures have lines that are not its own. */
const STEPS = new Set(['pw:api', 'expect', 'test.step']);

export default class RecordReporter implements Reporter {
  readonly #options: ObserveOptions | undefined = readOptions(process.env);

  /** Playwright makes its reporters when it is loaded itself, before global set-ups and scenarios. */
  constructor() {
    if (this.#options?.until !== undefined) waitFor(this.#options.until);
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    const tests = suite.allTests();
    this.#write({ type: 'begin', tests: tests.map((test) => this.#describe(test)) });
    const others = new Set(tests.map(browserOf).filter((name) => name !== undefined && name !== 'chromium'));
    for (const name of [...others].sort()) {
      const text = `Scenarios in ${name} are observed, not debugged: values at the throw are seen in Chromium alone.`;
      this.#write({ type: 'note', text });
    }
  }

  onStepBegin(test: TestCase, _result: TestResult, step: TestStep): void {
    if (!STEPS.has(step.category) || step.location === undefined) return;
    const file = this.#path(step.location.file);
    if (file.startsWith('..')) return;
    const at = step.startTime.toISOString();
    const title = cleanText(step.title, 200);
    this.#write({ type: 'step', test: test.id, title, file, line: step.location.line, at });
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const mayBeRetried = result.status === 'failed' || result.status === 'timedOut';
    this.#write({
      type: 'ended',
      test: test.id,
      retry: result.retry,
      status: result.status,
      expected: test.expectedStatus,
      startedAt: result.startTime.toISOString(),
      durationMs: Math.max(0, result.duration),
      isLast: !mayBeRetried || result.status === test.expectedStatus || result.retry >= test.retries,
      errors: result.errors.map((error) => this.#describeError(error)),
    });
  }

  onError(error: TestError): void {
    this.#write({ type: 'load-error', ...this.#describeError(error) });
  }

  onEnd(result: FullResult): void {
    this.#write({ type: 'finished', status: result.status });
  }

  printsToStdio(): boolean {
    return true;
  }

  #describe(test: TestCase): TestRecord {
    const [, project = '', , ...titles] = test.titlePath();
    const { title, repetition } = readTitle(titles.at(-1) ?? '');
    return {
      test: test.id,
      project,
      file: this.#path(fileOf(test)),
      line: test.location.line,
      titlePath: [...titles.slice(0, -1), title],
      repetition: repetition + test.repeatEachIndex,
    };
  }

  #describeError(error: TestError): {
    message: string;
    file?: string;
    line?: number;
    expected?: string;
    received?: string;
  } {
    const message = cleanText(error.message ?? error.value ?? 'unknown error', 4_000);
    const expected = /^\s*Expected[^:\n]*:\s*(.+)$/m.exec(message)?.[1];
    const received = /^\s*Received[^:\n]*:\s*(.+)$/m.exec(message)?.[1];
    return {
      message,
      ...(error.location && { file: this.#path(error.location.file), line: error.location.line }),
      ...(expected !== undefined && { expected }),
      ...(received !== undefined && { received }),
    };
  }

  #path(file: string): string {
    return relative(this.#options?.root ?? process.cwd(), file)
      .split(sep)
      .join('/');
  }

  #write(record: ReporterRecord): void {
    if (this.#options) appendRecord(this.#options.folder, record);
  }
}

function browserOf(test: TestCase): string | undefined {
  const use = test.parent.project()?.use;
  return use?.browserName ?? use?.defaultBrowserType;
}

/** The spec file: a test that was registered by our own hand says that it stands in ours. */
function fileOf(test: TestCase): string {
  let suite: Suite | undefined = test.parent;
  while (suite !== undefined && suite.type !== 'file') suite = suite.parent;
  return suite?.location?.file ?? test.location.file;
}

const LOOK_MS = 5;

/** Blocks until a file is there; ends the process when the harness that would make it is gone. */
function waitFor(file: string): void {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const { ppid } = process;
  while (!existsSync(file)) {
    if (process.ppid !== ppid) process.exit(1);
    Atomics.wait(cell, 0, 0, LOOK_MS);
  }
}
