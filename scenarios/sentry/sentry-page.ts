/** `test` with an embedded Sentry of its own, started as people start it, and errors that reach it as SDKs send them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base } from '../../harness/kit/scenario.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'harness', 'cli', 'main.ts');

export interface Sentry {
  /** Without a slash at its end. */
  readonly url: string;
  /** Sends an error to the project `shop`; it is stored when this returns. */
  send(event: Record<string, unknown>): Promise<void>;
}

interface Fixtures {
  /** Asked for by the server; none where it is empty. */
  readonly token: string;
  readonly sentry: Sentry;
}

export const test = base.extend<Fixtures>({
  token: ['', { option: true }],
  sentry: async ({ token }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'mendwright-sentry-'));
    const args = ['sentry', '--json', '--project', 'shop', '--file', join(folder, 'sentry.db')];
    const server = spawn(process.execPath, [MAIN, ...args, ...(token === '' ? [] : ['--token', token])], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const { url, dsn } = await readAddress(server);
      await use({ url, send: (event) => send(dsn, event) });
    } finally {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      await rm(folder, { recursive: true, force: true });
    }
  },
});

async function readAddress({ stdout }: ChildProcess): Promise<{ url: string; dsn: string }> {
  if (stdout === null) throw new Error('the server has no output');
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line);
  throw new Error('the server ended before it said where it is');
}

async function send(dsn: string, event: Record<string, unknown>): Promise<void> {
  const { origin, username, pathname } = new URL(dsn);
  const answer = await fetch(`${origin}/api${pathname}/envelope/?sentry_key=${username}`, {
    method: 'POST',
    body: `{}\n{"type":"event"}\n${JSON.stringify(event)}\n`,
  });
  if (!answer.ok) throw new Error(`the event was answered ${answer.status}`);
}

/** An error in a function of its own, so that it becomes an issue of its own. */
export function errorNumber(id: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  const frame = { filename: '/srv/cart.js', abs_path: '/srv/cart.js', lineno: 3, colno: 15, in_app: true };
  const source = {
    pre_context: ['', `function total${id}(cart) {`],
    context_line: '  return cart.sum.net;',
    post_context: ['}'],
  };
  const express = { filename: 'node_modules/express/index.js', function: 'next', lineno: 9, in_app: false };
  const frames = [express, { ...frame, ...source, function: `total${id}` }];
  return {
    event_id: id.toString(16).padStart(32, '0'),
    timestamp: Date.now() / 1000 - id * 60,
    platform: 'node',
    exception: { values: [{ type: 'TypeError', value: `fault ${id}`, stacktrace: { frames } }] },
    ...more,
  };
}
