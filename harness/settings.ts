/** Flags, environment and configuration file, parsed once into frozen Settings. */
import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { z } from 'zod';
import { Config } from './model/config.ts';
import { Failure } from './model/failure.ts';

export interface Settings extends Config {
  /** Absolute path of the folder in which the command works. */
  readonly cwd: string;
  /** Absolute path of the configuration file. */
  readonly configFile: string;
  /** Where the harness reports its own crashes and check-ins; undefined switches both off. */
  readonly selfReportDsn: string | undefined;
}

export interface SettingsSource {
  readonly cwd: string;
  /** `--config FILE`, relative to `cwd`. */
  readonly config?: string | undefined;
  /** Values of flags, by the key that they override: `publish.base`. */
  readonly flags: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const CONFIG_FILES = ['mendwright.config.ts', 'mendwright.config.mts', 'mendwright.config.mjs', 'mendwright.config.js'];

/** Environment variables and the key that each overrides. Flags win over them, they win over the file. */
const VARIABLES: Readonly<Record<string, { key: string; parse: (text: string) => unknown }>> = {
  MENDWRIGHT_BASE: { key: 'publish.base', parse: String },
  MENDWRIGHT_PUSH: { key: 'publish.push', parse: (text) => (text === 'false' ? false : text) },
  MENDWRIGHT_MAX_BRANCHES: { key: 'publish.maxBranches', parse: Number },
  MENDWRIGHT_GREP: { key: 'scenarios.grep', parse: String },
  MENDWRIGHT_BUDGET_CANDIDATES: { key: 'fixers.budget.candidates', parse: Number },
  MENDWRIGHT_BUDGET_MINUTES: { key: 'fixers.budget.minutes', parse: Number },
};

/** Throws a usage Failure that names the file and the key where the configuration is missing or wrong. */
export async function readSettings(source: SettingsSource): Promise<Settings> {
  const configFile = findConfigFile(source);
  const raw = await importConfig(configFile);
  const overridden = override(raw, source);
  const parsed = Config.safeParse(overridden);
  if (!parsed.success) throw wrongConfig(configFile, parsed.error);
  return Object.freeze({
    ...parsed.data,
    cwd: source.cwd,
    configFile,
    selfReportDsn: source.env.MENDWRIGHT_SENTRY_DSN || undefined,
  });
}

export function hasConfig(cwd: string): boolean {
  return CONFIG_FILES.some((name) => existsSync(join(cwd, name)));
}

function findConfigFile({ cwd, config }: SettingsSource): string {
  if (!existsSync(cwd)) {
    throw new Failure('usage', 'folder-missing', `The folder ${cwd} does not exist.`, {
      hint: 'Pass the app’s repository with --cwd.',
    });
  }
  if (config !== undefined) {
    const file = resolve(cwd, config);
    if (existsSync(file)) return file;
    throw new Failure('usage', 'config-missing', `The configuration ${file} does not exist.`);
  }
  for (const name of CONFIG_FILES) {
    if (existsSync(join(cwd, name))) return join(cwd, name);
  }
  throw new Failure('usage', 'config-missing', `There is no mendwright.config.ts in ${cwd}.`, {
    hint: 'Run `npx mendwright init` to write one, or pass --config FILE.',
  });
}

async function importConfig(file: string): Promise<unknown> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(file).href);
    if (module.default !== undefined) return module.default;
  } catch (error) {
    throw new Failure('usage', 'config-does-not-load', `${file} cannot be loaded: ${firstLine(error)}`, {
      cause: error,
    });
  }
  throw new Failure('usage', 'config-without-default', `${file} has no default export.`, {
    hint: 'Write `export default defineConfig({ app: { … } })`.',
  });
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
}

function override(raw: unknown, { flags, env }: SettingsSource): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const copy: Record<string, unknown> = { ...raw };
  for (const [name, { key, parse }] of Object.entries(VARIABLES)) {
    const text = env[name];
    if (text) setPath(copy, key.split('.'), parse(text));
  }
  for (const [key, value] of Object.entries(flags)) {
    if (value !== undefined) setPath(copy, key.split('.'), value);
  }
  return copy;
}

function setPath(target: Record<string, unknown>, [head = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[head] = value;
    return;
  }
  const inner = target[head];
  const copy: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : {};
  target[head] = copy;
  setPath(copy, rest, value);
}

function wrongConfig(file: string, error: z.ZodError): Failure {
  const issue = deepest(error.issues);
  if (issue === undefined) return new Failure('usage', 'config-wrong', `${file} is wrong.`);
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => [path, key].filter(Boolean).join('.'));
    return new Failure('usage', 'config-unknown-key', `${file} has an unknown key: ${keys.join(', ')}.`, {
      hint: 'Check its spelling; docs: README.md, section Configuration.',
    });
  }
  const missing = issue.code === 'invalid_type' && /received undefined/.test(issue.message);
  const what = missing ? 'is missing' : `is wrong: ${issue.message}`;
  return new Failure('usage', 'config-wrong', `${file}: ${path || 'the configuration'} ${what}.`);
}

/** A union reports its branches one level down; the branch with the fewest complaints is the one that was meant. */
export function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  const [issue] = issues;
  if (issue?.code !== 'invalid_union') return issue;
  const branches = issue.errors.filter((branch) =>
    branch.some((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
  );
  const inner = branches.length > 0 ? deepest(branches[0] ?? []) : undefined;
  if (inner === undefined) return issue;
  return { ...inner, path: [...issue.path, ...inner.path] };
}

/** `paths` of the configuration are relative to the repository that the command works on. */
export function resolveIn(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}
