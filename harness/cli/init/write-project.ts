/** Writes the files of `init`: never over one that is there, unless it is asked to and the file is its own. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { chooseCommands } from './choose-commands.ts';
import { chooseCi, ciFiles, ciNotes } from './ci-files.ts';
import type { Ci } from './ci-names.ts';
import { formatConfig } from './config-text.ts';
import { EXAMPLE_FOLDER, EXAMPLE_SCENARIO, PLAYWRIGHT_CONFIG } from './example-text.ts';
import { lookAtRepository, type Repository } from './look-at-repository.ts';

export interface Initialised {
  /** Relative to `cwd`, in the order in which they were written. */
  readonly written: readonly string[];
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
  /** Sentences for people: what was not found, and the next steps. */
  readonly notes: readonly string[];
}

export interface InitOptions {
  readonly cwd: string;
  /** Overwrites the configuration and the workflow; never scenarios or Playwright's configuration. */
  readonly force?: boolean;
  /** Chosen by what the repository has where left out. */
  readonly ci?: Ci | undefined;
  /** Into how many jobs the scenarios are split; one where left out. */
  readonly shards?: number | undefined;
}

export function writeProject({ cwd, force = false, ci, shards = 1 }: InitOptions): Initialised {
  const repository = lookAtRepository(cwd);
  const written: string[] = [];
  const skipped: { file: string; why: string }[] = [];

  function write(file: string, text: string, { mayOverwrite }: { mayOverwrite: boolean }): void {
    const path = join(cwd, file);
    if (existsSync(path) && !mayOverwrite) {
      skipped.push({ file, why: 'It is there already.' });
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: mayOverwrite ? 'w' : 'wx' });
    written.push(file);
  }

  const config = existingConfig(repository);
  if (config !== undefined && !force)
    skipped.push({ file: config, why: 'It is there already; --force overwrites it.' });
  else write(config ?? configName(repository), formatConfig(repository), { mayOverwrite: force });

  if (repository.playwrightConfig === undefined) {
    write('playwright.config.ts', PLAYWRIGHT_CONFIG, { mayOverwrite: false });
    write(`${EXAMPLE_FOLDER}/front-page.spec.ts`, EXAMPLE_SCENARIO, { mayOverwrite: false });
  } else {
    skipped.push({ file: repository.playwrightConfig, why: 'Your scenarios are used as they are.' });
  }

  const chosen = ci ?? chooseCi(repository);
  for (const { file, text, isOurs, isProgram } of ciFiles(repository, { ci: chosen, shards })) {
    const name = relative(cwd, join(repository.top, file)).replaceAll('\\', '/');
    write(name, text, { mayOverwrite: force && isOurs });
    if (isProgram && written.includes(name)) chmodSync(join(cwd, name), 0o755);
  }
  return { written, skipped, notes: [...ciNotes(chosen), ...notesOn(repository)] };
}

function existingConfig({ has }: Repository): string | undefined {
  return ['ts', 'mts', 'mjs', 'js'].map((end) => `mendwright.config.${end}`).find(has);
}

/** In a package that says it is CommonJS, Node would read a `.ts` file as CommonJS, too. */
function configName({ packageJson }: Repository): string {
  return packageJson?.type === 'commonjs' ? 'mendwright.config.mts' : 'mendwright.config.ts';
}

function notesOn(repository: Repository): string[] {
  const { isGit, hints, sources, uses, packageJson } = repository;
  const { start } = chooseCommands(repository);
  const missing = ['mendwright', '@playwright/test'].filter((name) => !uses(name));
  const notes: string[] = [];
  if (!isGit) notes.push('This is no git repository yet; the night works on commits: run `git init` and commit.');
  if (start === undefined) notes.push('No command that starts the app was found: write it into app.start.');
  if (sources.length === 0) notes.push('The folders of the app’s code were not recognised: look at app.sources.');
  if (!usesSentry(repository)) {
    notes.push(
      'No Sentry SDK was found. Failing scenarios are reported all the same, but without the app’s own stacks.',
    );
  }
  for (const file of hints.writtenDsns) {
    notes.push(`${file} holds a DSN: let it read SENTRY_DSN, so that a night’s events go to the night’s own Sentry.`);
  }
  if (packageJson === undefined)
    notes.push('There is no package.json; Mendwright is installed from npm: run `npm init -y`.');
  if (missing.length > 0) notes.push(`Install what the files import: npm install --save-dev ${missing.join(' ')}`);
  notes.push('Look over the configuration, commit the files, then try: npx mendwright nightly --dry-run');
  return notes;
}

function usesSentry({ packageJson, hints }: Repository): boolean {
  const names = Object.keys({ ...packageJson?.dependencies, ...packageJson?.devDependencies });
  if (names.some((name) => name.startsWith('@sentry/'))) return true;
  return hints.usesSentryInPython || hints.dsnVariables.length > 0 || hints.writtenDsns.length > 0;
}
