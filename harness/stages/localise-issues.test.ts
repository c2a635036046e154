import { describe, expect, test } from 'vitest';
import { issueOf } from '../../test/ladder/scripted-trial.ts';
import type { ExceptionValue, Issue, StackFrame } from '../model/issue.ts';
import type { Commit, Hunk } from '../model/suspect.ts';
import type { SeenThrow } from '../model/throw-state.ts';
import { type LocaliseTools, localiseIssues } from './localise-issues.ts';

const FILES: Readonly<Record<string, string>> = {
  'src/cart.ts': Array.from({ length: 40 }, (_, index) => `  cart line ${index + 1};`).join('\n'),
  'src/api.ts': Array.from({ length: 40 }, (_, index) => `  api line ${index + 1};`).join('\n'),
  'src/carts.json': Array.from({ length: 40 }, () => '  1,').join('\n'),
};
const GREEN: Commit = { sha: 'a'.repeat(40), subject: 'Green', author: 'Mara', at: '2026-01-01T00:00:00Z' };
const GUILTY: Commit = { sha: 'b'.repeat(40), subject: 'Show totals', author: 'Mara', at: '2026-01-02T00:00:00Z' };
const INNOCENT: Commit = { sha: 'c'.repeat(40), subject: 'Tidy up', author: 'Ada', at: '2026-01-03T00:00:00Z' };

function frame(file: string, line: number, changes: Partial<StackFrame> = {}): StackFrame {
  return { file, line, column: 3, inApp: true, ...changes };
}

function hunk(commit: Commit, file: string, newStart: number, changes: Partial<Hunk> = {}): Hunk {
  return { commit: commit.sha, file, oldStart: newStart, oldLines: ['old'], newStart, newLines: ['new'], ...changes };
}

/** Frames in Sentry's order: throwing frame last. */
function thrown(frames: StackFrame[], changes: Partial<ExceptionValue> = {}): ExceptionValue {
  return { type: 'TypeError', value: 'no total', frames, ...changes };
}

function issueWith(exceptions: ExceptionValue[], changes: Partial<Issue> = {}): Issue {
  return issueOf({ ...changes, event: { ...issueOf().event, exceptions } });
}

/** Without anything that a debugger saw. */
function casesOf(...issues: Issue[]): { issue: Issue; throws: SeenThrow[] }[] {
  return issues.map((issue) => ({ issue, throws: [] }));
}

interface Past {
  green?: Commit;
  /** Newest first. */
  since?: readonly (readonly [Commit, readonly Hunk[]])[];
  blamed?: readonly Commit[];
  older?: readonly (readonly [Commit, readonly Hunk[]])[];
}

function tools({ green, since = [], blamed = [], older = [] }: Past = {}): LocaliseTools {
  return {
    isSource: (file) => file.startsWith('src/'),
    readSource: async (file) => FILES[file],
    functionAt: async ({ file }) => (file === 'src/cart.ts' ? 'total' : undefined),
    blame: async () => blamed,
    lastGreen: async () => green,
    findTurn: async () => undefined,
    commitsSince: async () => since.map(([commit]) => commit),
    hunksOf: async (sha) => [...since, ...older].find(([commit]) => commit.sha === sha)?.[1] ?? [],
    findCommit: async (id) => [...since, ...older].find(([commit]) => commit.sha === id)?.[0],
    listFiles: async () => Object.keys(FILES),
    requestsOf: () => [],
  };
}

const STACK = [frame('node_modules/react/index.js', 1), frame('src/api.ts', 9), frame('src/cart.ts', 20)];

test('ranks the throwing frame first, then its callers, each with a reason', async () => {
  const { items, skipped } = await localiseIssues(casesOf(issueWith([thrown(STACK)])), tools());

  expect(skipped).toEqual([]);
  expect(items).toMatchObject([
    {
      file: 'src/cart.ts',
      line: 20,
      column: 3,
      function: 'total',
      errorType: 'TypeError',
      message: 'no total',
      reasons: ['“TypeError: no total” is thrown here: cart line 20;'],
    },
    { file: 'src/api.ts', line: 9, reasons: ['It is on the way to the throw: api line 9;'] },
  ]);
  expect(items[0]?.stack.map(({ file }) => file)).toEqual(['src/cart.ts', 'src/api.ts']);
  expect(items[0]?.score).toBeGreaterThan(items[1]?.score ?? 1);
});

