/** Throws that the debugger saw, told in the repository's own files and names. */
import type { SeenFrame, SeenThrow, ThrowFrame, ThrowState } from '../../model/throw-state.ts';
import { repositoryFile, servedFile } from './repository-file.ts';
import { locateScript, type Script, ScriptReader, type SourceGround } from './script-reader.ts';
import { SourceMaps } from './source-maps.ts';

/** Frames that lead to no file of the repository are left out. */
export async function readThrow(state: ThrowState, ground: SourceGround): Promise<SeenThrow> {
  const reader = new ScriptReader(ground);
  const maps = new SourceMaps(reader);
  const frames: SeenFrame[] = [];
  for (const frame of state.frames) {
    const seen = await readFrame(frame, { reader, maps, ground });
    if (seen) frames.push(seen);
  }
  const { errorType, message, uncaught } = state;
  return { errorType, message, uncaught, frames };
}

interface Tools {
  readonly reader: ScriptReader;
  readonly maps: SourceMaps;
  readonly ground: SourceGround;
}

async function readFrame(frame: ThrowFrame, { reader, maps, ground }: Tools): Promise<SeenFrame | undefined> {
  const script = locateScript(frame.script, ground);
  if (script === undefined) return undefined;
  const known = { files: ground.files, read: reader.file };
  const place = await maps.original(script, frame.place);
  const file = place
    ? repositoryFile({ ...place, script: script.path, root: ground.root }, known)
    : servedFile(script, await reader.read(script), known);
  if (file === undefined || file.includes('node_modules/')) return undefined;
  const { line, column } = place ?? frame.place;
  const values = await valuesOf(frame, script, maps);
  return { file, line, column, ...(frame.function.length > 2 && { function: frame.function }), values };
}

/** Inner scopes hide what outer ones call alike. A module's own variables are no values of the call. */
async function valuesOf(frame: ThrowFrame, script: Script, maps: SourceMaps): Promise<Record<string, unknown>> {
  const values: Record<string, unknown> = {};
  for (const { kind, from, to, variables } of [...frame.scopes].reverse()) {
    if (kind === 'module') continue;
    const names = from && to ? await maps.names(script, { from, to }) : new Map<string, string>();
    for (const [name, value] of Object.entries(variables)) values[names.get(name) ?? name] = value;
  }
  if (typeof frame.this === 'object' && frame.this !== null) values.this = frame.this;
  return values;
}
