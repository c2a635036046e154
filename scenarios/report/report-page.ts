/** `test` with the HTML report of one whole night, written to disk as a night leaves it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { test as base } from '../../harness/kit/scenario.ts';

const PRINT = join(import.meta.dirname, '..', '..', 'test', 'golden', 'print-report.ts');

interface WorkerFixtures {
  /** `file:` address of the report. */
  readonly reportUrl: string;
}

export const test = base.extend<object, WorkerFixtures>({
  reportUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern.
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'mendwright-report-'));
      try {
        const { stdout } = await promisify(execFile)(process.execPath, [PRINT], { maxBuffer: 32 * 1024 * 1024 });
        const file = join(folder, 'report.html');
        await writeFile(file, stdout);
        await use(pathToFileURL(file).href);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    { scope: 'worker' },
  ],
});
