/** `sentry`: the embedded Sentry on a port, until it is interrupted. */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Failure } from '../../model/failure.ts';
import { FILTER_NAMES, type FilterName } from '../../sentry-server/ingest/inbound-filters.ts';
import type { IntakeSettings } from '../../sentry-server/ingest/intake.ts';
import type { Limit } from '../../sentry-server/ingest/quotas.ts';
import { listenSentry } from '../../sentry-server/listen.ts';
import { sentryServer } from '../../sentry-server/sentry-server.ts';

export interface SentryFlags {
  readonly cwd: string;
  readonly json?: boolean;
  readonly port?: number;
  readonly host: string;
  readonly token?: string;
  readonly file?: string;
  readonly project: string;
  /** Names with commas between them, as the next two. */
  readonly filter?: string;
  readonly sensitiveFields?: string;
  readonly safeFields?: string;
  readonly scrub: boolean;
  /** `100/60`. */
  readonly rateLimit?: string;
}

/** Prints address and DSN, then serves until `signal` aborts. */
export async function serveSentry(
  flags: SentryFlags,
  signal: AbortSignal,
  print: (text: string) => void,
): Promise<void> {
  const file = resolve(flags.cwd, flags.file ?? join('.mendwright', 'sentry.db'));
  mkdirSync(dirname(file), { recursive: true });
  const token = flags.token === undefined ? {} : { token: flags.token };
  const server = sentryServer({ file, ...token, ...intakeOf(flags) });
  try {
    server.ensureProject({ slug: flags.project });
    const { url, close } = await listenSentry(server, {
      host: flags.host,
      ...(flags.port !== undefined && { port: flags.port }),
    });
    const dsn = server.dsn(flags.project, url);
    print(
      flags.json
        ? JSON.stringify({ url, dsn, file })
        : `Sentry listens on ${url}\nDSN  ${dsn}\nData ${file}\nCtrl-C ends it.`,
    );
    if (!signal.aborted) await once(signal, 'abort');
    await close();
  } finally {
    server.close();
  }
}

/** Throws a usage Failure for a filter that there is not, or a limit that is none. */
function intakeOf({ filter, scrub, sensitiveFields, safeFields, rateLimit }: SentryFlags): IntakeSettings {
  const fields = { sensitiveFields: split(sensitiveFields), safeFields: split(safeFields) };
  return {
    scrubbing: scrub && fields,
    filters: split(filter).map(filterNamed),
    quotas: rateLimit === undefined ? {} : { perKey: limitOf(rateLimit) },
  };
}

function split(names: string | undefined): string[] {
  return (names ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function filterNamed(name: string): FilterName {
  const found = FILTER_NAMES.find((known) => known === name);
  if (found !== undefined) return found;
  throw new Failure('usage', 'sentry-no-such-filter', `There is no inbound filter ${name}.`, {
    hint: `The filters are ${FILTER_NAMES.join(', ')}.`,
  });
}

function limitOf(text: string): Limit {
  const { count, window } = /^(?<count>\d{1,9})\/(?<window>[1-9]\d{0,6})$/.exec(text)?.groups ?? {};
  if (count !== undefined && window !== undefined) return { count: Number(count), window: Number(window) };
  throw new Failure('usage', 'sentry-no-such-limit', `${text} is no rate limit.`, {
    hint: 'Give a number of events and seconds, such as 100/60.',
  });
}
