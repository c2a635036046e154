/** A local double of a code host on a port: its state is plain data, and each request and answer is held against the host's description. */
import { serve } from '@hono/node-server';
import { onTestFinished } from 'vitest';
import type { ForgeKind } from '../../harness/model/forge-kind.ts';
import { type Contract, complaint, matchOperation, overlay, sampleOf } from './contract.ts';

export interface DoublePull {
  readonly number: number;
  readonly branch: string;
  target: string;
  title: string;
  body: string;
  state: 'open' | 'merged' | 'closed';
  draft: boolean;
  commit: string;
  mergedAs?: string;
  closedBy?: string;
  comments: string[];
  labels: string[];
}

export interface DoubleIssue {
  readonly number: number;
  title: string;
  body: string;
  isOpen: boolean;
  labels: string[];
}

export interface HostState {
  readonly pulls: DoublePull[];
  readonly issues: DoubleIssue[];
  /** Names of labels; their place is their number. */
  readonly labels: string[];
  checks: 'green' | 'red' | 'pending' | 'none';
  /** The tip of a branch. */
  tipOf(branch: string): string;
}

export interface Asked {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly state: HostState;
  /** The API's address. */
  readonly api: string;
}

export interface Said {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface HostDouble {
  readonly kind: ForgeKind;
  readonly contract: Contract;
  /** Path of the API, and of the repository as the adapter takes it. */
  readonly prefix: string;
  /** Path of the web address, which the configuration names. */
  readonly web: string;
  readonly repository: string;
  /** By the name of the operation. What a handler answers is laid over the least that the description asks for. */
  readonly handlers: Readonly<Record<string, (asked: Asked) => Said>>;
  /** Operations that the description does not know, such as GraphQL; by method and whole path. */
  readonly others?: Readonly<Record<string, (asked: Asked) => Said>>;
  /** How the token has to come. */
  readonly authorization: string;
}

export interface RunningDouble {
  readonly url: string;
  readonly state: HostState;
  /** `POST /repos/…`, without queries. */
  readonly requests: string[];
  /** Writes among them. */
  writes(): string[];
  /** What broke the contract, on either side. */
  readonly violations: string[];
  /** Answers instead of the host where it returns something. */
  trouble: ((request: Request) => Response | undefined) | undefined;
}

export const TOKEN = 'tok-3n';

export async function startDouble(host: HostDouble): Promise<RunningDouble> {
  const state: HostState = { pulls: [], issues: [], labels: [], checks: 'none', tipOf: () => 'a'.repeat(40) };
  const requests: string[] = [];
  const violations: string[] = [];
  const running: RunningDouble = {
    url: '',
    state,
    requests,
    writes: () => requests.filter((one) => !one.startsWith('GET ') && !one.endsWith('/wiql')),
    violations,
    trouble: undefined,
  };
  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    requests.push(`${request.method} ${url.pathname}`);
    for (const pull of state.pulls) if (pull.state === 'open') pull.commit = state.tipOf(pull.branch);
    const trouble = running.trouble?.(request);
    if (trouble !== undefined) return trouble;
    if (request.headers.get('authorization') !== host.authorization)
      return Response.json({ message: 'Bad credentials' }, { status: 401 });
    const body: unknown = request.body === null ? undefined : await request.json();
    const api = `${url.origin}${host.prefix}`;
    const other = host.others?.[`${request.method} ${url.pathname}`];
    if (other !== undefined) return respond(other({ params: {}, query: url.searchParams, body, state, api }));
    const path = url.pathname.slice(host.prefix.length);
    const matched = url.pathname.startsWith(host.prefix)
      ? matchOperation(host.contract, request.method, path)
      : undefined;
    const handler = matched && host.handlers[matched.name];
    if (matched === undefined || handler === undefined) {
      violations.push(`unknown: ${request.method} ${url.pathname}`);
      return Response.json({ message: 'Not Found' }, { status: 404 });
    }
    const { operation, name, params } = matched;
    for (const key of url.searchParams.keys())
      if (!operation.query.includes(key)) violations.push(`${name} knows no parameter ${key}`);
    const wrong = operation.body === undefined ? undefined : complaint(host.contract, operation.body, body);
    if (wrong !== undefined) violations.push(`${name} takes no such body: ${wrong}`);
    if (operation.body === undefined && body !== undefined) violations.push(`${name} takes no body`);
    const said = handler({ params, query: url.searchParams, body, state, api });
    if (said.status >= 400) return respond(said);
    const schema = operation.answers[said.status];
    if (schema === undefined) {
      violations.push(`${name} never answers ${said.status}`);
      return respond(said);
    }
    const whole = Array.isArray(said.body) ? said.body : overlay(sampleOf(host.contract, schema), said.body);
    const off = complaint(host.contract, schema, whole);
    if (off !== undefined) violations.push(`${name} never answers so: ${off}`);
    return respond({ ...said, body: whole });
  };
  const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' });
  await new Promise<void>((resolve) => {
    if (server.listening) resolve();
    else server.once('listening', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  onTestFinished(() => void server.close());
  return Object.assign(running, { url: `http://127.0.0.1:${port}${host.web}` });
}

function respond({ status, body, headers }: Said): Response {
  return Response.json(body ?? null, { status, headers: { ...headers } });
}

/** An item of a list as the description has it. */
export function itemOf(contract: Contract, operation: string, fields: object): unknown {
  const schema = contract.operations[operation]?.answers['200'];
  return overlay(sampleOf(contract, schema?.items), fields);
}

/** A page of a list, as `page` and `size` of the query ask for it; with the header `Link` where there are more. */
export function paged(items: readonly unknown[], { query, api }: Asked, path: string, size: string): Said {
  const page = Number(query.get('page') ?? 1);
  const per = Number(query.get(size) ?? 30);
  const next = new URLSearchParams(
    [...query, ['page', String(page + 1)]].filter(([key], i, all) => key !== 'page' || i === all.length - 1),
  );
  const headers = items.length > page * per ? { link: `<${api}${path}?${next}>; rel="next"` } : undefined;
  return { status: 200, body: items.slice((page - 1) * per, page * per), ...(headers && { headers }) };
}

export function nextNumber({ pulls, issues }: HostState): number {
  return pulls.length + issues.length + 1;
}

export function fieldsOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function pullOf({ state, params }: Asked, name = 'number'): DoublePull {
  const pull = state.pulls.find(({ number }) => String(number) === params[name]);
  if (pull === undefined) throw new Error(`no pull ${params[name]}`);
  return pull;
}

export function issueOf({ state, params }: Asked, name = 'number'): DoubleIssue {
  const issue = state.issues.find(({ number }) => String(number) === params[name]);
  if (issue === undefined) throw new Error(`no issue ${params[name]}`);
  return issue;
}
