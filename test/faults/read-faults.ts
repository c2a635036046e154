/** The seeded faults of an example: data in its faults/ folder, one folder each. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Fault } from '../../examples/shop/faults/fault.ts';

/** Sorted by id. Throws where a folder holds something else than a fault. */
export async function readFaults(example: string): Promise<Fault[]> {
  const folder = join(example, 'faults');
  const faults: Fault[] = [];
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, 'fault.ts');
    if (!existsSync(file)) continue;
    const module: { fault?: unknown } = await import(pathToFileURL(file).href);
    faults.push(Fault.parse(module.fault));
  }
  return faults;
}
