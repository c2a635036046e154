/** The same pages for a folder: read without a server, so that what acts is left out. */
import { assets } from './assets.ts';
import { staticLinks } from './links.ts';
import { tellNight } from './night-view.ts';
import { issueBanner, nightBanner } from './pages/banner.ts';
import { issueMain } from './pages/issue-page.ts';
import { nightMain } from './pages/night-page.ts';
import { formatPage } from './pages/page.ts';
import type { Decision, ReviewNight } from './tools.ts';

export interface StaticPages {
  /** Text of each file, by its path in the folder. */
  readonly files: ReadonlyMap<string, string>;
  /** Pictures and traces of the run's folder that the pages lead to. */
  readonly runFiles: readonly string[];
}

/** `run`: how the folder of the pages leads to the run's files, with a slash at its end. */
export function staticPages(
  night: ReviewNight,
  { run, decisions }: { run: string; decisions: ReadonlyMap<string, Decision> },
): StaticPages {
  const told = tellNight(night);
  const wanted = new Set<string>();
  const viewAt = (depth: 0 | 1) => {
    const links = staticLinks(depth, { run, hasTraceViewer: night.hasTraceViewer });
    const noting = <T>(file: string, link: T): T => {
      if (link !== undefined) wanted.add(file);
      return link;
    };
    const noted = {
      ...links,
      picture: (file: string) => noting(file, links.picture(file)),
      trace: (file: string) => noting(file, links.trace(file)),
    };
    return { ...told, links: noted, decisions };
  };
  const files = new Map<string, string>();
  const isDryRun = false;
  const top = viewAt(0);
  const main = nightMain(top);
  const banner = nightBanner(top);
  files.set(
    'index.html',
    formatPage({ title: told.record.app.name, main, banner }, { links: top.links, pageToken: undefined, isDryRun }),
  );
  const below = viewAt(1);
  for (const [index, story] of told.stories.entries()) {
    const around = { before: told.stories[index - 1], after: told.stories[index + 1] };
    const content = {
      title: story.issue.shortId,
      main: issueMain(story, below, undefined),
      banner: issueBanner(around, below),
    };
    const text = formatPage(content, { links: below.links, pageToken: undefined, isDryRun });
    files.set(`issues/${told.files.get(story.issue.shortId)}`, text);
  }
  for (const { name, text } of [assets.style, assets.reading, assets.icon]) files.set(`assets/${name}`, text);
  return { files, runFiles: [...wanted] };
}
