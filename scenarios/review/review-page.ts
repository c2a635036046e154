/** `test` with a repository after a night and the review page of it, started as people start it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { test as base } from '../../harness/kit/scenario.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'harness', 'cli', 'main.ts');
const GROUND = join(ROOT, 'test', 'review', 'make-ground.ts');
const run = promisify(execFile);

/** A remote is asked and written by a dozen processes of git: on a busy machine that takes its time. */
export const WITH_GIT = { timeout: 20_000 } as const;

export interface Review {
  readonly dir: string;
  /** Of the night that has ended. */
  readonly run: string;
  /** Without a slash at its end. */
  readonly url: string;
  /** Opens the night's page by the address that was printed. */
  enter(page: Page): Promise<void>;
  git(...args: string[]): Promise<string>;
  atRemote(...args: string[]): Promise<string>;
  /** Says a line of a night that is at work, as the harness does. */
  tell(run: string, entry: { kind: string; text: string; detail?: string }): Promise<void>;
  /** Takes the night's lock for this process, or gives it back. */
  lock(run: string | undefined): Promise<void>;
  /** The night's page and its issues' as files; their first page. */
  writeFiles(): Promise<string>;
}

interface Fixtures {
  /** `kept`, `traced` with the trace viewer beside it, `large`, `hostile`, or `none` for a repository without one. */
  readonly night: string;
  readonly review: Review;
}

export const test = base.extend<Fixtures>({
  night: ['kept', { option: true }],
  review: [
    async ({ night }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'mendwright-review-'));
      const remote = join(folder, 'origin.git');
      const made = await run(process.execPath, [GROUND, night, remote]);
      const ground: { dir: string; run: string } = JSON.parse(made.stdout);
      const args = [MAIN, 'review', '--json', '--cwd', ground.dir, '--push', 'origin'];
      const server = spawn(process.execPath, args, {
        stdio: ['ignore', 'pipe', 'ignore'],
        // No window may open while a scenario runs.
        env: { ...process.env, MENDWRIGHT_EDITOR: '', VISUAL: '', EDITOR: '' },
      });
      const gitIn = async (dir: string, list: readonly string[]): Promise<string> =>
        (await run('git', [...list], { cwd: dir })).stdout.trim();
      try {
        const { url, address } = await readAddress(server);
        await use({
          ...{ ...ground, url },
          enter: async (page) => {
            // The page behind it leads on by itself.
            await page.goto(address, { waitUntil: 'commit' });
            await page.waitForURL(night === 'none' ? `${url}/` : `${url}/night/${ground.run}/`);
          },
          git: (...list) => gitIn(ground.dir, list),
          atRemote: (...list) => gitIn(remote, list),
          tell: async (id, entry) => {
            const runFolder = join(ground.dir, '.mendwright', 'runs', id);
            await mkdir(runFolder, { recursive: true });
            const line = JSON.stringify({ at: new Date().toISOString(), ...entry });
            await appendFile(join(runFolder, 'progress.jsonl'), `${line}\n`);
          },
          lock: (id) => lock(join(ground.dir, '.mendwright', 'night.lock'), id),
          writeFiles: async () => {
            const written = await run(process.execPath, [
              MAIN,
              'review',
              '--static',
              join(folder, 'pages'),
              '--cwd',
              ground.dir,
            ]);
            return written.stdout.trim();
          },
        });
      } finally {
        server.kill();
        if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
        await rm(folder, { recursive: true, force: true });
        await rm(ground.dir, { recursive: true, force: true });
      }
    },
    { timeout: 60_000 },
  ],
});

async function readAddress({ stdout }: ChildProcess): Promise<{ url: string; address: string }> {
  if (stdout === null) throw new Error('the server has no output');
  for await (const line of createInterface({ input: stdout })) return JSON.parse(line);
  throw new Error('the server ended before it said where it is');
}

async function lock(file: string, id: string | undefined): Promise<void> {
  if (id === undefined) return rm(file);
  const stat = await readFile(`/proc/${process.pid}/stat`, 'utf8').catch(() => '');
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? 'unknown';
  await writeFile(file, JSON.stringify({ pid: process.pid, started, run: id }));
  return undefined;
}
