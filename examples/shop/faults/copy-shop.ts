/** Copies the healthy shop's own files to a folder, without what was installed, built or seeded. */
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const SHOP = join(import.meta.dirname, '..');

const LEFT_OUT = new Set(['node_modules', 'dist', 'faults', '.mendwright', 'test-results', 'playwright-report']);

export function copyShop(target: string): void {
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(SHOP)) {
    if (!LEFT_OUT.has(name)) cpSync(join(SHOP, name), join(target, name), { recursive: true });
  }
}
