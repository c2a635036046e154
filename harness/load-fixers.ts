/** Finds fixers by folder, our own first, and checks each file's shape before the engine asks it. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { AnyFixer, Fixer, PythonFixer } from './kit/fixer.ts';
import { Failure } from './model/failure.ts';
import { Hunk } from './model/suspect.ts';

const OWN = fileURLToPath(new URL('../fixes/', import.meta.url));

const Described = z.object({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be kebab-case'),
  summary: z.string().min(1),
  example: z
    .object({
      message: z.string(),
      before: z.string(),
      after: z.string(),
      hunks: z.array(Hunk).optional(),
      values: z.record(z.string(), z.unknown()).optional(),
      typed: z.boolean().optional(),
    })
    .transform(({ hunks, values, typed, ...texts }) => ({
      ...texts,
      ...(hunks && { hunks }),
      ...(values && { values }),
      ...(typed && { typed }),
    })),
});
const isFunction = (value: unknown): boolean => typeof value === 'function';
const ForScripts = Described.extend({ propose: z.custom<Fixer['propose']>(isFunction, 'must be a function') });
const ForPython = Described.extend({
  language: z.literal('python'),
  propose: z.custom<PythonFixer['propose']>(isFunction, 'must be a function'),
});
const Language = z.object({ language: z.string() });

/** Fixers of the package and of further folders, sorted by id. Throws the usage Failures `fixers-folder-missing`, `fixer-wrong`. */
export async function loadFixers(folders: readonly string[]): Promise<AnyFixer[]> {
  const fixers = new Map<string, AnyFixer>();
  for (const folder of [OWN, ...folders]) {
    if (!existsSync(folder)) {
      throw new Failure('usage', 'fixers-folder-missing', `The folder of fixers ${folder} does not exist.`, {
        hint: 'Check fixers.paths.',
      });
    }
    for (const name of readdirSync(folder).sort()) {
      if (!/\.[mc]?[jt]s$/.test(name) || /\.(?:test|d)\.[mc]?[jt]s$/.test(name)) continue;
      const fixer = await loadFixer(join(folder, name));
      if (fixers.has(fixer.id)) throw wrong(join(folder, name), `there is a fixer ${fixer.id} already`);
      fixers.set(fixer.id, fixer);
    }
  }
  return [...fixers.values()].sort((a, b) => a.id.localeCompare(b.id));
}

async function loadFixer(file: string): Promise<AnyFixer> {
  const module: { fixer?: unknown } = await importFile(file);
  const form = Language.safeParse(module.fixer).success ? ForPython : ForScripts;
  const parsed = form.safeParse(module.fixer);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(
      file,
      module.fixer === undefined ? 'it exports no `fixer`' : `fixer.${issue?.path.join('.')}: ${issue?.message}`,
    );
  }
  if (parsed.data.id !== basename(file, extname(file)))
    throw wrong(file, `its id is ${parsed.data.id}, not the file’s name`);
  return parsed.data;
}

async function importFile(file: string): Promise<{ fixer?: unknown }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    throw wrong(file, `it does not load: ${error instanceof Error ? error.message : String(error)}`, error);
  }
}

function wrong(file: string, what: string, cause?: unknown): Failure {
  return new Failure('usage', 'fixer-wrong', `${file} is no fixer: ${what}.`, {
    hint: 'A fixer file exports `fixer`, made with defineFixer; CONTRIBUTING.md shows how.',
    ...(cause !== undefined && { cause }),
  });
}
