/** Writes the review as files: pages, style, and the pictures and traces that they lead to. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { openRunFolder } from '../../adapters/run-folder/run-folder.ts';
import { staticPages } from '../../review/static-pages.ts';
import type { ReviewTools } from '../../review/tools.ts';
import { noNight } from './no-night.ts';

export interface PagesRequest {
  /** The `.mendwright` folder. */
  readonly home: string;
  /** A run's id, or `latest`. */
  readonly run: string;
  /** `review/` of the run's folder where undefined. */
  readonly folder: string | undefined;
}

export interface WrittenPages {
  /** Absolute path of the page to begin with. */
  readonly index: string;
  readonly pages: number;
}

/** Throws `run-unknown` and `night-not-ended`. What lies in the folder besides is left as it is. */
export async function writePages(tools: ReviewTools, { home, run, folder }: PagesRequest): Promise<WrittenPages> {
  const wanted = run === 'latest' ? (tools.runs().at(-1) ?? run) : run;
  const { dir, id } = openRunFolder(home, wanted);
  const night = tools.night(id);
  if (night === undefined) throw noNight(id);
  const own = join(dir, 'review');
  const to = folder ?? own;
  const isInside = resolve(to) === resolve(own);
  const { files, runFiles } = staticPages(night, {
    run: isInside ? '../' : 'run/',
    decisions: await tools.decisions(id),
  });
  for (const [name, text] of files) write(join(to, name), text);
  // Elsewhere the pages take along what they show.
  for (const name of isInside ? [] : runFiles) {
    const bytes = tools.readFile(id, name);
    if (bytes !== undefined) write(join(to, 'run', name), bytes);
  }
  if (!isInside && night.hasTraceViewer) cpSync(join(dir, 'trace'), join(to, 'run', 'trace'), { recursive: true });
  return { index: join(to, 'index.html'), pages: [...files.keys()].filter((name) => name.endsWith('.html')).length };
}

function write(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
