/** Sentry's MCP server as a process on stdio, spoken to through the MCP SDK's client; both are installed, not depended on. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { clientFolder } from './client-folder.ts';
import type { Ground } from './ground.ts';

interface McpClient {
  connect(transport: object): Promise<void>;
  listTools(): Promise<unknown>;
  callTool(
    call: { name: string; arguments: Record<string, unknown> },
    resultSchema: undefined,
    options: { timeout: number },
  ): Promise<unknown>;
  getServerVersion(): { version: string } | undefined;
  close(): Promise<void>;
}

type ClientClass = new (about: { name: string; version: string }) => McpClient;
type TransportClass = new (server: Record<string, unknown>) => object;

/** A class that only the installed package can define. */
const ClientModule = z.object({ Client: z.custom<ClientClass>((value) => typeof value === 'function') });
const TransportModule = z.object({
  StdioClientTransport: z.custom<TransportClass>((value) => typeof value === 'function'),
});

const Tools = z.object({ tools: z.array(z.object({ name: z.string() })) });
const Answer = z.object({
  isError: z.boolean().optional(),
  content: z.array(z.object({ type: z.string(), text: z.string().optional() })),
});

const PATIENCE_MS = 300_000;

export interface McpSession {
  readonly version: string;
  /** Names of the tools at the top. */
  tools(): Promise<string[]>;
  /** The texts of its answer; throws where the tool says that it failed. */
  call(name: string, args: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
}

/** Undefined where one of the two is not installed. */
export async function openMcp({ url, token }: Ground): Promise<McpSession | undefined> {
  const server = clientFolder('@sentry/mcp-server');
  const sdk = clientFolder('@modelcontextprotocol/sdk');
  if (server === undefined || sdk === undefined) return undefined;
  const load = (file: string): Promise<unknown> => import(pathToFileURL(join(sdk, 'dist', 'esm', 'client', file)).href);
  const { Client } = ClientModule.parse(await load('index.js'));
  const { StdioClientTransport } = TransportModule.parse(await load('stdio.js'));
  const client = new Client({ name: 'mendwright-clients', version: '1.0.0' });
  const address = [`--host=${new URL(url).host}`, '--insecure-http', `--access-token=${token}`];
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [join(server, 'dist', 'index.js'), ...address, '--sentry-dsn='],
      stderr: 'ignore',
    }),
  );
  return {
    version: client.getServerVersion()?.version ?? '',
    tools: async () => Tools.parse(await client.listTools()).tools.map(({ name }) => name),
    call: async (name, args) => {
      const { isError = false, content } = Answer.parse(
        await client.callTool({ name, arguments: args }, undefined, { timeout: PATIENCE_MS }),
      );
      const text = content.map((part) => part.text ?? `[${part.type}]`).join('\n');
      if (isError) throw new Error(text);
      return text;
    },
    close: () => client.close(),
  };
}
