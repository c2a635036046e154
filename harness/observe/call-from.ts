/**
 * Calls a function as if from another place. Playwright takes a test's position from the frame that called `test`, and where
 * that lies in a file of another kind than the suite's, it takes the suite's tests for tests of that file.
 */
import { compileFunction } from 'node:vm';

/** A position in the code that runs, before source maps: 1-based. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where `callee`, which is on the stack, was called; undefined where that is no file. */
export function callerOf(callee: (...args: never[]) => unknown): Place | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const traced: { stack?: Place | undefined } = {};
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_error, [frame]): Place | undefined => {
      const file = frame?.getFileName();
      if (frame === undefined || !file) return undefined;
      return { file, line: frame.getLineNumber() ?? 1, column: frame.getColumnNumber() ?? 1 };
    };
    Error.captureStackTrace(traced, callee);
    return traced.stack;
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}

/** The result is dropped: whatever stands before the call would move it from its column. */
export function callFrom(
  { file, line, column }: Place,
  callee: (...args: never[]) => unknown,
  self: unknown,
  args: readonly unknown[],
): void {
  const call = compileFunction('apply(callee, self, args)', ['apply', 'callee', 'self', 'args'], {
    filename: file,
    lineOffset: line - 1,
    columnOffset: column - 1,
  });
  call(Reflect.apply, callee, self, args);
}
