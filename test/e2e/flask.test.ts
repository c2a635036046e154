/** A server in Python: Flask with the distribution's SDK, which posts errors, gzipped, to the older store endpoint. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { git, mendwright, tinyApp } from './tiny-app.ts';

vi.setConfig({ testTimeout: 120_000 });

const APP = `import os

import flask
import sentry_sdk

from score import share

sentry_sdk.init(
    dsn=os.environ.get("SENTRY_DSN"),
    release=os.environ.get("SENTRY_RELEASE"),
    environment=os.environ.get("SENTRY_ENVIRONMENT"),
)
app = flask.Flask(__name__)


@app.get("/ready")
def ready():
    return "ok"


@app.get("/")
def home():
    return "<h1>Quiz</h1><p></p><script>fetch('/scores/7').then((r) => r.json()).then((s) => { document.querySelector('p').textContent = s.share; });</script>"


@app.get("/scores/<int:quiz>")
def score(quiz):
    questions = []
    return {"share": share(quiz, len(questions))}


app.run("127.0.0.1", int(os.environ["PORT"]))
`;

const SCORE = `def share(right, total_questions):
    return right / total_questions
`;

const SCENARIO = `import { expect, test } from '@playwright/test';

test('shows the score of a quiz without questions', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByText('0')).toBeVisible();
});
`;

/** Whatever comes first in PATH need not be the distribution's. */
const python = ['python3', '/usr/bin/python3'].find(
  (command) => spawnSync(command, ['-c', 'import flask, sentry_sdk']).status === 0,
);

let dir = '';
let night: { scenarios: unknown; issues: Record<string, unknown>[] };
beforeAll(async () => {
  if (python === undefined) return;
  dir = tinyApp({
    'server.mjs': undefined,
    'src/total.mjs': undefined,
    'scenarios/cart.spec.ts': undefined,
    'app.py': APP,
    'score.py': SCORE,
    'scenarios/quiz.spec.ts': SCENARIO,
    'mendwright.config.mjs': `export default {
  app: { start: '${python} app.py', ready: '/ready', readySeconds: 20, sources: ['**/*.py'] },
};
`,
  });
  night = JSON.parse((await mendwright(['nightly', '--json', '--cwd', dir])).stdout);
}, 120_000);
afterAll(() => {
  if (dir !== '') rmSync(dir, { recursive: true, force: true });
});

test.runIf(process.env.CI)('Flask and its SDK are here, where nothing may be skipped', () => {
  expect(python, 'python3-flask and python3-sentry-sdk').toBeDefined();
});

test.runIf(python)('the error becomes an issue of the scenario that asked for it', () => {
  expect(night.scenarios).toEqual({ total: 1, red: 1, green: 0, flaky: 0 });
  expect(night.issues).toMatchObject([
    {
      shortId: 'TINY-1',
      title: 'ZeroDivisionError: division by zero',
      suspect: { file: 'score.py', line: 2 },
    },
  ]);
});

test.runIf(python)('and ends in a branch that was seen to turn the scenario green', () => {
  const [issue = {}] = night.issues;
  expect(issue).toMatchObject({
    result: 'branch-created',
    patch: { fixer: 'python-safe-division' },
    verdict: 'confirmed',
  });
  expect(git(dir, 'show', `${issue.branch}:score.py`)).toContain(
    'return right / total_questions if total_questions else 0',
  );
});
