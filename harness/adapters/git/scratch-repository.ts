/** A git repository in a temporary folder, for tests: real git, a history of its own, and a hash of all that is the user's. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export class ScratchRepository implements Disposable {
  readonly dir: string;

  /** The first commit holds `files`. */
  constructor(files: Readonly<Record<string, string | Buffer>>) {
    this.dir = mkdtempSync(join(tmpdir(), 'mendwright-scratch-'));
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('config', 'user.name', 'Mara Lind');
    this.git('config', 'user.email', 'mara@shop.example');
    this.commit('Open the shop', files);
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.dir, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  }

  write(file: string, text: string | Buffer): void {
    mkdirSync(dirname(join(this.dir, file)), { recursive: true });
    writeFileSync(join(this.dir, file), text);
  }

  read(file: string): string {
    return readFileSync(join(this.dir, file), 'utf8');
  }

  /** Returns the commit's id. */
  commit(message: string, files: Readonly<Record<string, string | Buffer>> = {}): string {
    for (const [file, text] of Object.entries(files)) this.write(file, text);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  /** Every hook that git knows, each leaving a mark and failing. Returns whether one ran. */
  addFailingHooks(): () => boolean {
    const mark = join(this.dir, '.git', 'a-hook-ran');
    const names = readdirSync(join(this.dir, '.git', 'hooks')).map((name) => name.replace(/\.sample$/, ''));
    for (const name of [...names, 'post-checkout', 'post-commit', 'reference-transaction', 'post-index-change']) {
      const hook = join(this.dir, '.git', 'hooks', name);
      writeFileSync(hook, `#!/bin/sh\necho ${name} >> '${mark}'\nexit 1\n`);
      chmodSync(hook, 0o755);
    }
    return () => existsSync(mark);
  }

  /** No new object can be written then, for root as well, like on a full disk. Returns how to free it. */
  fillDisk(): () => void {
    const folder = join(this.dir, '.git', 'objects');
    const names = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'));
    const blocked = names.filter((name) => !existsSync(join(folder, name)));
    for (const name of blocked) writeFileSync(join(folder, name), '');
    return () => {
      for (const name of blocked) rmSync(join(folder, name));
    };
  }

  /** A hash of the checkout, the index, HEAD with its log, the configuration, the stash and the branches that are not ours. */
  fingerprint(): string {
    const hash = createHash('sha256');
    for (const file of readdirSync(this.dir, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/\/\.(?:git|mendwright)\//.test(path.slice(this.dir.length)))
      .sort()) {
      hash.update(`${file}\0${readFileSync(file, 'base64')}\0`);
    }
    for (const file of ['index', 'HEAD', 'config', 'logs/HEAD', 'refs/stash', 'logs/refs/stash']) {
      const path = join(this.dir, '.git', file);
      hash.update(existsSync(path) ? readFileSync(path, 'base64') : 'none');
    }
    const refs = this.git('for-each-ref', '--format=%(refname) %(objectname)');
    const theirs = refs.split('\n').filter((line) => !/^refs\/(?:heads\/mend\/|mendwright\/)/.test(line));
    return hash.update(theirs.join('\n')).digest('hex');
  }

  [Symbol.dispose](): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
