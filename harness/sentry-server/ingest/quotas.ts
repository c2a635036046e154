/** How much a client key and a project may send: fixed windows of time, as Relay keeps them. */

export interface Limit {
  readonly count: number;
  /** Seconds. */
  readonly window: number;
}

export interface QuotaSettings {
  /** Of error events, for each client key that has no limit of its own. */
  readonly perKey?: Limit;
  /** By project slug and data category (`error`, `transaction`, `span`, `replay`, `attachment`, `session` …). */
  readonly projects?: Readonly<Record<string, Readonly<Record<string, Limit>>>>;
}

/** A limit that is used up. */
export interface Exhausted {
  readonly category: string;
  readonly scope: 'key' | 'project';
  readonly reason: 'key_quota' | 'project_quota';
  /** Until the next window, at least 1. */
  readonly seconds: number;
}

export interface Sender {
  readonly projectSlug: string;
  readonly publicKey: string;
  /** The key's own limit. */
  readonly keyLimit: Limit | undefined;
}

export interface Quotas {
  /** Of one sender, at one time. */
  of(sender: Sender, now: number): SenderQuota;
}

export interface SenderQuota {
  /** Takes the quantity from what is left, or says which limit is used up. What goes over a limit is refused whole. */
  take(category: string, quantity: number): Exhausted | undefined;
  /** Whether even one more would be refused. */
  peek(category: string): Exhausted | undefined;
}

interface Window {
  readonly start: number;
  used: number;
}

/** Counts in memory: a server that starts anew starts with full quotas. */
export function openQuotas({ perKey, projects = {} }: QuotaSettings): Quotas {
  const windows = new Map<string, Window>();
  const limitsOf = (sender: Sender, category: string) => {
    const own = Object.hasOwn(projects, sender.projectSlug) ? projects[sender.projectSlug] : undefined;
    const ofProject = own !== undefined && Object.hasOwn(own, category) ? own[category] : undefined;
    const ofKey = category === 'error' ? (sender.keyLimit ?? perKey) : undefined;
    return [
      ...(ofKey === undefined
        ? []
        : [{ ...ofKey, id: `key ${sender.publicKey}`, scope: 'key' as const, reason: 'key_quota' as const }]),
      ...(ofProject === undefined
        ? []
        : [
            {
              ...ofProject,
              id: `project ${sender.projectSlug} ${category}`,
              scope: 'project' as const,
              reason: 'project_quota' as const,
            },
          ]),
    ];
  };
  const used = (sender: Sender, category: string, quantity: number, now: number) => {
    const found = limitsOf(sender, category).map(({ id, count, window, scope, reason }) => {
      const span = Math.max(1, window) * 1000;
      const start = Math.floor(now / span) * span;
      const known = windows.get(id);
      const current = known?.start === start ? known : { start, used: 0 };
      windows.set(id, current);
      const seconds = Math.max(1, Math.ceil((start + span - now) / 1000));
      return { current, isOver: current.used + quantity > count, exhausted: { category, scope, reason, seconds } };
    });
    return { found, over: found.find(({ isOver }) => isOver)?.exhausted };
  };
  return {
    of: (sender, now) => ({
      take: (category, quantity) => {
        const { found, over } = used(sender, category, quantity, now);
        if (over === undefined) for (const { current } of found) current.used += quantity;
        return over;
      },
      peek: (category) => used(sender, category, 1, now).over,
    }),
  };
}

/** `60:error:key:key_quota, 3600:span:project:project_quota` and the longest of the waits. */
export function rateLimitHeaders(exhausted: readonly Exhausted[]): Record<string, string> {
  if (exhausted.length === 0) return {};
  const entries = exhausted.map(({ seconds, category, scope, reason }) => `${seconds}:${category}:${scope}:${reason}`);
  return {
    'x-sentry-rate-limits': [...new Set(entries)].join(', '),
    'retry-after': String(Math.max(...exhausted.map(({ seconds }) => seconds))),
  };
}
