/** A server under measure, in a process of its own so that the load does not run on its thread. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { freePort } from '../../harness/adapters/app/start-app.ts';
import { spotlightCommand } from './spotlight.ts';

export interface ServerProcess {
  readonly port: number;
  /** Where events are posted to. */
  readonly path: string;
  /** Whether it has the Web API. */
  readonly isReadable: boolean;
  /** Memory in MiB, as the system sees it. */
  readRss(): number;
  stop(): Promise<void>;
}

const Address = z.object({ port: z.number(), path: z.string() });
const START_MS = 30_000;

/** `work` is a folder that is deleted with all that the servers leave in it. */
export async function startServer(name: 'bare' | 'embedded' | 'spotlight', work: string): Promise<ServerProcess> {
  const folder = mkdtempSync(join(work, `${name}-`));
  const { child, address } = name === 'spotlight' ? await startSpotlight(work) : await startOwn(name, folder);
  const exited = once(child, 'exit');
  return {
    ...address,
    isReadable: name === 'embedded',
    readRss: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1024,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Started {
  readonly child: ChildProcess;
  readonly address: { port: number; path: string };
}

async function startOwn(name: string, folder: string): Promise<Started> {
  const child = spawn(process.execPath, [join(import.meta.dirname, `${name}-server.ts`), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) return { child, address: Address.parse(JSON.parse(line)) };
  throw new Error(`The ${name} server ended before it listened.`);
}

/** It tells nobody when it listens. */
async function startSpotlight(work: string): Promise<Started> {
  const port = await freePort();
  const { command, args, env } = spotlightCommand(work, port);
  const child = spawn(command, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  const deadline = Date.now() + START_MS;
  while (!(await answers(`http://127.0.0.1:${port}/health`))) {
    if (Date.now() > deadline || child.exitCode !== null) {
      child.kill();
      throw new Error('Spotlight did not start to listen.');
    }
    await wait(100);
  }
  return { child, address: { port, path: '/api/1/envelope/' } };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
