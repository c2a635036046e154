/** A small app, really minified and really thrown in: for tests of source maps. */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';

const CART = `/** Sums of a cart. */
export interface Line {
  readonly price: number;
  readonly count: number;
}

export function totalOf(cart: { lines?: readonly Line[] }): number {
  const lines = cart.lines as readonly Line[];
  return lines.reduce((sum, line) => sum + line.price * line.count, 0);
}
`;

const MAIN = `import { totalOf } from './cart.ts';

class Checkout {
  readonly customers = new Map<string, number>();

  pay(customer: string, cart: object): number {
    const total = totalOf(cart);
    this.customers.set(customer, total);
    return total;
  }
}

export async function checkOut(customer: string): Promise<number> {
  await Promise.resolve();
  const desk = new Checkout();
  return desk.pay(customer, {});
}
`;

/** Takes the short names that the app's own functions had without it. */
const GREETING = `export function greet(name: string): string {
  const words = [name.trim(), new Date().toISOString()];
  return words.map((word) => word.toUpperCase()).join(', ');
}

export function depart(name: string): string {
  return greet(name).split('').reverse().join('');
}
`;

export interface MinifiedApp {
  /** Absolute path of the folder that the build wrote. */
  readonly folder: string;
  readonly script: string;
  readonly code: string;
  readonly map: string;
  /** As the bundler wrote it into script and map; empty where it was not asked to. */
  readonly debugId: string;
}

export interface BuildOptions {
  /** Below it the app is built. */
  readonly home: string;
  /** Two versions differ in the names that the minifier gives. */
  readonly version: 'first' | 'second';
  /** Whether the bundler gives debug ids; sentry-cli leaves such scripts as they are. */
  readonly hasDebugIds: boolean;
}

export async function buildApp({ home, version, hasDebugIds }: BuildOptions): Promise<MinifiedApp> {
  const sources = join(home, version, 'src');
  const folder = join(home, version, 'dist');
  mkdirSync(sources, { recursive: true });
  writeFileSync(join(sources, 'cart.ts'), CART);
  writeFileSync(join(sources, 'greeting.ts'), GREETING);
  const greeting = "export { depart, greet } from './greeting.ts';\n";
  writeFileSync(join(sources, 'main.ts'), version === 'first' ? MAIN : `${greeting}${MAIN}`);
  await build({
    root: join(home, version),
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: folder,
      sourcemap: true,
      minify: true,
      ssr: true,
      rolldownOptions: {
        input: join(sources, 'main.ts'),
        output: { entryFileNames: 'main.js', sourcemapDebugIds: hasDebugIds },
      },
    },
  });
  const [name = ''] = readdirSync(folder).filter((file) => file.endsWith('.js'));
  const script = join(folder, name);
  const code = readFileSync(script, 'utf8');
  const debugId = /debugId=(?<id>[\da-f-]+)/.exec(code)?.groups?.id ?? '';
  return { folder, script, code, map: readFileSync(`${script}.map`, 'utf8'), debugId };
}

export interface V8Frame {
  readonly filename: string;
  readonly function?: string;
  readonly lineno: number;
  readonly colno: number;
  readonly in_app: true;
}

/** The stack of the app's error as V8 tells it, outermost caller first. */
export async function thrownFrames({ script }: MinifiedApp): Promise<V8Frame[]> {
  const code = `import(${JSON.stringify(pathToFileURL(script).href)}).then((app) => app.checkOut('Ada')).catch((error) => console.log(error.stack));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', code], {
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const line = /^\s+at (?:(?:async )?(?<name>\S.*?) \()?(?:file:\/\/)?(?<file>\/.+):(?<line>\d+):(?<column>\d+)\)?$/;
  const frames = stdout.split('\n').flatMap((text): V8Frame[] => {
    const { name, file, line: lineno, column } = line.exec(text)?.groups ?? {};
    if (file === undefined) return [];
    const place = { filename: file, lineno: Number(lineno), colno: Number(column), in_app: true } as const;
    return [name === undefined ? place : { ...place, function: name }];
  });
  return frames.reverse();
}
