/** Functions that were called, told in the repository's own files and names. */
import type { CalledFunction, CoveredScript } from '../../model/witness.ts';
import { functionAt } from './function-at.ts';
import { repositoryFile, servedFile } from './repository-file.ts';
import { locateScript, ScriptReader, type SourceGround } from './script-reader.ts';
import { SourceMaps } from './source-maps.ts';

/** Each once, sorted by file and line. What leads to no file of the repository, or to a package, is left out. */
export async function readCoverage(covered: readonly CoveredScript[], ground: SourceGround): Promise<CalledFunction[]> {
  const reader = new ScriptReader(ground);
  const maps = new SourceMaps(reader);
  const known = { files: ground.files, read: reader.file };
  const called = new Map<string, CalledFunction>();
  for (const { script: address, functions } of covered) {
    const script = locateScript(address, ground);
    const served = script && (await reader.read(script));
    if (script === undefined || served === undefined) continue;
    const starts = lineStarts(served.text);
    for (const offset of functions) {
      const at = placeOf(offset, starts);
      const place = await maps.original(script, at);
      const file = place
        ? repositoryFile({ ...place, script: script.path, root: ground.root }, known)
        : servedFile(script, served, known);
      if (file === undefined || file.includes('node_modules/')) continue;
      const { line } = place ?? at;
      const name = functionAt(file, reader.file(file) ?? '', line);
      called.set(`${file}:${line}`, { file, line, ...(name !== undefined && { function: name }) });
    }
  }
  return [...called.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** 1-based. */
function placeOf(offset: number, starts: readonly number[]): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
