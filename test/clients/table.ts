/** What each client did, whether it worked, and every request that it made: as rows, as text, and the requests refused. */
import type { Exchange } from './recording-proxy.ts';

/**
 * `missing`: the server answered 400, 404 or 405 where the client needed more. `wrong`: any other failure. `limit`: a failure
 * where the server does not claim to serve. `skipped`: a client that is not here.
 */
type Outcome = 'ok' | 'wrong' | 'missing' | 'limit' | 'skipped';

export interface Row {
  readonly client: string;
  readonly operation: string;
  readonly outcome: Outcome;
  /** Why it is not ok; empty where it is. */
  readonly why: string;
  readonly exchanges: readonly Exchange[];
}

/** Runs one operation; it is ok when it resolves. `limit` says why it need not be. */
export type Check = (operation: string, act: () => Promise<void>, limit?: string) => Promise<void>;

export interface ClientTable {
  readonly rows: readonly Row[];
  check(client: string): Check;
  skip(client: string, why: string): void;
}

const REFUSED = new Set([400, 404, 405]);

/** `exchanges` grows while the clients run. */
export function clientTable({ exchanges }: { readonly exchanges: readonly Exchange[] }): ClientTable {
  const rows: Row[] = [];
  const check = (client: string): Check => {
    return async (operation, act, limit) => {
      const from = exchanges.length;
      const why = await act().then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      const made = exchanges.slice(from);
      const isRefused = made.some(({ status }) => REFUSED.has(status));
      const failed = limit !== undefined ? 'limit' : isRefused ? 'missing' : 'wrong';
      const outcome = why === undefined ? 'ok' : failed;
      const told = [why === undefined ? undefined : limit, why].filter((text) => text !== undefined).join(' ');
      rows.push({ client, operation, outcome, why: told, exchanges: made });
      process.stderr.write(`${outcome.padEnd(8)}${client}: ${operation}\n`);
    };
  };
  return {
    rows,
    check,
    skip: (client, why) => {
      rows.push({ client, operation: 'all', outcome: 'skipped', why, exchanges: [] });
      process.stderr.write(`skipped ${client}: ${why}\n`);
    },
  };
}

export function formatRows(rows: readonly Row[]): string {
  const cells = rows.map(({ client, operation, outcome, why }) => [client, operation, outcome, oneLine(why)]);
  const lines = aligned([['client', 'operation', 'result', ''], ...cells]);
  const clients = new Set(rows.map(({ client }) => client));
  const count = (wanted: Outcome): number => rows.filter(({ outcome }) => outcome === wanted).length;
  const sum = `${clients.size} clients, ${rows.length} operations: ${count('ok')} ok, ${count('missing')} missing, ${count('wrong')} wrong, ${count('limit')} not served by design, ${count('skipped')} skipped`;
  return [...lines, '', sum].join('\n');
}

/** Every 400, 404 and 405, each kind of request once (ids of events and traces left out), with the operations that met it. */
export function formatRefusals(rows: readonly Row[]): string {
  const met = new Map<string, { exchange: Exchange; by: Set<string> }>();
  for (const { client, operation, exchanges } of rows) {
    for (const exchange of exchanges) {
      if (!REFUSED.has(exchange.status)) continue;
      const key = `${exchange.status} ${exchange.method} ${exchange.path.replaceAll(/[0-9a-f]{32}/g, '{id}')}`;
      const entry = met.get(key) ?? { exchange, by: new Set<string>() };
      entry.by.add(`${client}: ${operation}${exchange.isReader ? ' (read back)' : ''}`);
      met.set(key, entry);
    }
  }
  return [...met]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, { exchange, by }]) => {
      const body = exchange.body === '' ? '' : `\n      sent ${exchange.body}`;
      return `  ${key}${body}\n      said ${exchange.answer}\n      for  ${[...by].join(' · ')}`;
    })
    .join('\n');
}

function aligned(cells: readonly (readonly string[])[]): string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function oneLine(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length > 200 ? `${flat.slice(0, 199)}…` : flat;
}
