/** What the flags of `propose` tell of an error, in the form in which a night knows one: an issue, and what was seen. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { Failure } from '../model/failure.ts';
import type { Issue, StackFrame } from '../model/issue.ts';
import { parseStack } from '../model/parse-stack.ts';
import type { SeenThrow } from '../model/throw-state.ts';

export interface ErrorFlags {
  /** As the browser or Node printed it: `TypeError: x is undefined`. */
  readonly error: string;
  /** FILE:LINE[:COLUMN], relative to `cwd`. */
  readonly at: string;
  /** File with the stack: as an engine prints it, or JSON. */
  readonly stack?: string;
  /** File with the variables at the throw by name: JSON. */
  readonly values?: string;
}

export interface ToldError {
  readonly issue: Issue;
  readonly throws: SeenThrow[];
}

interface Place {
  /** Relative to the folder, forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column?: number | undefined;
  readonly function?: string | undefined;
  readonly values?: Record<string, unknown> | undefined;
}

const Values = z.record(z.string(), z.unknown());
/** Throwing frame first. */
const Frames = z.array(
  z.object({
    file: z.string(),
    line: z.int().positive(),
    column: z.int().positive().optional(),
    function: z.string().optional(),
    values: Values.optional(),
  }),
);

/** Throws usage Failures for an empty error, a position that is none, and files that are not there or say something else. */
export function readToldError(flags: ErrorFlags, cwd: string): ToldError {
  if (flags.error.trim() === '') {
    throw new Failure('usage', 'error-missing', '--error says nothing.', {
      hint: "For example --error 'x is not defined'",
    });
  }
  const top = parsePlace(flags.at, cwd);
  const values =
    flags.values === undefined ? undefined : readJson(flags.values, cwd, { flag: '--values', form: Values });
  const others = flags.stack === undefined ? [] : readFrames(flags.stack, cwd);
  const isTop = ({ file, line }: Place): boolean => file === top.file && line === top.line;
  const known = others.find(isTop);
  const places = [{ ...known, ...top, values: values ?? known?.values }, ...others.filter((one) => !isTop(one))];
  return { issue: issueOf(flags.error, places), throws: [throwOf(flags.error, places)] };
}

function parsePlace(at: string, cwd: string): Place {
  const match = /^(?<file>.+?):(?<line>\d+)(?::(?<column>\d+))?$/.exec(at);
  const { file = '', line = '', column } = match?.groups ?? {};
  if (match === null || Number(line) < 1) {
    throw new Failure('usage', 'place-wrong', `--at ${at} is no FILE:LINE[:COLUMN].`, {
      hint: 'For example --at src/cart.ts:41:12',
    });
  }
  const inside = fileBelow(file, cwd);
  if (inside === undefined) {
    throw new Failure('usage', 'file-missing', `There is no file ${file} below ${cwd}.`, {
      hint: 'Paths are relative to --cwd.',
    });
  }
  if (Number(line) > readFileSync(join(cwd, inside), 'utf8').split('\n').length) {
    throw new Failure('usage', 'place-wrong', `${file} has no line ${line}.`, {
      hint: 'Is it the position in the source, not in a built file?',
    });
  }
  return { file: inside, line: Number(line), ...(column !== undefined && { column: Number(column) }) };
}

/** A file below the folder, by its path or by the path of an address; undefined where there is none. */
function fileBelow(file: string, cwd: string): string | undefined {
  const address = /^(?:https?|file):\/\/[^/]*\/(?<path>[^?#]*)/.exec(file)?.groups?.path;
  const named = address === undefined ? file : file.startsWith('file:') ? `/${address}` : address;
  const full = isAbsolute(named) ? named : join(cwd, named);
  const inside = relative(cwd, full).split(sep).join('/');
  return !inside.startsWith('..') && existsSync(full) && statSync(full).isFile() ? inside : undefined;
}

/** Frames of files below the folder, throwing frame first. */
function readFrames(path: string, cwd: string): Place[] {
  const text = readTold(path, cwd, '--stack');
  const frames = /^\s*\[/.test(text)
    ? readJson(path, cwd, { flag: '--stack', form: Frames })
    : parseStack(text)
        .reverse()
        .flatMap(({ file, line, column, function: name }) =>
          line === undefined ? [] : [{ file, line, column, function: name, values: undefined }],
        );
  return frames.flatMap((frame) => {
    const file = fileBelow(frame.file, cwd);
    return file === undefined ? [] : [{ ...frame, file }];
  });
}

function readTold(path: string, cwd: string, flag: string): string {
  const full = isAbsolute(path) ? path : join(cwd, path);
  if (existsSync(full) && statSync(full).isFile()) return readFileSync(full, 'utf8');
  throw new Failure('usage', 'file-missing', `There is no file ${path} for ${flag}.`, {
    hint: 'Paths are relative to --cwd.',
  });
}

function readJson<T>(path: string, cwd: string, { flag, form }: { flag: string; form: z.ZodType<T> }): T {
  const text = readTold(path, cwd, flag);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw new Failure('usage', 'told-wrong', `${path} for ${flag} is no JSON.`, { cause });
  }
  const parsed = form.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Failure('usage', 'told-wrong', `${path} for ${flag}: ${issue?.path.join('.')} ${issue?.message}`, {
    hint:
      flag === '--values'
        ? 'One object with the variables by name: { "cart": { "items": null } }'
        : 'A stack as it is printed, or [{ "file": "src/cart.ts", "line": 41, "column": 12, "values": {} }]',
  });
}

const TYPED = /^(?:Uncaught (?:\(in promise\) )?)?(?<type>[A-Z]\w*(?:Error|Exception)): (?<message>[\s\S]*)$/;

function readError(error: string): { type: string; message: string } {
  const { type = '', message = error.trim() } = TYPED.exec(error.trim())?.groups ?? {};
  return { type, message };
}

function issueOf(error: string, places: readonly Place[]): Issue {
  const { type, message } = readError(error);
  const frames: StackFrame[] = places.map(({ file, line, column, function: name }) => ({
    file,
    line,
    inApp: true,
    ...(column !== undefined && { column }),
    ...(name !== undefined && { function: name }),
  }));
  const at = new Date(0).toISOString();
  return {
    id: 'propose',
    shortId: 'propose',
    title: error.trim(),
    culprit: '',
    level: 'error',
    permalink: '',
    status: 'unresolved',
    count: 1,
    userCount: 0,
    firstSeen: at,
    lastSeen: at,
    hashes: [],
    runtime: 'browser',
    reportedByHarness: false,
    scenarios: [],
    eventIds: [],
    event: {
      id: 'propose',
      at,
      platform: 'javascript',
      level: 'error',
      message: '',
      exceptions: [{ type, value: message, frames: frames.reverse() }],
      breadcrumbs: [],
      tags: {},
    },
    followers: [],
  };
}

function throwOf(error: string, places: readonly Place[]): SeenThrow {
  const { type, message } = readError(error);
  const frames = places.flatMap(({ file, line, column = 1, values }) =>
    values === undefined ? [] : [{ file, line, column, values }],
  );
  return { errorType: type, message, uncaught: true, frames };
}
