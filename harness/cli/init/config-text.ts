/** The configuration file that `init` writes: what was found, and the rest as comments. */
import { chooseCommands } from './choose-commands.ts';
import type { Repository } from './look-at-repository.ts';

/** `start` is a command that says what to do where none was found. */
export function formatConfig(repository: Repository): string {
  const { root, playwrightConfig, hints, sources } = repository;
  const { start, build, install, checks } = chooseCommands(repository);
  const env = hints.dsnVariables.map((name) => `${name}: '$SENTRY_DSN'`).join(', ');
  const known = sources.length > 0 ? sources : ['**/*.{js,jsx,ts,tsx}'];
  const lines = [
    '/** How Mendwright builds, starts and watches this app. Keys that are left out have defaults. */',
    "import { defineConfig } from 'mendwright';",
    '',
    'export default defineConfig({',
    '  app: {',
    '    // Gets PORT, SENTRY_DSN, SENTRY_ENVIRONMENT, SENTRY_RELEASE and `env`.',
    start === undefined
      ? `    start: ${quote('echo "Write the command that starts the app into app.start." && exit 1')},`
      : `    start: ${quote(start)},`,
    build === undefined
      ? "    // build: 'npm run build', // run before every start"
      : `    build: ${quote(build)}, // run before every start`,
    `    // install: ${quote(install)}, // only for an app whose worktrees cannot share node_modules`,
    "    // url: 'http://127.0.0.1:$PORT', // a free port; or a fixed one, for apps that insist on an origin",
    hints.health === undefined
      ? "    // ready: '/', // polled until it answers 2xx"
      : `    ready: ${quote(hints.health)}, // polled until it answers 2xx`,
    env === ''
      ? "    // env: { VITE_SENTRY_DSN: '$SENTRY_DSN' }, // for an app that reads its DSN from elsewhere"
      : `    env: { ${env} },`,
    ...(root === '.' ? [] : [`    root: ${quote(root)}, // in the repository`]),
    '    // The only files that a patch may touch.',
    `    sources: [${known.map(quote).join(', ')}],`,
    '  },',
    `  scenarios: { config: ${quote(playwrightConfig ?? 'playwright.config.ts')} }, // ordinary Playwright; baseURL is set, BASE_URL too`,
    checks.length > 0 ? '  // Must stay as green as they were.' : '  // Commands that must stay as green as they were:',
    checks.length > 0 ? `  checks: [${checks.map(quote).join(', ')}],` : "  // checks: ['npm test'],",
    "  sentry: 'embedded', // no account, no network; or:",
    "  // sentry: { url: 'https://de.sentry.io', org: '…', project: '…', token: process.env.SENTRY_AUTH_TOKEN ?? '' },",
    '  // fixers: { budget: { candidates: 200, minutes: 10 } }, // per issue',
    "  // publish: { branchPrefix: 'mend/', base: 'HEAD', maxBranches: 5, maxOpen: 20, push: false }, // push: a remote's name",
    '});',
  ];
  return `${lines.join('\n')}\n`;
}

/** A TypeScript string; names of files may hold anything. */
export function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}
