/** Where the pages find each other, their pictures and traces: on a server, or beside each other in a folder. */
import { relativeLink } from '../report/html/relative-link.ts';
import type { IssueStory } from '../report/issue-story.ts';

export interface Links {
  /** A style sheet, script or icon by its name. */
  asset(name: string): string;
  night(): string;
  issue(file: string): string;
  /** A picture of the run's folder; undefined for what lies outside of it. */
  picture(file: string): string | undefined;
  /** A trace in the viewer; undefined where there is none. */
  trace(file: string): string | undefined;
  /** Whether the viewer works from there as it is: from disk it does not. */
  readonly canShowTraces: boolean;
}

/** On the server every page names everything from the top. `traces` is where the viewer's own origin has the run's folder. */
export function servedLinks(run: string, traces: string | undefined): Links {
  const night = `/night/${encodeURIComponent(run)}/`;
  return {
    asset: (name) => `/assets/${name}`,
    night: () => night,
    issue: (file) => `${night}issues/${file}`,
    picture: (file) => within(file, (link) => `${night}files/${link}`),
    canShowTraces: true,
    trace: (file) => (traces === undefined ? undefined : within(file, (link) => viewerLink(traces, link))),
  };
}

/** In a folder pages name each other from where they are. `run` leads from the top of the pages to the run's files. */
export function staticLinks(depth: 0 | 1, { run, hasTraceViewer }: { run: string; hasTraceViewer: boolean }): Links {
  const top = depth === 0 ? '' : '../';
  return {
    asset: (name) => `${top}assets/${name}`,
    night: () => `${top}index.html`,
    issue: (file) => `${top}issues/${file}`,
    picture: (file) => within(file, (link) => `${top}${run}${link}`),
    canShowTraces: false,
    trace: (file) => (hasTraceViewer ? within(file, (link) => viewerLink(`${top}${run}`, link)) : undefined),
  };
}

/** The viewer takes the trace's address from its own folder. */
function viewerLink(folder: string, link: string): string {
  return `${folder}trace/index.html?trace=${encodeURIComponent(`../${link}`)}`;
}

function within(file: string, link: (encoded: string) => string): string | undefined {
  const encoded = relativeLink(file);
  return encoded === undefined ? undefined : link(encoded);
}

/** File names of issues' pages, by short id: a stranger's text becomes letters, digits and hyphens, each name once. */
export function issueFiles(stories: readonly IssueStory[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const taken = new Set<string>();
  for (const { issue } of stories) {
    const plain = issue.shortId.replaceAll(/[^\w-]+/g, '-').slice(0, 60) || 'issue';
    let name = plain;
    // Some disks do not tell large letters from small ones.
    for (let more = 2; taken.has(name.toLowerCase()); more++) name = `${plain}-${more}`;
    taken.add(name.toLowerCase());
    files.set(issue.shortId, `${name}.html`);
  }
  return files;
}
