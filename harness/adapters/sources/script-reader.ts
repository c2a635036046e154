/** Reads the scripts that frames name: from the running app by its address, or from the worktree; from nowhere else. */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { unescape as unescapeLeniently } from 'node:querystring';

export interface SourceGround {
  /** Absolute path of the app's root in the worktree that the app ran from; nothing outside of it is read. */
  readonly root: string;
  /** Files of the commit, relative to the app's root. */
  readonly files: readonly string[];
  /** Where the app answered; scripts are asked of it alone. */
  readonly appUrl: string;
  readonly fetch: typeof fetch;
}

export interface Script {
  /** Set for scripts that are asked of the running app; the others lie in the worktree. */
  readonly url?: URL;
  /** Relative to the app's origin or to the worktree's root, decoded. */
  readonly path: string;
}

export interface ScriptText {
  readonly text: string;
  /** What the answer's headers say of a source map. */
  readonly map?: string;
}

const MOST_BYTES = 30_000_000;
const ANSWER_MS = 5_000;
const MOST_MAPS = 2_000;
const LEFT_OUT = new Set(['node_modules', '.git', '.mendwright']);

/** Undefined for everything that is neither of the app's origin nor inside the worktree. Never throws. */
export function locateScript(raw: string, { root, appUrl }: Pick<SourceGround, 'root' | 'appUrl'>): Script | undefined {
  const url = URL.parse(raw);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') {
    if (url.origin !== URL.parse(appUrl)?.origin) return undefined;
    return { url, path: unescapeLeniently(url.pathname).replace(/^\/+/, '') };
  }
  if (url?.protocol === 'file:' && url.host !== '') return undefined;
  const path = url?.protocol === 'file:' ? unescapeLeniently(url.pathname) : raw.replace(/^app:\/\/\//, '');
  const inside = path.startsWith('/') ? belowRoot(path, root) : posix.normalize(path);
  return inside === undefined || /^\.{0,2}(?:\/|$)/.test(inside) ? undefined : { path: inside };
}

/** The root may have been reached by a link, and runtimes print either of its names. */
function belowRoot(path: string, root: string): string | undefined {
  for (const top of new Set([root, realpathSync(root)])) {
    const inside = relative(top, path);
    if (inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`)) return inside.split(sep).join('/');
  }
  return undefined;
}

export class ScriptReader {
  readonly #ground: SourceGround;
  readonly #read = new Map<string, Promise<ScriptText | undefined>>();
  #built: readonly string[] | undefined;

  constructor(ground: SourceGround) {
    this.#ground = ground;
  }

  /** Undefined where there is no such script, or one too large to be one. Each is read once. */
  read(script: Script): Promise<ScriptText | undefined> {
    const key = script.url?.href ?? script.path;
    const text = this.#read.get(key) ?? this.#readNew(script);
    this.#read.set(key, text);
    return text;
  }

  /** The script that another one names, such as its map; undefined where that lies elsewhere. */
  beside(script: Script, reference: string): Script | undefined {
    if (script.url) {
      const url = URL.parse(reference, script.url);
      return url === null ? undefined : locateScript(url.href, this.#ground);
    }
    if (/^[a-z][a-z\d+.-]*:/i.test(reference)) return undefined;
    const path = unescapeLeniently(reference.replace(/[?#].*$/, ''));
    return locateScript(posix.join(posix.dirname(script.path), path), this.#ground);
  }

  /** Text of a plain file below the root, reached by no link that leads out of it. */
  readonly file = (path: string): string | undefined => {
    const root = realpathSync(this.#ground.root);
    const full = join(root, path);
    if (!existsSync(full)) return undefined; // Also for names that no file can have, where others would throw.
    const stats = statSync(full);
    if (!stats.isFile() || stats.size > MOST_BYTES) return undefined;
    return realpathSync(full).startsWith(root + sep) ? readFileSync(full, 'utf8') : undefined;
  };

  /** Text of the source map of that debug id among what the app's build wrote; undefined where there is none. */
  mapWith(debugId: string): string | undefined {
    this.#built ??= mapsBelow(this.#ground.root);
    const id = new RegExp(`"debug_?[iI]d"\\s*:\\s*"${debugId.replace(/[^\da-f-]/gi, '')}"`, 'i');
    for (const path of this.#built) {
      const text = this.file(path);
      if (text !== undefined && id.test(text)) return text;
    }
    return undefined;
  }

  async #readNew({ url, path }: Script): Promise<ScriptText | undefined> {
    if (url) return this.#fetch(url);
    const text = this.file(path);
    return text === undefined ? undefined : { text };
  }

  async #fetch(url: URL): Promise<ScriptText | undefined> {
    try {
      const response = await this.#ground.fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'error' });
      const text = response.ok ? await readBounded(response) : undefined;
      if (text === undefined) {
        await response.body?.cancel();
        return undefined;
      }
      const map = response.headers.get('sourcemap') ?? response.headers.get('x-sourcemap');
      return { text, ...(map !== null && { map }) };
    } catch {
      return undefined; // The script is gone or the app is: the frame stays as it is.
    }
  }
}

/** Source maps below a folder, relative to it; packages have maps of their own, which tell nothing of the app. */
function mapsBelow(root: string): string[] {
  const found: string[] = [];
  const queue = [''];
  for (let folder = queue.shift(); folder !== undefined && found.length < MOST_MAPS; folder = queue.shift()) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) queue.push(path);
      else if (entry.isFile() && entry.name.endsWith('.map')) found.push(path);
    }
  }
  return found.sort().slice(0, MOST_MAPS);
}

async function readBounded(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return Buffer.concat(chunks).toString('utf8');
    size += value.byteLength;
    if (size > MOST_BYTES) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(value);
  }
}
