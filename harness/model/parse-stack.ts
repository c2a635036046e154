/** A stack as an engine prints it, taken apart: V8, SpiderMonkey, JavaScriptCore and Python. */
import type { StackFrame } from './issue.ts';

/** `    at async total (http://app/a.js:7:3)`, `    at http://app/a.js:7:3` */
const V8 =
  /^\s*at (?:(?:async )?(?:new )?(?<name>.*?) (?:\[as [^\]]+\] )?\()?(?<file>[^()\s]+?):(?<line>\d+):(?<column>\d+)\)?$/;
/** `total@http://app/a.js:7:3`, `@http://app/a.js:7:3`, `global code@http://app/a.js:7:3` */
const GECKO = /^(?<name>[^@]*)@(?<file>\S+?):(?<line>\d+):(?<column>\d+)$/;
/** `  File "/srv/quiz/routes.py", line 41, in score` */
const PYTHON = /^\s*File "(?<file>[^"]+)", line (?<line>\d+)(?:, in (?<name>\S+))?/;

const LIBRARY = /(?:^|\/)(?:node_modules|site-packages|dist-packages)\/|^node:|^<|\/lib\/python\d/;

/** Sentry's order: outermost caller first, throwing frame last. Lines that are no frames are left out. */
export function parseStack(text: string): StackFrame[] {
  const lines = text.split('\n');
  const frames = lines.flatMap((line) => frameOf(V8.exec(line) ?? GECKO.exec(line.trim()) ?? PYTHON.exec(line)));
  // Python says the most recent call last, all others say it first.
  return lines.some((line) => PYTHON.test(line)) ? frames : frames.reverse();
}

function frameOf(match: RegExpExecArray | null): StackFrame[] {
  const { file, line, column, name } = match?.groups ?? {};
  if (file === undefined || line === undefined) return [];
  // SpiderMonkey writes where a function stands that has no name: `a/b/<`, `cart.load/<`.
  const known = name
    ?.replace(/^(?:global code|module code|eval code|<module>|<anonymous>|\?)$/, '')
    .replace(/(?:\/<)+$/, '');
  return [
    {
      file,
      ...(known && { function: known }),
      line: Number(line),
      ...(column !== undefined && { column: Number(column) }),
      inApp: !LIBRARY.test(file),
    },
  ];
}
