/** Applies the edits of a fault to a copy of its example. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FaultEdit } from './fault.ts';

/** Throws where a text to be replaced does not stand exactly once, or a file to be written is there already. */
export function applyEdits(folder: string, edits: readonly FaultEdit[]): void {
  for (const { file, find, replace, all } of edits) {
    const path = join(folder, file);
    if (find === '') {
      if (existsSync(path)) throw new Error(`${file} is there already`);
      writeFileSync(path, replace);
      continue;
    }
    const parts = readFileSync(path, 'utf8').split(find);
    if (parts.length < 2 || (parts.length > 2 && !all)) {
      throw new Error(`${JSON.stringify(find)} stands ${parts.length - 1} times in ${file}`);
    }
    writeFileSync(path, parts.join(replace));
  }
}
