/**
 * Loaded by NODE_OPTIONS=--import into every process of a Playwright run: answers `@playwright/test`, asked by the suite,
 * with a wrapper whose `test` is watched, and the suite's configuration without its `webServer`. Suites need not change.
 */
import { realpathSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readOptions } from './options.ts';
import { appendRecord } from './records.ts';
import { watch } from './watch-test.ts';

const ASKED = new Set(['@playwright/test', 'playwright/test']);
const OWN_FILES = /[\\/]node_modules[\\/](?:@playwright[\\/]test|playwright|playwright-core)[\\/]/;
const HERE = import.meta.url.slice(0, import.meta.url.lastIndexOf('/') + 1);
const ESM_WRAPPER = 'mendwright-wrapper:';
const options = readOptions(process.env);
// Suites read it as well; each worker of a screening has an app of its own.
if (options) process.env.BASE_URL = options.baseUrl;
const CONFIG_URL = options && pathToFileURL(realpathSync(options.config)).href;

// Loaded here, before Playwright compiles whatever is required: the wrappers of both module systems find them by name.
Reflect.set(globalThis, Symbol.for('mendwright.watch'), watch);
Reflect.set(globalThis, Symbol.for('mendwright.withoutServer'), withoutServer);

registerHooks({
  resolve(specifier, context, next) {
    const parent = context.parentURL ?? '';
    const real = next(specifier, context);
    if (parent.startsWith(HERE) || parent.startsWith(ESM_WRAPPER)) return real;
    // Playwright asks for the configuration, the suite for Playwright.
    const isConfig = real.url === CONFIG_URL && OWN_FILES.test(parent);
    if (!isConfig && (!ASKED.has(specifier) || OWN_FILES.test(parent))) return real;
    const name = isConfig ? 'config' : 'test';
    if (context.conditions.includes('import')) {
      return { url: `${ESM_WRAPPER}${name}?${encodeURIComponent(real.url)}`, format: 'module', shortCircuit: true };
    }
    process.env[`MENDWRIGHT_PLAYWRIGHT_${name.toUpperCase()}`] = fileURLToPath(real.url);
    return { url: `${HERE}${name}-wrapper.cjs`, format: 'commonjs', shortCircuit: true };
  },
  load(url, context, next) {
    if (!url.startsWith(ESM_WRAPPER)) return next(url, context);
    const [name, real = ''] = url.slice(ESM_WRAPPER.length).split('?');
    const wrap = name === 'config' ? configSource : testSource;
    return { format: 'module', source: wrap(JSON.stringify(decodeURIComponent(real))), shortCircuit: true };
  },
});

/** Names that the wrapper defines itself win over those that it re-exports. */
function testSource(real: string): string {
  return [
    `import * as real from ${real};`,
    `export * from ${real};`,
    "export const { test } = globalThis[Symbol.for('mendwright.watch')](real);",
    'export default test;',
  ].join('\n');
}

function configSource(real: string): string {
  return `import * as real from ${real};\nexport default globalThis[Symbol.for('mendwright.withoutServer')](real);`;
}

/** The app under test is started by the harness: a `webServer` of the suite would be a second one. */
function withoutServer(exported: object): unknown {
  const config: unknown = 'default' in exported ? exported.default : exported;
  if (typeof config !== 'object' || config === null) return config;
  if (options && Reflect.get(config, 'webServer')) {
    appendRecord(options.folder, { type: 'note', text: 'The suite’s own webServer is not started: app.start is.' });
  }
  return { ...config, webServer: undefined };
}
