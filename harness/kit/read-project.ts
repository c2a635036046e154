/** Reads the app's sources into a Project. */

import type { TypeService } from '../model/type-service.ts';
import type { Project } from './fixer.ts';
import { openProject } from './project.ts';
import { isPython } from './python/python-source.ts';
import { isScript } from './source-text.ts';

export interface SourceTools {
  /** Files of `app.sources`. */
  listFiles(): Promise<readonly string[]>;
  /** Undefined for what is not among them. */
  readSource(file: string): Promise<string | undefined>;
  /** The app's package.json; what builds it tells which syntax it may use. */
  readManifest?(): Promise<string | undefined>;
  /** The language service over the texts; left out where nobody wants to wait for it. */
  openTypes?(texts: ReadonlyMap<string, string>): Promise<TypeService>;
}

export async function readProject({ listFiles, readSource, readManifest, openTypes }: SourceTools): Promise<Project> {
  const texts = new Map<string, string>();
  for (const file of await listFiles()) {
    const text = isScript(file) || isPython(file) ? await readSource(file) : undefined;
    if (text !== undefined) texts.set(file, text);
  }
  return openProject(texts, { manifest: await readManifest?.(), types: await openTypes?.(texts) });
}
