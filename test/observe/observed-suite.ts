/** A tiny app on a port and a Playwright suite in a folder of its own, to be run by the real runSuite. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { childEnvironment } from '../../harness/adapters/app/child-environment.ts';
import { findChromium } from '../../harness/adapters/playwright/find-browser.ts';
import { runSuite, type SuiteRequest, type SuiteResult } from '../../harness/adapters/playwright/run-suite.ts';
import type { ScenarioRun } from '../../harness/model/scenario.ts';

/** Text of a page, or all of an answer. */
export type Page =
  | string
  | { readonly body?: string; readonly status?: number; readonly headers?: Readonly<Record<string, string>> };

export interface ObservedSuite {
  readonly baseUrl: string;
  readonly root: string;
  /** The mark that every process of the suite carries. */
  readonly mark: string;
  write(file: string, text: string): void;
  run(changes?: Partial<SuiteRequest>): Promise<SuiteResult>;
  close(): void;
}

/** Whether the suites run with the oldest Playwright that they may use: by itself it hangs on ES modules under Node 24. */
export const IS_OLDEST = process.env.OBSERVED_HOME !== undefined;
/** Suites find the packages of a folder above them. */
const DEMO = process.env.OBSERVED_HOME ?? join(import.meta.dirname, '..', '..', '.demo');
const CONFIG =
  "export default { testDir: 'specs', timeout: 10000, expect: { timeout: 300 }, workers: 2, fullyParallel: true };";

/** `silent` paths are never answered. `onPost` is told of each request with a body, before it is answered with `{}`. */
export async function observedSuite(
  pages: Readonly<Record<string, Page>>,
  onPost: (path: string, body: string) => void = () => undefined,
  silent: readonly string[] = [],
): Promise<ObservedSuite> {
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    if (silent.includes(path)) return;
    if (request.method === 'POST') onPost(path, await readBody(request));
    const page = pages[path] ?? '{}';
    const { body = '', status = 200, headers = {} } = typeof page === 'string' ? { body: page } : page;
    const type = path.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(status, { 'content-type': type, 'access-control-allow-origin': '*', ...headers });
    response.end(body);
  });
  const baseUrl = await listen(server);
  mkdirSync(DEMO, { recursive: true });
  const root = mkdtempSync(join(DEMO, 'observe-'));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  write('package.json', '{ "name": "observed", "private": true, "type": "module" }');
  write('playwright.config.ts', CONFIG);
  const mark = `observe:${root}`;
  return {
    baseUrl,
    root,
    mark,
    write,
    run: (changes) =>
      runSuite({
        root,
        config: 'playwright.config.ts',
        baseUrl,
        outputDir: join(root, 'out'),
        chromium: findChromium(root),
        env: childEnvironment(process.env, mark),
        ...changes,
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

/** The first run of the scenario with this title. */
export function titled(runs: readonly ScenarioRun[], title: string): ScenarioRun {
  const found = runs.find(({ scenario }) => scenario.titlePath.at(-1) === title);
  if (found === undefined) throw new Error(`no run of ${title}`);
  return found;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