test('does not claim that our line throws when a library below it does', async () => {
  const { items } = await localiseIssues(
    casesOf(issueWith([thrown([...STACK, frame('node_modules/x/index.js', 5)])])),
    tools(),
  );

  expect(items[0]?.reasons).toEqual(['“TypeError: no total” is thrown below this call: cart line 20;']);
});

test('looks at the cause of a chained exception after the one that was reported', async () => {
  const cause = thrown([frame('src/api.ts', 5), frame('src/api.ts', 7)], { type: 'SyntaxError', value: 'bad JSON' });

  const { items } = await localiseIssues(casesOf(issueWith([cause, thrown([frame('src/cart.ts', 20)])])), tools());

  expect(items.map(({ file, line, reasons }) => [`${file}:${line}`, reasons[0]])).toEqual([
    ['src/cart.ts:20', '“TypeError: no total” is thrown here: cart line 20;'],
    ['src/api.ts:7', '“SyntaxError: bad JSON” is thrown here: api line 7;'],
    ['src/api.ts:5', 'It is on the way to the cause: api line 5;'],
  ]);
  expect(items[0]).toMatchObject({ errorType: 'TypeError', message: 'no total' });
});

test('names the commit that changed the place since the scenario was green, and brings its hunks, nearest first', async () => {
  const far = hunk(GUILTY, 'src/cart.ts', 2);
  const near = hunk(GUILTY, 'src/cart.ts', 22);
  const elsewhere = hunk(INNOCENT, 'src/api.ts', 30);
  const past = {
    green: GREEN,
    since: [
      [INNOCENT, [elsewhere]],
      [GUILTY, [far, near]],
    ],
  } as const;

  const { items } = await localiseIssues(casesOf(issueWith([thrown([frame('src/cart.ts', 20)])])), tools(past));

  expect(items[0]).toMatchObject({
    commit: { sha: GUILTY.sha },
    hunks: [near, far, elsewhere],
    reasons: [expect.anything(), 'Changed by bbbbbbb “Show totals”, since the scenario was last green at aaaaaaa.'],
  });
});

test.each<[string, Past, string[]]>([
  [
    'first what changed in another file since the scenario was green, where nothing on the stack did',
    { green: GREEN, since: [[GUILTY, [hunk(GUILTY, 'src/api.ts', 30)]]] },
    ['src/api.ts:30', 'src/cart.ts:20'],
  ],
  [
    'first the stack, where some of the changes lie on it',
    { green: GREEN, since: [[GUILTY, [hunk(GUILTY, 'src/api.ts', 30), hunk(GUILTY, 'src/cart.ts', 25)]]] },
    ['src/cart.ts:20', 'src/cart.ts:25', 'src/api.ts:30'],
  ],
  [
    'first the stack, where nobody knows when the scenario was green',
    { since: [[GUILTY, [hunk(GUILTY, 'src/api.ts', 30)]]] },
    ['src/cart.ts:20', 'src/api.ts:30'],
  ],
  [
    'first the stack, where very much changed since',
    {
      green: GREEN,
      since: [[GUILTY, Array.from({ length: 13 }, (_, index) => hunk(GUILTY, 'src/api.ts', 3 * index + 1))]],
    },
    ['src/cart.ts:20', 'src/api.ts:1'],
  ],
])('suspects %s', async (_, past, places) => {
  const { items } = await localiseIssues(casesOf(issueWith([thrown([frame('src/cart.ts', 20)])])), tools(past));

  expect(items.slice(0, places.length).map(({ file, line }) => `${file}:${line}`)).toEqual(places);
  expect(items.find(({ file }) => file === 'src/api.ts')?.reasons[0]).toMatch(/^Changed by bbbbbbb “Show totals”/);
});

test('suspects the code that reads what changed before the data themselves', async () => {
  const past = { green: GREEN, since: [[GUILTY, [hunk(GUILTY, 'src/carts.json', 3)]]] } as const;

  const { items } = await localiseIssues(casesOf(issueWith([thrown([frame('src/cart.ts', 20)])])), tools(past));

  expect(items.map(({ file, line }) => `${file}:${line}`)).toEqual(['src/cart.ts:20', 'src/carts.json:3']);
  expect(items[1]?.reasons[0]).toBe(
    'Data that the code reads. Changed by bbbbbbb “Show totals”, since the scenario was last green at aaaaaaa.',
  );
});

