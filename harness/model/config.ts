/** The configuration file of an app's repository, as its author writes it. */
import { z } from 'zod';
import { ForgeKind } from './forge-kind.ts';

const command = z.string().trim().min(1, 'must be a command');

/** A text that stands somewhere in the message, address or stack, or a pattern; kept as the source of a pattern. */
const Mute = z
  .union([z.string().trim().min(1), z.instanceof(RegExp)], { error: 'must be a text or a regular expression' })
  .transform((mute) => (typeof mute === 'string' ? mute.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : mute.source));

export const App = z.strictObject({
  /** Starts the app. Gets PORT, SENTRY_DSN, SENTRY_ENVIRONMENT, SENTRY_RELEASE and `env`. */
  start: command,
  /** Run before every start, in the same environment. */
  build: command.optional(),
  /** Run in a worktree before `build`, for apps that cannot share the checkout's node_modules. */
  install: command.optional(),
  /** `$PORT` is replaced by a free port; without it the address is fixed. */
  url: z
    .string()
    .regex(/^https?:\/\/[^/\s]+/, 'must be an http(s) address')
    .default('http://127.0.0.1:$PORT'),
  /** Path that is polled until it answers 2xx. */
  ready: z.string().startsWith('/', 'must start with /').default('/'),
  /** Seconds until an app that is not ready counts as broken. */
  readySeconds: z.number().positive().default(60),
  /** Further variables; `$PORT`, `$SENTRY_DSN`, `$SENTRY_ENVIRONMENT` and `$SENTRY_RELEASE` are replaced. */
  env: z.record(z.string(), z.string()).default({}),
  /**
   * Puts the app's data back to where it began: a command, or a path of the app that is asked with POST. Without it the app is
   * started anew after a scenario that wrote something.
   */
  reset: command.optional(),
  /** Globs of the only files that a patch may touch, relative to `root`. */
  sources: z.array(z.string().min(1)).min(1, 'must name at least one glob'),
  /** The app's folder in its repository. */
  root: z.string().default('.'),
  /** What it may take while it is built and while it runs; over a limit it is ended. */
  limits: z
    .strictObject({
      memoryMiB: z.number().positive().default(8_192),
      outputMiB: z.number().positive().default(64),
      ports: z.int().positive().default(64),
      processes: z.int().positive().default(256),
    })
    .prefault({}),
});

const RemoteSentry = z.strictObject({
  /** `https://de.sentry.io`, or the address of a self-hosted Sentry. */
  url: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .refine((url) => !/@|[?#]/.test(url), 'must be an address without name, password, ? and #'),
  org: z.string().min(1),
  project: z.string().min(1),
  /** Usually `process.env.SENTRY_AUTH_TOKEN`; needs org:read, project:read, event:read, event:write. */
  token: z
    .string({ error: 'must be a token; is the environment variable set?' })
    .trim()
    .min(1, 'must be a token; is the environment variable set?'),
  /** Where the app sends its events; asked of Sentry's API when left out. */
  dsn: z.string().optional(),
});

const TokenName = z
  .string()
  .regex(/^[A-Z_][A-Z0-9_]*$/, 'must be the name of an environment variable that holds the token');

const Variable = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable that holds the address');

/** The code host at which pull requests are opened: told from the remote's address and from CI where left out. */
const Forge = z.union([
  z.literal(false),
  z.strictObject({
    kind: ForgeKind.optional(),
    /** Of its web pages, with its path where it has one; of Azure DevOps with the organisation. */
    url: z
      .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
      .refine((url) => !/@|[?#]/.test(url), 'must be an address without name, password, ? and #')
      .optional(),
    /** `owner/name`, `group/subgroup/project`, `workspace/name`, `project/name`. */
    repository: z
      .string()
      .regex(/^[^/\s]+(?:\/[^/\s]+)+$/, 'must look like owner/name')
      .optional(),
    /** The name of the environment variable that holds the token, never the token itself. */
    token: TokenName.optional(),
    /** The branch that pull requests shall be merged into; the one that the night works on, else the default one. */
    target: z.string().min(1).optional(),
    labels: z.array(z.string().trim().min(1)).default(['mendwright']),
    /** Whether one issue lists what waits. */
    dashboard: z.boolean().default(true),
  }),
]);

export const Config = z.strictObject({
  app: App,
  scenarios: z
    .strictObject({
      /** Ordinary Playwright configuration, relative to `app.root`. */
      config: z.string().default('playwright.config.ts'),
      /** Only scenarios whose title matches. */
      grep: z.string().optional(),
      /** Errors to overlook: texts or patterns of messages, addresses and stacks. */
      mute: z.array(Mute).default([]),
    })
    .prefault({}),
  /**
   * Whether a scenario of which nobody knows when it was green is run at older commits, where no line of the app leads to the
   * fault: at most six of them, for so many minutes.
   */
  bisect: z.union([z.literal(false), z.strictObject({ minutes: z.number().positive().default(3) })]).prefault({}),
  /** Commands that must stay as green as they were, run in `app.root`. */
  checks: z.array(command).default([]),
  sentry: z.union([z.literal('embedded'), RemoteSentry]).default('embedded'),
  fixers: z
    .strictObject({
      use: z.array(z.enum(['builtin'])).default(['builtin']),
      /** Folders of further fixers, relative to the repository. */
      paths: z.array(z.string()).default([]),
      /** Per issue: how many candidates are tried, for how many minutes. */
      budget: z
        .strictObject({
          candidates: z.int().positive().default(200),
          minutes: z.number().positive().default(10),
        })
        .prefault({}),
    })
    .prefault({}),
  publish: z
    .strictObject({
      branchPrefix: z
        .string()
        .regex(/^[a-z0-9][a-z0-9._-]*\/$/i, 'must be a name that ends in /')
        .default('mend/'),
      /** The commit that the night works on. */
      base: z.string().min(1).default('HEAD'),
      maxBranches: z.int().positive().default(5),
      /** So many may wait for a person at once; what would be one more is deferred. */
      maxOpen: z.int().positive().default(20),
      /** `false`, or the name of a remote. */
      push: z.union([z.literal(false), z.string().min(1)]).default(false),
      forge: Forge.prefault({}),
    })
    .prefault({}),
  /** What approving a branch in the review page does. */
  review: z
    .strictObject({
      /** `merge` it, at the remote that `publish.push` names or here; or `push` the branch, for a pull request. */
      approve: z.enum(['merge', 'push']).default('merge'),
      /** The branch to merge into; the one that the night worked on where left out. */
      into: z.string().min(1).optional(),
      /** Opens a file: `code`, `webstorm`, `subl` …; MENDWRIGHT_EDITOR, VISUAL or EDITOR where left out. */
      editor: z.string().min(1).optional(),
    })
    .prefault({}),
  /** Who is told when something changed since the night before: by the names of the variables that hold the addresses. */
  notify: z
    .strictObject({
      /** An incoming webhook. */
      slack: Variable.optional(),
      /** A workflow that posts what its webhook receives. */
      teams: Variable.optional(),
      /** Receives the news as JSON, see `NightNews`. */
      webhook: Variable.optional(),
      email: z
        .strictObject({
          /** Names the variable that holds `smtps://name:password@host:465` or `smtp://…:587`. */
          server: Variable,
          from: z.email('must be an e-mail address'),
          to: z.array(z.email('must be an e-mail address')).min(1, 'must name at least one recipient').max(50),
        })
        .optional(),
    })
    .prefault({}),
});
/** As written: everything but `app.start` and `app.sources` may be left out. */
export type ConfigInput = z.input<typeof Config>;
export type Config = z.output<typeof Config>;
