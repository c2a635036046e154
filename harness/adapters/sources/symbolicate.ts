/** Frames of an event mapped to files of the repository: through source maps, served paths, and the worktree's own paths. */
import type { SentryEvent, StackFrame } from '../../model/issue.ts';
import { repositoryFile, servedFile } from './repository-file.ts';
import { locateScript, type Script, ScriptReader, type SourceGround } from './script-reader.ts';
import { SourceMaps } from './source-maps.ts';

/**
 * Frames that lead to a file of the repository get its path as `file`, with line and column there; others stay as they
 * are. Whatever a frame says, nothing is read outside of the worktree and nothing is asked of another origin than the
 * app's.
 */
export async function symbolicateEvent(event: SentryEvent, ground: SourceGround): Promise<SentryEvent> {
  const reader = new ScriptReader(ground);
  const maps = new SourceMaps(reader);
  const exceptions = [];
  for (const exception of event.exceptions) {
    const frames = [];
    for (const frame of exception.frames) frames.push(await mapFrame(frame, { reader, maps, ground }));
    exceptions.push({ ...exception, frames });
  }
  return { ...event, exceptions };
}

interface Tools {
  readonly reader: ScriptReader;
  readonly maps: SourceMaps;
  readonly ground: SourceGround;
}

async function mapFrame(frame: StackFrame, tools: Tools): Promise<StackFrame> {
  const { ground } = tools;
  const script = locateScript(frame.absPath ?? frame.file, ground) ?? locateScript(frame.file, ground);
  if (script === undefined || frame.line === undefined || frame.line < 1) return frame;
  const found = await original(script, { line: frame.line, column: frame.column ?? 1 }, tools);
  if (found) {
    const { contextLine: _c, function: name, ...rest } = frame;
    return {
      ...rest,
      ...found,
      inApp: !isLibrary(found.file),
      // One or two letters are what a minifier left of a name.
      ...(name !== undefined && name.length > 2 && { function: name }),
    };
  }
  const file = servedFile(script, await tools.reader.read(script), { files: ground.files, read: tools.reader.file });
  return file === undefined ? frame : { ...frame, file, inApp: !isLibrary(file) };
}

async function original(
  script: Script,
  at: { line: number; column: number },
  { reader, maps, ground }: Tools,
): Promise<{ file: string; line: number; column: number } | undefined> {
  const position = await maps.original(script, at);
  if (position === undefined) return undefined;
  const known = { files: ground.files, read: reader.file };
  const file = repositoryFile({ ...position, script: script.path, root: ground.root }, known);
  return file === undefined ? undefined : { file, line: position.line, column: position.column };
}

function isLibrary(file: string): boolean {
  return file.split('/').includes('node_modules');
}