test('suspects the line that still uses a name which a change took away elsewhere', async () => {
  const files = {
    'src/cart.ts':
      "import { load } from './api.ts';\nconst { cart } = await load();\nexport const first = cart.lines.at(0);\n",
    'src/api.ts': 'export async function load() {\n  return { cart: { items: [] } };\n}\n',
  };
  const oldLines = ['  return { cart: { lines: [] } };'];
  const newLines = ['  return { cart: { items: [] } };'];
  const since = [[GUILTY, [hunk(GUILTY, 'src/api.ts', 2, { oldLines, newLines })]]] as const;
  const issue = issueWith([
    thrown([frame('src/cart.ts', 3)], { value: "Cannot read properties of undefined (reading 'at')" }),
  ]);

  const { items } = await localiseIssues(casesOf(issue), {
    ...tools({ green: GREEN, since }),
    readSource: async (file) => Object.entries(files).find(([name]) => name === file)?.[1],
    listFiles: async () => Object.keys(files),
  });

  expect(items[0]).toMatchObject({ file: 'src/cart.ts', line: 3 });
  expect(items[0]?.reasons).toContain('`lines` is gone from src/api.ts since bbbbbbb “Show totals”.');
});

test('suspects the change that took a name away without another in its place', async () => {
  const files = {
    'src/cart.ts': "import { filters } from './api.ts';\nexport const first = filters.lines.at(0);\n",
    'src/api.ts': 'export const filters = { sort: 0 };\n',
  };
  const oldLines = ['export const filters = { lines: [], sort: 0 };'];
  const newLines = ['export const filters = { sort: 0 };'];
  const since = [[GUILTY, [hunk(GUILTY, 'src/api.ts', 1, { oldLines, newLines })]]] as const;
  const issue = issueWith([
    thrown([frame('src/cart.ts', 2)], { value: "Cannot read properties of undefined (reading 'at')" }),
  ]);

  const { items } = await localiseIssues(casesOf(issue), {
    ...tools({ green: GREEN, since }),
    readSource: async (file) => Object.entries(files).find(([name]) => name === file)?.[1],
    listFiles: async () => Object.keys(files),
  });

  expect(items[0]).toMatchObject({ file: 'src/api.ts', line: 1 });
});

test.each<[string, StackFrame[], string[]]>([
  ['where no frame leads to the app', [frame('scenarios/cart.spec.ts', 4)], ['[chromium] cart › total']],
  ['not where one does', [frame('src/cart.ts', 20)], []],
])('has the scenario run at older commits %s', async (_, frames, expected) => {
  const asked: string[] = [];
  const issue = issueWith([thrown(frames)], { scenarios: ['[chromium] cart › total', '[chromium] cart › items'] });

  const { items } = await localiseIssues(casesOf(issue), {
    ...tools({ since: [[GUILTY, [hunk(GUILTY, 'src/api.ts', 30)]]] }),
    findTurn: async (scenario) => {
      asked.push(scenario);
      return { green: GREEN, red: undefined };
    },
  });

  expect(asked).toEqual(expected);
  const isTold = items.some(({ reasons }) => reasons.some((text) => text.includes('last green at aaaaaaa')));
  expect(isTold).toBe(expected.length > 0);
});

test('suspects the commit at which a scenario turned red, not those that came after it', async () => {
  const since = [
    [INNOCENT, [hunk(INNOCENT, 'src/cart.ts', 20)]],
    [GUILTY, [hunk(GUILTY, 'src/api.ts', 30)]],
  ] as const;

  const { items } = await localiseIssues(casesOf(issueWith([thrown([frame('scenarios/cart.spec.ts', 4)])])), {
    ...tools({ since }),
    findTurn: async () => ({ green: GREEN, red: GUILTY }),
  });

  expect(items).toMatchObject([{ file: 'src/api.ts', commit: { sha: GUILTY.sha } }]);
});

