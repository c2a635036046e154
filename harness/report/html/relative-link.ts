/** Links from the report to files beside it. */

/** Encoded; undefined for what leaves the run's folder. */
export function relativeLink(file: string): string | undefined {
  const parts = file.split('/');
  const leaves = parts.some((part) => part === '' || part === '.' || part === '..' || /[\\:]/.test(part));
  return leaves ? undefined : parts.map(encodeURIComponent).join('/');
}

/** The trace in the viewer beside the report; the viewer takes the address from its own folder. */
export function traceLink(file: string): string | undefined {
  const link = relativeLink(file);
  return link === undefined ? undefined : `trace/index.html?trace=${encodeURIComponent(`../${link}`)}`;
}
