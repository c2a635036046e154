/** An event's tags: the sender's own and those that Sentry derives, sorted by key. */
import type { Description } from './describe-event.ts';
import type { EventPayload } from './payload.ts';

export function eventTags(event: EventPayload, description: Description): Map<string, string> {
  const mechanism = event.exception?.findLast((one) => one.mechanism !== undefined)?.mechanism;
  const derived: Record<string, string | undefined> = {
    ...contextTags(event.contexts ?? {}),
    level: description.level,
    logger: event.logger,
    release: event.release,
    dist: event.dist,
    environment: event.environment,
    server_name: event.server_name,
    transaction: event.transaction,
    url: event.request?.url,
    user: userKey(event),
    mechanism: mechanism?.type,
    handled: mechanism?.handled === undefined ? undefined : mechanism.handled ? 'yes' : 'no',
  };
  const tags = new Map(event.tags);
  for (const [key, value] of Object.entries(derived)) {
    if (value !== undefined && value !== '') tags.set(key, value.slice(0, 200));
  }
  return new Map([...tags].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `id:7`, `email:…`, `username:…` or `ip:…`: what tells one user from another. */
export function userKey(event: EventPayload): string | undefined {
  const user = event.user;
  if (user?.id !== undefined) return `id:${user.id}`;
  if (user?.username !== undefined) return `username:${user.username}`;
  if (user?.email !== undefined) return `email:${user.email}`;
  return user?.ip_address === undefined || user.ip_address.startsWith('{{') ? undefined : `ip:${user.ip_address}`;
}

function contextTags(contexts: Record<string, unknown>): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const kind of ['browser', 'os', 'runtime']) {
    const name = textOf(contexts[kind], 'name');
    if (name === undefined) continue;
    const version = textOf(contexts[kind], 'version');
    tags[kind] = version === undefined ? name : `${name} ${version}`;
    tags[`${kind}.name`] = name;
  }
  return tags;
}

/** A text member of a context, whatever the sender put there. */
export function textOf(context: unknown, key: string): string | undefined {
  if (typeof context !== 'object' || context === null) return undefined;
  const value: unknown = Object.hasOwn(context, key) ? Reflect.get(context, key) : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
