/** Frames of an event mapped to files of the repository: through source maps, served paths, and the worktree's own paths. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AnyMap, originalPositionFor, type TraceMap } from '@jridgewell/trace-mapping';
import type { SentryEvent, StackFrame } from '../../model/issue.ts';

export interface SourceGround {
  /** Absolute path of the app's root in the worktree that the app ran from; nothing outside of it is read. */
  readonly root: string;
  /** Files of the commit, relative to the app's root. */
  readonly files: readonly string[];
  /** Where the app answered; scripts are asked of it alone. */
  readonly appUrl: string;
  readonly fetch: typeof fetch;
}

const MOST_BYTES = 30_000_000;
const ANSWER_MS = 5_000;

/** Frames that lead to a file of the repository get its path as `file`, with line and column there; others stay as they are. */
export async function symbolicateEvent(event: SentryEvent, ground: SourceGround): Promise<SentryEvent> {
  const maps = new MapReader(ground);
  const exceptions = [];
  for (const exception of event.exceptions) {
    const frames = [];
    for (const frame of exception.frames) frames.push(await mapFrame(frame, maps, ground));
    exceptions.push({ ...exception, frames });
  }
  return { ...event, exceptions };
}

async function mapFrame(frame: StackFrame, maps: MapReader, ground: SourceGround): Promise<StackFrame> {
  const raw = frame.absPath ?? frame.file;
  const script = locate(raw, ground) ?? locate(frame.file, ground);
  if (script === undefined || frame.line === undefined) return frame;
  const found = await maps.original(script, frame.line, frame.column ?? 1);
  if (found) {
    const { contextLine: _c, function: name, ...rest } = frame;
    return {
      ...rest,
      ...found,
      inApp: !isLibrary(found.file),
      ...(name !== undefined && name.length > 2 && { function: name }),
    };
  }
  const file = ground.files.includes(script.path) ? script.path : undefined;
  return file === undefined ? frame : { ...frame, file, inApp: !isLibrary(file) };
}

function isLibrary(file: string): boolean {
  return file.split('/').includes('node_modules');
}

interface Script {
  /** Asked of the running app, or read from the worktree. */
  readonly from: 'app' | 'disk';
  /** Relative to the app's origin or to the worktree's root. */
  readonly path: string;
}

/** Undefined for everything that is neither the app's origin nor inside the worktree. */
function locate(raw: string, { root, appUrl }: SourceGround): Script | undefined {
  const url = URL.parse(raw);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') {
    if (url.origin !== URL.parse(appUrl)?.origin) return undefined;
    return { from: 'app', path: decodeURIComponent(url.pathname).replace(/^\/+/, '') };
  }
  const path = raw.startsWith('file://') ? fileURLToPath(raw) : raw.replace(/^app:\/\/\//, '');
  const full = path.startsWith('/') ? path : join(root, path);
  const inside = relative(root, full);
  if (inside === '' || inside.startsWith('..')) return undefined;
  return { from: 'disk', path: inside.split(sep).join('/') };
}

class MapReader {
  readonly #ground: SourceGround;
  readonly #maps = new Map<string, Promise<{ map: TraceMap; at: string } | undefined>>();

  constructor(ground: SourceGround) {
    this.#ground = ground;
  }

  async original(
    script: Script,
    line: number,
    column: number,
  ): Promise<{ file: string; line: number; column: number } | undefined> {
    const key = `${script.from} ${script.path}`;
    const reading = this.#maps.get(key) ?? this.#read(script);
    this.#maps.set(key, reading);
    const found = await reading;
    if (found === undefined) return undefined;
    const position = originalPositionFor(found.map, { line, column: Math.max(0, column - 1) });
    if (position.source === null) return undefined;
    const file = this.#repositoryFile(position.source, found.at);
    return file === undefined ? undefined : { file, line: position.line, column: position.column + 1 };
  }

  async #read(script: Script): Promise<{ map: TraceMap; at: string } | undefined> {
    const text = await this.#text(script);
    const url = text && [...text.matchAll(/\/[/*]# ?sourceMappingURL=([^\s*]+)/g)].at(-1)?.[1];
    if (!text || !url) return undefined;
    const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(url);
    const json = inline
      ? inline[1]
        ? Buffer.from(inline[2] ?? '', 'base64').toString('utf8')
        : decodeURIComponent(inline[2] ?? '')
      : await this.#text({ ...script, path: posix.join(posix.dirname(script.path), url.replace(/[?#].*$/, '')) });
    const map = json === undefined ? undefined : parseMap(json);
    return map && { map, at: script.path };
  }

  async #text({ from, path }: Script): Promise<string | undefined> {
    return from === 'app' ? this.#fetch(path) : this.#readInside(path);
  }

  #readInside(path: string): string | undefined {
    const root = realpathSync(this.#ground.root);
    const full = join(root, path);
    if (!existsSync(full) || !`${realpathSync(dirname(full))}${sep}`.startsWith(root + sep)) return undefined;
    return realpathSync(full).startsWith(root + sep) ? readFileSync(full, 'utf8') : undefined;
  }

  async #fetch(path: string): Promise<string | undefined> {
    try {
      const url = new URL(`/${path}`, this.#ground.appUrl);
      const response = await this.#ground.fetch(url, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'error' });
      const size = Number(response.headers.get('content-length') ?? 0);
      if (!response.ok || size > MOST_BYTES) {
        await response.body?.cancel();
        return undefined;
      }
      return await response.text();
    } catch {
      return undefined; // The script is gone or the app is: the frame stays as it is.
    }
  }

  /** `../../src/a.ts`, `webpack://shop/./src/a.ts`, `/@fs/…/src/a.ts`: the file itself, else the only one with that ending. */
  #repositoryFile(source: string, script: string): string | undefined {
    const { files, root } = this.#ground;
    const clean = source
      .replace(/[?#].*$/, '')
      .replace(/^(?:webpack(?:-internal)?|turbopack|vite|rollup):\/+(?:[^/]*\/)??(?:\.\/|(?=\/))/, '')
      .replace(/^file:\/\//, '')
      .replace(/^\/@fs/, '');
    const fromRoot = clean.startsWith(`${root}/`) ? clean.slice(root.length + 1) : clean;
    const parts = posix
      .normalize(fromRoot)
      .split('/')
      .filter((part) => part !== '..' && part !== '.' && part !== '');
    if (parts.includes('node_modules')) return parts.slice(parts.indexOf('node_modules')).join('/');
    const beside = posix.normalize(posix.join(posix.dirname(script), fromRoot)).replace(/^(?:\.\.\/)+/, '');
    const known = [posix.normalize(fromRoot), parts.join('/'), beside].find((file) => files.includes(file));
    if (known !== undefined) return known;
    for (let from = 0; from < parts.length; from++) {
      const ending = `/${parts.slice(from).join('/')}`;
      const matching = files.filter((file) => `/${file}`.endsWith(ending));
      if (matching.length === 1) return matching[0];
      if (matching.length > 1) return undefined;
    }
    return undefined;
  }
}

function parseMap(json: string): TraceMap | undefined {
  try {
    // Some servers put this line in front, against inclusion by other sites.
    return new AnyMap(json.replace(/^\)\]\}'[^\n]*\n/, ''), null);
  } catch {
    return undefined;
  }
}
