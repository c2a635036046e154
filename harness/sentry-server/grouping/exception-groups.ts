/**
 * Which exceptions of an event count, and in which order. Where SDKs tell by ids what caused what, they form a tree: its
 * root is what was thrown, and an exception group (`AggregateError`, Python's `ExceptionGroup`) counts by its distinct
 * members. See https://github.com/getsentry/rfcs/blob/main/text/0079-exception-groups.md
 */
import type { EventPayload, Exception } from '../event/payload.ts';
import { exceptionIdentity } from './group-exception.ts';

export interface RelevantExceptions {
  /** Of a tree from what was thrown down to its cause; without one as the event has them, causes first. */
  readonly exceptions: readonly Exception[];
  /** The one that gives the event its title: the last, or the only member that a group has. */
  readonly main: Exception | undefined;
}

export function relevantExceptions(event: EventPayload): RelevantExceptions {
  const all = event.exception ?? [];
  const unchanged = { exceptions: all, main: all.at(-1) };
  if (all.length < 2) return unchanged;
  // SDK 3 for Python sends ids that earlier ones did not; the hashes are to stay.
  if (event.platform === 'python' && event.sdk?.version?.startsWith('3') === true) return unchanged;
  const tree = treeOf(all);
  const root = tree?.byId.get(0);
  if (tree === undefined || root === undefined) return unchanged;
  const members = membersOf(root, tree.children).sort((a, b) => compare(b.type ?? '', a.type ?? ''));
  const distinct = withoutTwins(members, event.platform);
  const [only] = distinct;
  if (only === undefined) return unchanged;
  if (distinct.length === 1) return { exceptions: firstPath(only, tree.children), main: only };
  return { exceptions: [...distinct, root], main: all.at(-1) };
}

type Children = (parent: Exception) => readonly Exception[];

interface Tree {
  readonly byId: ReadonlyMap<number, Exception>;
  /** Latest first, as the event lists causes before what they caused. */
  readonly children: Children;
}

/** Undefined where ids are missing, doubled or point to themselves: then nothing can be said about the tree. */
function treeOf(exceptions: readonly Exception[]): Tree | undefined {
  const byId = new Map<number, Exception>();
  const children = new Map<number, Exception[]>();
  for (const exception of [...exceptions].reverse()) {
    const { exception_id: id, parent_id: parent } = exception.mechanism ?? {};
    if (id === undefined || id === parent || byId.has(id)) return undefined;
    byId.set(id, exception);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), exception]);
  }
  return { byId, children: ({ mechanism }) => children.get(mechanism?.exception_id ?? -1) ?? [] };
}

/** What hangs below the group and is no group itself. */
function membersOf(root: Exception, children: Children): Exception[] {
  const members: Exception[] = [];
  const seen = new Set<Exception>();
  const visit = (exception: Exception): void => {
    if (seen.has(exception)) return;
    seen.add(exception);
    if (exception.mechanism?.is_exception_group === true) for (const child of children(exception)) visit(child);
    else members.push(exception);
  };
  visit(root);
  return members;
}

/** Neighbours that are alike in every part count once. */
function withoutTwins(members: readonly Exception[], platform: string | undefined): Exception[] {
  if (members.length < 2) return [...members];
  const identities = members.map((member) => exceptionIdentity(member, platform));
  return members.filter((_, index) => identities[index] !== identities[index - 1]);
}

function firstPath(from: Exception, children: Children): Exception[] {
  const path: Exception[] = [];
  for (let at: Exception | undefined = from; at !== undefined && !path.includes(at); at = children(at)[0])
    path.push(at);
  return path;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
