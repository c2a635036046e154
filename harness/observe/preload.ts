/**
 * Loaded by NODE_OPTIONS=--import into every process of a Playwright run: answers `@playwright/test`, asked by the suite,
 * with a wrapper whose `test` is watched. Suites need not change.
 */
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { watch } from './watch-test.ts';

const ASKED = new Set(['@playwright/test', 'playwright/test']);
const OWN_FILES = /[\\/]node_modules[\\/](?:@playwright[\\/]test|playwright|playwright-core)[\\/]/;
const HERE = import.meta.url.slice(0, import.meta.url.lastIndexOf('/') + 1);
const ESM_WRAPPER = 'mendwright-wrapper:playwright-test';

// Loaded here, before Playwright compiles whatever is required: the wrappers of both module systems find it by this name.
Reflect.set(globalThis, Symbol.for('mendwright.watch'), watch);

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL ?? '';
    if (!ASKED.has(specifier) || parent.startsWith(HERE) || OWN_FILES.test(parent)) return next(specifier, context);
    if (parent.startsWith('mendwright-wrapper:')) return next(specifier, context);
    const real = next(specifier, context);
    if (context.conditions.includes('import')) {
      return { url: `${ESM_WRAPPER}?${encodeURIComponent(real.url)}`, format: 'module', shortCircuit: true };
    }
    process.env.MENDWRIGHT_PLAYWRIGHT_TEST = fileURLToPath(real.url);
    return { url: `${HERE}wrapper.cjs`, format: 'commonjs', shortCircuit: true };
  },
  load(url, context, next) {
    if (!url.startsWith(ESM_WRAPPER)) return next(url, context);
    return {
      format: 'module',
      source: wrapperSource(decodeURIComponent(url.slice(ESM_WRAPPER.length + 1))),
      shortCircuit: true,
    };
  },
});

/** Names that the wrapper defines itself win over those that it re-exports. */
function wrapperSource(real: string): string {
  return [
    `import * as real from ${JSON.stringify(real)};`,
    `export * from ${JSON.stringify(real)};`,
    "const watched = globalThis[Symbol.for('mendwright.watch')](real);",
    'export const test = watched.test;',
    'export const defineConfig = watched.defineConfig;',
    'export default watched.test;',
  ].join('\n');
}