test('holds commits after the release in which Sentry saw the error first to be innocent', async () => {
  const since = [
    [INNOCENT, [hunk(INNOCENT, 'src/cart.ts', 20)]],
    [GUILTY, [hunk(GUILTY, 'src/api.ts', 30)]],
  ] as const;
  const issue = issueWith([thrown([frame('src/cart.ts', 20)])], { firstRelease: `shop@${GUILTY.sha}` });

  const { items } = await localiseIssues(casesOf(issue), tools({ green: GREEN, since }));

  expect(items.map(({ commit }) => commit?.sha)).toEqual([GUILTY.sha, GUILTY.sha]);
});

test('puts a change that the red run called before one that it did not, and says so', async () => {
  const since = [[GUILTY, [hunk(GUILTY, 'src/api.ts', 30), hunk(GUILTY, 'src/cart.ts', 20)]]] as const;
  const contrast = {
    against: 'last-green' as const,
    redRuns: 1,
    greenRuns: 1,
    functions: [
      { file: 'src/cart.ts', line: 19, function: 'total', red: 1, green: 0, suspicion: 1 },
      { file: 'src/api.ts', line: 1, function: 'save', red: 1, green: 1, suspicion: 0.7 },
    ],
    answers: [],
  };
  const [one] = casesOf(issueWith([thrown([frame('scenarios/cart.spec.ts', 4)])]));

  const { items } = await localiseIssues([{ issue: one?.issue ?? issueWith([]), throws: [], contrast }], {
    ...tools({ green: GREEN, since }),
    functionAt: async ({ file }) => (file === 'src/cart.ts' ? 'total' : 'load'),
  });

  expect(items[0]).toMatchObject({ file: 'src/cart.ts' });
  expect(items[0]?.reasons).toContain('Called in the red run, and not when it was last green.');
});

test('suspects what only the red run called, and the route that answers otherwise, where nothing changed', async () => {
  const server =
    "const app = express();\napp.get('/rooms/:id', (request, response) => response.json(roomOf(request)));\n";
  const contrast = {
    against: 'neighbours' as const,
    redRuns: 1,
    greenRuns: 3,
    functions: [
      { file: 'src/cart.ts', line: 19, function: 'total', red: 1, green: 0, suspicion: 1 },
      { file: 'src/cart.ts', line: 40, function: 'shared', red: 1, green: 3, suspicion: 0.5 },
    ],
    answers: [{ method: 'GET', path: '/api/rooms/:id', at: '$.owner', red: 'null', green: 'object' }],
  };

  const { items } = await localiseIssues(
    [{ issue: issueWith([thrown([frame('scenarios/cart.spec.ts', 4)])]), throws: [], contrast }],
    {
      ...tools(),
      readSource: async (file) => (file === 'src/server.ts' ? server : undefined),
      listFiles: async () => ['src/server.ts'],
    },
  );

  expect(items.map(({ file, line }) => `${file}:${line}`)).toEqual(['src/server.ts:2', 'src/cart.ts:19']);
  expect(items[0]?.reasons[0]).toBe('GET /api/rooms/:id answers `$.owner` as null, and as object for green scenarios.');
  expect(items[1]?.reasons).toEqual(['Called in the red run, and in 0 of 3 green scenarios like it (Ochiai 1.00).']);
});

test('puts the commit that blame names before a newer one that is as far away', async () => {
  const hunks = (commit: Commit) => [hunk(commit, 'src/api.ts', 30)];
  const past = {
    green: GREEN,
    since: [
      [INNOCENT, hunks(INNOCENT)],
      [GUILTY, hunks(GUILTY)],
    ],
    blamed: [GUILTY],
  } as const;

  const { items } = await localiseIssues(casesOf(issueWith([thrown([frame('src/cart.ts', 20)])])), tools(past));

  expect(items[0]?.commit?.sha).toBe(GUILTY.sha);
});

test('asks blame alone where nothing changed lately, and says so', async () => {
  const past = { blamed: [GUILTY], older: [[GUILTY, [hunk(GUILTY, 'src/cart.ts', 20)]]] } as const;

  const { items } = await localiseIssues(casesOf(issueWith([thrown([frame('src/cart.ts', 20)])])), tools(past));

  expect(items).toMatchObject([{ commit: { sha: GUILTY.sha }, hunks: [{ newStart: 20 }] }]);
  expect(items[0]?.reasons[1]).toBe('Changed by bbbbbbb “Show totals”.');
});

