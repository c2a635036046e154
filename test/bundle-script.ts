/** A script and all that it imports as one classic script, for pages that tests serve. */
import { build } from 'vite';

export interface Bundle {
  readonly root: string;
  readonly entry: string;
  /** Variable of the page that holds what the entry exports. */
  readonly name: string;
  /** What an import of that name means. */
  readonly alias?: Readonly<Record<string, string>>;
  /** Expressions that are replaced by others. */
  readonly define?: Readonly<Record<string, string>>;
}

export async function bundleScript({ root, entry, name, alias, define }: Bundle): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { ...alias } },
    define: { ...define },
    build: { write: false, lib: { entry, formats: ['iife'], name } },
  });
  const [output] = [built].flat();
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined;
  if (chunk === undefined) throw new Error('vite built nothing');
  return chunk.code;
}
