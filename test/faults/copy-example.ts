/** Copies a healthy example's own files to a folder, without what was installed, built or seeded. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples');

const LEFT_OUT = new Set(['node_modules', 'dist', 'faults', '.mendwright', 'test-results', 'playwright-report']);

export function copyExample(example: string, target: string): void {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(example)) {
    if (!LEFT_OUT.has(name)) cpSync(join(example, name), join(target, name), { recursive: true });
  }
}