test('names who last changed the throwing line where the recent changes lie elsewhere', async () => {
  const past = { green: GREEN, since: [[INNOCENT, [hunk(INNOCENT, 'src/api.ts', 30)]]], blamed: [GREEN] } as const;

  const { items } = await localiseIssues(casesOf(issueWith([thrown([frame('src/cart.ts', 20)])])), tools(past));

  expect(items.find(({ file }) => file === 'src/cart.ts')?.reasons[1]).toBe(
    'The line was last changed by aaaaaaa “Green”.',
  );
});

describe('commits that Sentry suspects', () => {
  const thrownInCart = (suspectCommits: string[]) =>
    casesOf(issueWith([thrown([frame('src/cart.ts', 20)])], { suspectCommits }));
  const since = (guilty: Hunk, innocent: Hunk): Past => ({
    green: GREEN,
    since: [
      [INNOCENT, [innocent]],
      [GUILTY, [guilty]],
    ],
  });

  test.each<[string, Past, string[], string]>([
    [
      'come before newer ones as far away',
      since(hunk(GUILTY, 'src/api.ts', 30), hunk(INNOCENT, 'src/api.ts', 5)),
      [GUILTY.sha],
      GUILTY.sha,
    ],
    [
      'stay behind a change at the throw',
      since(hunk(GUILTY, 'src/cart.ts', 1), hunk(INNOCENT, 'src/cart.ts', 20)),
      [INNOCENT.sha],
      INNOCENT.sha,
    ],
    [
      'weigh no more than some lines',
      since(hunk(GUILTY, 'src/api.ts', 1), hunk(INNOCENT, 'src/cart.ts', 20)),
      [GUILTY.sha],
      INNOCENT.sha,
    ],
    [
      'weigh less than blame',
      { ...since(hunk(GUILTY, 'src/api.ts', 1), hunk(INNOCENT, 'src/api.ts', 1)), blamed: [GUILTY] },
      [INNOCENT.sha],
      GUILTY.sha,
    ],
    [
      'weigh nothing where the repository has them not',
      since(hunk(GUILTY, 'src/api.ts', 1), hunk(INNOCENT, 'src/api.ts', 1)),
      ['f'.repeat(40)],
      INNOCENT.sha,
    ],
  ])('%s', async (_, past, suspectCommits, first) => {
    const { items } = await localiseIssues(thrownInCart(suspectCommits), tools(past));

    expect(items[0]?.commit?.sha).toBe(first);
  });

  test('are named where a file of the stack and where another place is suspected', async () => {
    const past: Past = {
      green: GREEN,
      since: [[GUILTY, [hunk(GUILTY, 'src/cart.ts', 35), hunk(GUILTY, 'src/api.ts', 30)]]],
    };

    const { items } = await localiseIssues(thrownInCart([GUILTY.sha]), tools(past));

    const told = items.map(({ file, line, reasons }) => [`${file}:${line}`, reasons.at(-1)]);
    expect(told.sort()).toEqual(
      ['src/api.ts:30', 'src/cart.ts:20', 'src/cart.ts:35'].map((place) => [
        place,
        'Sentry suspects commit bbbbbbb “Show totals”.',
      ]),
    );
  });

  test.each<[string, Past, string | undefined]>([
    ['are looked at where nobody knows when it was green', {}, GUILTY.sha],
    ['are innocent where it was green after them', { green: GREEN }, INNOCENT.sha],
  ])('older than the newest few %s', async (_, past, first) => {
    const given: Past = {
      ...past,
      since: [[INNOCENT, [hunk(INNOCENT, 'src/api.ts', 30)]]],
      older: [[GUILTY, [hunk(GUILTY, 'src/cart.ts', 22)]]],
    };

    const { items } = await localiseIssues(thrownInCart([GUILTY.sha]), tools(given));

    expect(items[0]?.commit?.sha).toBe(first);
    expect(items.some(({ reasons }) => reasons.some((reason) => reason.startsWith('Sentry suspects')))).toBe(
      first === GUILTY.sha,
    );
  });

  test('do not stand in for the commit that blame names where nothing else changed', async () => {
    const given: Past = {
      blamed: [INNOCENT],
      older: [
        [INNOCENT, [hunk(INNOCENT, 'src/cart.ts', 20)]],
        [GUILTY, [hunk(GUILTY, 'src/cart.ts', 35)]],
      ],
    };

    const { items } = await localiseIssues(thrownInCart([GUILTY.sha]), tools(given));

    expect(items[0]?.commit?.sha).toBe(INNOCENT.sha);
    expect(items[0]?.hunks.map(({ commit }) => commit)).toEqual([INNOCENT.sha, GUILTY.sha]);
  });
});

