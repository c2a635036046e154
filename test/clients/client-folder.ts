/** Where `scripts/install-clients.mjs` put a client. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const CLIENTS = join(import.meta.dirname, '..', '..', '.demo', 'clients');

/** Folder of the package; undefined where it is not installed. */
export function clientFolder(name: string): string | undefined {
  const folder = join(CLIENTS, 'node_modules', name);
  return existsSync(join(folder, 'package.json')) ? folder : undefined;
}
