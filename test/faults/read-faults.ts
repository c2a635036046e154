/** The seeded faults of an example: data in its faults/ folder, one folder each. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXAMPLES } from './copy-example.ts';
import { Fault } from './fault.ts';

/** Folders of the examples that have faults, sorted. */
export function listExamples(): string[] {
  const folders = readdirSync(EXAMPLES).map((name) => join(EXAMPLES, name));
  return folders.filter((folder) => existsSync(join(folder, 'faults'))).sort();
}

/** Sorted by id. Throws where a folder holds something else than a fault of its name. */
export async function readFaults(example: string): Promise<Fault[]> {
  const folder = join(example, 'faults');
  const faults: Fault[] = [];
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, 'fault.ts');
    const module: { fault?: unknown } = await import(pathToFileURL(file).href);
    const fault = Fault.parse(module.fault);
    if (fault.id !== name) throw new Error(`${file} says that it is ${fault.id}`);
    faults.push(fault);
  }
  return faults;
}
