/** Which commits of an event's release may have brought the fault: those that changed a file of its stack's own frames. */
import type { EventPayload, Frame } from '../event/payload.ts';
import type { CommitRow } from '../storage/commits.ts';

export interface SuspectCommit {
  readonly commit: CommitRow;
  /** Place of the innermost frame that it touched: 0 where the error was thrown. */
  readonly depth: number;
}

/** Innermost frame first, then newest commit first. */
export function suspectCommits(payload: EventPayload, commits: readonly CommitRow[]): SuspectCommit[] {
  const files = framesOf(payload)
    .filter((frame) => frame.in_app === true)
    .map(pathOf)
    .reverse();
  const suspects = commits.flatMap((commit) => {
    const depth = files.findIndex((file) =>
      commit.patch_set.some(({ path, type }) => type !== 'D' && isSameFile(file, path)),
    );
    return depth < 0 ? [] : [{ commit, depth }];
  });
  return suspects.sort((a, b) => a.depth - b.depth || a.commit.position - b.commit.position);
}

function framesOf({ exception, stacktrace }: EventPayload): readonly Frame[] {
  return exception?.at(-1)?.stacktrace?.frames ?? stacktrace?.frames ?? [];
}

/** A frame's path as names of folders: without origin, drive, `./`, `webpack:///` and the like. */
function pathOf(frame: Frame): readonly string[] {
  const path = (frame.filename ?? frame.abs_path ?? '')
    .replaceAll('\\', '/')
    .replace(/^https?:\/\/[^/]*/i, '')
    .replace(/^[a-z][\w+.-]*:\/+/i, '')
    .replace(/[?#].*$/s, '');
  return path.split('/').filter((name) => !['', '.', '..', '~', 'app:'].includes(name));
}

/** One path's end is the other: repositories and builds begin their paths at different folders. */
function isSameFile(frame: readonly string[], path: string): boolean {
  const changed = path.split('/').filter((name) => name !== '' && name !== '.');
  const shared = Math.min(frame.length, changed.length);
  return shared > 0 && frame.slice(-shared).join('/') === changed.slice(-shared).join('/');
}