test('suspects only recent hunks where the harness reported a failed assertion', async () => {
  const issue = issueWith([thrown([frame('scenarios/cart.spec.ts', 4)], { type: 'Error', value: 'Total: 0' })], {
    reportedByHarness: true,
    runtime: 'scenario',
  });
  const past = { green: GREEN, since: [[GUILTY, [hunk(GUILTY, 'src/api.ts', 30)]]] } as const;

  const { items } = await localiseIssues(casesOf(issue), tools(past));

  expect(items).toMatchObject([{ file: 'src/api.ts', line: 30, errorType: '', message: 'Total: 0', stack: [] }]);
});

test('suspects the place where a policy is written that blocked something', async () => {
  const value = 'Refused to connect: it violates the following Content Security Policy directive: "connect-src a"';
  const issue = issueWith([thrown([], { type: 'ScenarioFailed', value })], { reportedByHarness: true });
  const policy = 'const a = 1;\nsend("connect-src \'self\'");\n';
  const own: LocaliseTools = {
    ...tools(),
    readSource: async (file) => (file === 'src/policy.ts' ? policy : 'go();'),
    listFiles: async () => ['src/other.ts', 'src/policy.ts', 'test/policy.ts'],
  };

  const { items } = await localiseIssues(casesOf(issue), own);

  expect(items).toMatchObject([{ file: 'src/policy.ts', line: 2, score: 0.9 }]);
});

test('leaves out hunks that tell nothing: of other files, of deleted ones, of whole new features', async () => {
  const past = {
    green: GREEN,
    since: [
      [
        GUILTY,
        [
          hunk(GUILTY, 'package-lock.json', 1),
          hunk(GUILTY, 'src/gone.ts', 1),
          hunk(GUILTY, 'src/api.ts', 1, { oldLines: [], newLines: Array.from({ length: 100 }, () => 'new') }),
        ],
      ],
    ],
  } as const;

  const { items } = await localiseIssues(casesOf(issueWith([thrown([frame('src/cart.ts', 20)])])), tools(past));

  expect(items.map(({ file }) => file)).toEqual(['src/cart.ts']);
  expect(items[0]?.hunks.map(({ file }) => file)).toEqual(['src/gone.ts']);
});

test('takes two calls on one line for one place, and gives no two suspects one id', async () => {
  const frames = [
    frame('src/cart.ts', 20, { column: 3 }),
    frame('src/cart.ts', 20, { column: 17 }),
    frame('src/cart.ts', 21),
  ];

  const { items } = await localiseIssues(casesOf(issueWith([thrown(frames.reverse())])), tools());

  expect(items.map(({ line, column }) => [line, column])).toEqual([
    [20, 3],
    [21, 3],
  ]);
  expect(items[0]?.stack).toHaveLength(3);
  expect(new Set(items.map(({ id }) => id)).size).toBe(2);
});

test('brings along the locals that the SDK sent', async () => {
  const { items } = await localiseIssues(
    casesOf(issueWith([thrown([frame('src/cart.ts', 20, { vars: { cart: null } })])])),
    tools(),
  );

  expect(items[0]?.values).toEqual({ cart: null });
});

test('says what the SDK saw of the names on the line, where nobody reads the language', async () => {
  const vars = { right: '0', total_questions: '0', request: '<Request>' };
  const issue = issueWith([thrown([frame('src/score.py', 2, { vars })])]);

  const { items } = await localiseIssues(casesOf(issue), {
    ...tools(),
    readSource: async () => 'def share(right, total_questions):\n    return right / total_questions\n',
  });

  expect(items[0]?.reasons[1]).toBe('`right` was 0, `total_questions` was 0 here.');
});

