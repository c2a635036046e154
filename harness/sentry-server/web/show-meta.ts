/** Remarks on an event's fields (what was filtered, and by which rule) where the Web API shows those fields. */
import { isRecord } from '../../model/is-record.ts';

/** Names of the payload and of the answer. */
const TOP: readonly [string, string][] = [
  ['user', 'user'],
  ['contexts', 'contexts'],
  ['extra', 'context'],
  ['tags', 'tags'],
];
const ENTRIES: Readonly<Record<string, string>> = {
  exception: 'exception',
  logentry: 'message',
  breadcrumbs: 'breadcrumbs',
  threads: 'threads',
  stacktrace: 'stacktrace',
  request: 'request',
};

/** `meta` is the payload's `_meta`; entries are named by their place in the list. */
export function showMeta(
  meta: Record<string, unknown> | undefined,
  entries: readonly { readonly type: string }[],
): Record<string, unknown> {
  if (meta === undefined) return {};
  const top = TOP.filter(([name]) => isRecord(meta[name])).map(([name, shown]) => [shown, meta[name]]);
  const ofEntries = Object.entries(ENTRIES).flatMap(([name, type]) => {
    const index = entries.findIndex((entry) => entry.type === type);
    return isRecord(meta[name]) && index >= 0 ? [[String(index), { data: meta[name] }]] : [];
  });
  return { ...Object.fromEntries(top), ...(ofEntries.length > 0 && { entries: Object.fromEntries(ofEntries) }) };
}
