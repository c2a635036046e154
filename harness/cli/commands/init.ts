/** `init`: writes a configuration, an example scenario and a CI workflow, after looking at what the repository uses. */
import { resolve } from 'node:path';
import { oneLine } from '../../markup/plain-text.ts';
import { type Initialised, type InitOptions, writeProject } from '../init/write-project.ts';

/** `data` for `--json`, `text` for people. */
export async function initProject(options: InitOptions): Promise<{ text: string; data: Initialised }> {
  const data = writeProject({ ...options, cwd: resolve(options.cwd) });
  return { data, text: formatInitialised(data) };
}

function formatInitialised({ written, skipped, notes }: Initialised): string {
  return [
    ...(written.length === 0 ? ['Nothing to write.'] : written.map((file) => `wrote    ${oneLine(file)}`)),
    ...skipped.map(({ file, why }) => `skipped  ${oneLine(file)}: ${why}`),
    '',
    ...notes.map((note, index) => `${index + 1}. ${oneLine(note, 1_000)}`),
  ].join('\n');
}