test('compares commits by time, whatever their time zones', async () => {
  const east = { ...GUILTY, at: '2026-01-02T05:00:00+05:00' };
  const west = { ...INNOCENT, at: '2026-01-01T23:00:00-05:00' };
  const past = {
    since: [
      [east, [hunk(east, 'src/api.ts', 30)]],
      [west, [hunk(west, 'src/api.ts', 20)]],
    ],
  } as const;

  const { items } = await localiseIssues(casesOf(issueWith([thrown([frame('src/cart.ts', 20)])])), tools(past));

  expect(items[0]?.commit?.sha).toBe(west.sha);
});

test.each<[string, Partial<Issue>, StackFrame[], string]>([
  ['built files without a map', {}, [frame('/assets/index-a1b2.js', 1)], 'no-source-map'],
  ['nothing but packages', {}, [frame('node_modules/react/index.js', 1)], 'no-suspect'],
  ['a server’s plain scripts elsewhere', { runtime: 'server' }, [frame('/opt/x/main.js', 1)], 'no-suspect'],
  ['no frame at all', {}, [], 'no-suspect'],
])('skips an issue that leads to %s, and says why', async (_, changes, frames, reason) => {
  const { items, skipped } = await localiseIssues(casesOf(issueWith([thrown(frames)], changes)), tools());

  expect(items).toEqual([]);
  expect(skipped).toEqual([{ subject: 'SHOP-1', reason, detail: expect.any(String) }]);
  expect(skipped[0]?.detail).toMatch(reason === 'no-source-map' ? /source map/ : /app\.sources/);
});

test('does not depend on the order in which issues come', async () => {
  const issues = [issueWith([thrown(STACK)], { shortId: 'SHOP-2' }), issueWith([thrown(STACK)])];

  const forth = await localiseIssues(casesOf(...issues), tools());
  const back = await localiseIssues(casesOf(...[...issues].reverse()), tools());

  expect(forth).toEqual(back);
  expect(forth.items.map(({ issue }) => issue)).toEqual(['SHOP-1', 'SHOP-1', 'SHOP-2', 'SHOP-2']);
});

test('says what the debugger saw, and goes back to where the value came from', async () => {
  const files: Readonly<Record<string, string>> = {
    'src/view.ts':
      "import { loadCart } from './load.ts';\nexport function show(cart) {\n  return cart.items.length;\n}\nshow(loadCart());\n",
    'src/load.ts': 'export function loadCart() {\n  return { id: 1, lines: [], total: 0 };\n}\n',
  };
  const message = "Cannot read properties of undefined (reading 'length')";
  const issue = issueWith([thrown([frame('src/view.ts', 3, { column: 21 })], { value: message })]);
  const seen: SeenThrow = {
    errorType: 'TypeError',
    message,
    uncaught: true,
    frames: [{ file: 'src/view.ts', line: 3, column: 21, values: { cart: { id: 1, lines: [], total: 0 } } }],
  };

  const { items } = await localiseIssues([{ issue, throws: [seen] }], {
    ...tools(),
    readSource: async (file) => files[file],
    listFiles: async () => Object.keys(files),
  });

  expect(items.map(({ file, line }) => `${file}:${line}`)).toEqual(['src/view.ts:3', 'src/load.ts:2']);
  expect(items[0]).toMatchObject({ values: { cart: { id: 1 } } });
  expect(items[0]?.reasons).toContain('`cart.items` was undefined here.');
  expect(items[1]?.reasons).toEqual(['The object is made here: it gives no `items`']);
});

test('goes by the frames that the debugger saw where the event has none', async () => {
  const seen: SeenThrow = {
    errorType: 'Error',
    message: 'no total',
    uncaught: false,
    frames: [
      { file: 'lib/other.ts', line: 1, column: 1, values: {} },
      { file: 'src/cart.ts', line: 20, column: 3, values: { cart: null } },
    ],
  };

  const { items } = await localiseIssues([{ issue: issueWith([thrown([])]), throws: [seen] }], tools());

  expect(items).toMatchObject([
    { file: 'src/cart.ts', line: 20, values: { cart: null }, reasons: [expect.stringContaining('debugger saw')] },
  ]);
});
