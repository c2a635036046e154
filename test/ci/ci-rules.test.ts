/** Our own rules for the CI files that `init` writes, as data: each is kept by every file, and each refuses its breach. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { resolveExtends } from './resolve-extends.ts';
import { REPOSITORIES, writtenFor } from './written-files.ts';

const Texts = z.record(z.string(), z.string()).default({});
const Step = z.object({
  uses: z.string().default(''),
  run: z.string().default(''),
  if: z.string().default(''),
  with: z.record(z.string(), z.unknown()).default({}),
  env: Texts,
});
const Job = z.object({
  'timeout-minutes': z.number().default(0),
  permissions: Texts,
  env: Texts,
  steps: z.array(Step),
});
const Workflow = z.object({
  concurrency: z.unknown(),
  permissions: z.unknown(),
  jobs: z.record(z.string(), Job),
});
type Job = z.infer<typeof Job>;

const LEDGER = "'+refs/mendwright/*:refs/mendwright/*'";
const RUNS_CODE = /\b(?:npm|npx|node|pip|pnpm|yarn|bun|corepack)\b/;
const TOKEN = /github\.token|secrets\.|GITHUB_TOKEN/;
const commandsOf = ({ steps }: Job): string => steps.map(({ run }) => run).join('\n');

/** Of each job; `publishes`: whether it is the one that may write. */
const JOB_RULES: Readonly<Record<string, (job: Job, publishes: boolean) => boolean>> = {
  'ends by itself': (job) => job['timeout-minutes'] > 0 && job['timeout-minutes'] <= 120,
  'may write only where it publishes': ({ permissions }, publishes) =>
    JSON.stringify(permissions) === JSON.stringify({ contents: publishes ? 'write' : 'read' }),
  'runs nothing of the repository where it publishes': (job, publishes) =>
    !publishes || !RUNS_CODE.test(commandsOf(job)),
  'shows a token only to git, before any code is run': ({ env, steps }, publishes) => {
    if (publishes) return true;
    const first = steps.findIndex(({ run, uses }) => RUNS_CODE.test(run) || uses.includes('setup'));
    const holders = steps.flatMap((step, index) => (TOKEN.test(JSON.stringify(step)) ? [index] : []));
    return !TOKEN.test(JSON.stringify(env)) && holders.every((index) => index < first);
  },
  'fetches the whole history': ({ steps }) => steps[0]?.with['fetch-depth'] === 0,
  'leaves no token on disk where code runs': ({ steps }, publishes) =>
    publishes || steps[0]?.with['persist-credentials'] === false,
  'fetches the ledger': (job) => commandsOf(job).includes(LEDGER),
  'pins every action to a commit': ({ steps }) =>
    steps.every(({ uses }) => uses === '' || /^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses)),
  'keeps its artefacts also when it fails': ({ steps }, publishes) =>
    publishes || steps.some((step) => step.uses.includes('upload-artifact') && step.if === 'always()'),
  'caches the browser by system and lock file': ({ steps }, publishes) =>
    publishes ||
    steps.some(({ uses, with: { key, path } }) => {
      const isCache = uses.includes('/cache@') && path === '~/.cache/ms-playwright';
      return isCache && /^playwright-\$\{\{ runner\.os \}\}-\$\{\{ hashFiles\(.*package-lock/.test(String(key));
    }),
  'lets no expression into a shell': (job) => !commandsOf(job).includes('${{'),
};

/** `publish: may write only where it publishes` */
function breachesOf(text: string): string[] {
  const { jobs, concurrency, permissions } = Workflow.parse(parse(text));
  const nights = JSON.stringify(concurrency) === '{"group":"mendwright","cancel-in-progress":false}';
  return [
    ...(nights ? [] : ['one night after the other']),
    ...(JSON.stringify(permissions) === '{}' ? [] : ['nothing by default']),
    ...(/\buses: (?!\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$)/m.test(text) ? ['names the version of what is pinned'] : []),
    ...Object.entries(jobs).flatMap(([name, job]) =>
      Object.entries(JOB_RULES).flatMap(([rule, isKept]) =>
        isKept(job, name === 'publish') ? [] : [`${name}: ${rule}`],
      ),
    ),
  ];
}

const CASES = REPOSITORIES.flatMap(([name, files]) =>
  [1, 3].flatMap((shards) => ['', 'shop'].map((root) => [name, shards, root, files] as const)),
);

test.each(CASES)('workflows keep every rule: %s, %i shards, in folder “%s”', (_, shards, root, files) => {
  expect(writtenFor('github', shards, files, root).flatMap(breachesOf)).toEqual([]);
});

const WORKFLOW = writtenFor('github', 3)[0] ?? '';
test.each([
  ['one night after the other', 'cancel-in-progress: false', 'cancel-in-progress: true'],
  ['nothing by default', 'permissions: {}', 'permissions: write-all'],
  ['names the version of what is pinned', / # v4\.2\.2/, ''],
  ['scenarios: ends by itself', 'timeout-minutes: 60', 'timeout-minutes: 360'],
  ['scenarios: may write only where it publishes', 'contents: read', 'contents: write'],
  [
    'publish: runs nothing of the repository where it publishes',
    /run: \|\n(?=.*\n(?:.*\n)*$)(?=( *)git fetch origin)/,
    'run: |\n$1npm ci\n$1',
  ],
  [
    'scenarios: shows a token only to git, before any code is run',
    'SHARD:',
    'GH: ${{ github.token }}\n          SHARD:',
  ],
  ['scenarios: fetches the whole history', 'fetch-depth: 0', 'fetch-depth: 1'],
  ['scenarios: leaves no token on disk where code runs', 'persist-credentials: false', 'persist-credentials: true'],
  ['scenarios: fetches the ledger', / fetch origin '\+refs\/mendwright.*\n/, ' status\n'],
  ['scenarios: pins every action to a commit', /checkout@[0-9a-f]{40}/, 'checkout@v4.2.2'],
  ['scenarios: keeps its artefacts also when it fails', 'if: always()', 'if: success()'],
  ['scenarios: caches the browser by system and lock file', 'key: playwright-', 'key: browsers-'],
  ['scenarios: lets no expression into a shell', '--shard "$SHARD"', '--shard ${{ matrix.shard }}'],
])('a workflow breaks the rule “%s”', (rule, from, to) => {
  const broken = WORKFLOW.replace(from, to);

  expect(broken).not.toBe(WORKFLOW);
  expect(breachesOf(broken)).toContain(rule);
});

const GitlabJob = z.object({
  timeout: z.string().default(''),
  rules: z.array(z.object({ if: z.string().default('') })).default([]),
  variables: Texts,
  resource_group: z.string().optional(),
  environment: z.object({ name: z.string() }).optional(),
  artifacts: z.object({ when: z.string().optional() }).optional(),
  cache: z.object({ key: z.unknown(), paths: z.array(z.string()) }).optional(),
  script: z.array(z.string()),
});
type GitlabJob = z.infer<typeof GitlabJob>;

const GITLAB_RULES: Readonly<Record<string, (job: GitlabJob, name: string) => boolean>> = {
  'ends by itself': ({ timeout }) => /^(?:10|90) minutes$/.test(timeout),
  'runs at night only': ({ rules }) =>
    rules.length > 0 && rules.every((rule) => rule.if === '$MENDWRIGHT == "nightly"'),
  'fetches the whole history': ({ variables }) => variables.GIT_DEPTH === '0',
  'shows the token to the publishing job alone': (job, name) =>
    JSON.stringify(job).includes('MENDWRIGHT_PUSH_TOKEN') === (name === 'mendwright-publish') &&
    (job.environment?.name === 'mendwright-publish') === (name === 'mendwright-publish'),
  'runs nothing of the repository where it publishes': ({ script, cache }, name) =>
    name !== 'mendwright-publish' || (!RUNS_CODE.test(script.join('\n')) && cache === undefined),
  'fetches the ledger': ({ script }) => script.join('\n').includes(LEDGER),
  'keeps its artefacts also when it fails': ({ artifacts }, name) =>
    name === 'mendwright-publish' || artifacts?.when === 'always',
  'caches packages and browser by lock file': ({ cache, variables }, name) => {
    const places = Object.values(variables).filter((place) => place.startsWith('$CI_PROJECT_DIR/.mendwright-cache/'));
    const isKept =
      places.length > 0 && variables.PLAYWRIGHT_BROWSERS_PATH === '$CI_PROJECT_DIR/.mendwright-cache/browsers';
    const key = z.strictObject({ prefix: z.literal('mendwright'), files: z.array(z.string()).length(1) });
    return (
      name === 'mendwright-publish' ||
      (isKept && cache?.paths[0] === '.mendwright-cache/' && key.safeParse(cache.key).success)
    );
  },
  'lets one night write at a time': ({ resource_group }, name) =>
    !/publish|night|issues/.test(name) || resource_group === 'mendwright',
};

function gitlabBreachesOf(text: string): string[] {
  return Object.entries(z.record(z.string(), GitlabJob).parse(resolveExtends(text))).flatMap(([name, job]) =>
    Object.entries(GITLAB_RULES).flatMap(([rule, isKept]) => (isKept(job, name) ? [] : [`${name}: ${rule}`])),
  );
}

const LOCKED = CASES.filter(([name]) => !/without|Flask/.test(name));
test.each(LOCKED)('GitLab’s jobs keep every rule: %s, %i shards, in folder “%s”', (_, shards, root, files) => {
  expect(gitlabBreachesOf(writtenFor('gitlab', shards, files, root)[0] ?? '')).toEqual([]);
});

const JOBS = writtenFor('gitlab', 3)[0] ?? '';
test.each([
  ['mendwright-fix: ends by itself', 'timeout: 90 minutes', 'timeout: 2 days'],
  ['mendwright-fix: runs at night only', 'if: $MENDWRIGHT == "nightly"', 'if: $CI'],
  ['mendwright-fix: fetches the whole history', "GIT_DEPTH: '0'", "GIT_DEPTH: '20'"],
  ['mendwright-fix: shows the token to the publishing job alone', 'worst=0', 'worst=0 # $MENDWRIGHT_PUSH_TOKEN'],
  ['mendwright-fix: fetches the ledger', new RegExp(` ${LEDGER.replace(/[+*]/g, '\\$&')}`, 'g'), ''],
  [
    'mendwright-scenarios: keeps its artefacts also when it fails',
    'artifacts:\n    when: always',
    'artifacts:\n    when: on_success',
  ],
  ['mendwright-fix: caches packages and browser by lock file', 'prefix: mendwright', 'prefix: other'],
  ['mendwright-fix: caches packages and browser by lock file', '.mendwright-cache/browsers', 'browsers'],
  ['mendwright-publish: runs nothing of the repository where it publishes', 'BUNDLES=', 'npm ci\n      BUNDLES='],
  ['mendwright-issues: lets one night write at a time', 'resource_group: mendwright', 'resource_group: other'],
])('GitLab’s jobs break the rule “%s”', (rule, from, to) => {
  const broken = JOBS.replace(from, to);

  expect(broken).not.toBe(JOBS);
  expect(gitlabBreachesOf(broken)).toContain(rule);
});
