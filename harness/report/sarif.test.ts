import { expect, test } from 'vitest';
import { z } from 'zod';
import { readGolden } from '../../test/golden/read-golden.ts';
import { readCodeHost } from './code-host.ts';
import { formatSarif } from './sarif.ts';

const Place = z.object({
  physicalLocation: z.object({
    artifactLocation: z.object({ uri: z.string().regex(/^[^/\\][^\\]*$/), uriBaseId: z.literal('%SRCROOT%') }),
    region: z.object({ startLine: z.int().positive(), startColumn: z.int().positive().optional() }),
  }),
});
/** What SARIF 2.1.0 requires of the parts that we write, and what code hosts require besides. */
const Sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z.tuple([
    z.object({
      tool: z.object({ driver: z.object({ name: z.string(), rules: z.array(z.object({ id: z.string() })) }) }),
      versionControlProvenance: z.array(z.object({ repositoryUri: z.url(), revisionId: z.string() })).optional(),
      invocations: z.tuple([
        z.object({
          executionSuccessful: z.boolean(),
          toolExecutionNotifications: z.array(z.object({ message: z.object({ text: z.string() }) })),
        }),
      ]),
      results: z.array(
        z.object({
          ruleId: z.string(),
          ruleIndex: z.int().nonnegative(),
          level: z.enum(['error', 'warning', 'note', 'none']),
          message: z.object({ text: z.string().min(1) }),
          locations: z.tuple([Place]),
          relatedLocations: z.array(Place).optional(),
          partialFingerprints: z.record(z.string(), z.string().min(1)),
          workItemUris: z.array(z.url()).optional(),
          hostedViewerUri: z.url().optional(),
          fixes: z
            .array(
              z.object({
                artifactChanges: z
                  .array(
                    z.object({
                      replacements: z
                        .array(z.object({ deletedRegion: z.object({ charOffset: z.int(), charLength: z.int() }) }))
                        .min(1),
                    }),
                  )
                  .min(1),
              }),
            )
            .optional(),
          properties: z.object({ issue: z.string(), branch: z.string().optional() }),
        }),
      ),
    }),
  ]),
});

const golden = readGolden();
const host = readCodeHost({ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'acme/shop' });
const read = (record = golden, options = { host }) => Sarif.parse(JSON.parse(formatSarif(record, options))).runs[0];

test('one result for each issue that leads and has a suspect; the others are named', () => {
  const run = read();
  const followers = new Set(golden.issues.flatMap((issue) => issue.followers));
  const leading = golden.issues.map(({ shortId }) => shortId).filter((id) => !followers.has(id));
  const placed = leading.filter((id) => golden.suspects.some(({ issue }) => issue === id));

  expect(run.results.map(({ properties }) => properties.issue).sort()).toEqual(placed.sort());
  expect(run.invocations[0].toolExecutionNotifications).toHaveLength(leading.length - placed.length);
  for (const one of run.results) expect(run.tool.driver.rules[one.ruleIndex]?.id).toBe(one.ruleId);
});

test('the best suspect is the place, with the link to the branch', () => {
  const [first] = read().results;

  expect(first?.locations[0].physicalLocation).toMatchObject({
    artifactLocation: { uri: 'src/cart/totals.ts' },
    region: { startLine: 12 },
  });
  expect(first?.hostedViewerUri).toBe('https://github.com/acme/shop/tree/mend/shop-1-take-the-lines-own-price');
  expect(first?.message.text).toContain('](https://github.com/acme/shop/tree/mend/shop-1-');
  expect(first?.fixes?.[0]?.artifactChanges).toHaveLength(1);
});

test('paths are the repository’s where the app lies below it', () => {
  const [first] = read({ ...golden, app: { ...golden.app, root: 'apps/my shop' } }).results;

  expect(first?.locations[0].physicalLocation.artifactLocation.uri).toBe('apps/my%20shop/src/cart/totals.ts');
});

test('a dry run and an unknown host link nothing', () => {
  expect(read({ ...golden, dryRun: true }).results[0]?.properties.branch).toBeUndefined();
  const [first] = read(golden, { host: undefined }).results;
  expect(first?.hostedViewerUri).toBeUndefined();
  expect(first?.properties.branch).toBe('mend/shop-1-take-the-lines-own-price');
});

test('the mark of an error is the same when its line moved, and another for another error', () => {
  const moved = { ...golden, suspects: golden.suspects.map((one) => ({ ...one, line: one.line + 7 })) };
  const marks = (record = golden) => read(record).results.map(({ partialFingerprints }) => partialFingerprints);

  expect(marks(moved)).toEqual(marks());
  expect(new Set(marks().map((mark) => JSON.stringify(mark))).size).toBe(marks().length);
});

test('a stranger’s title makes no link of its own', () => {
  const issues = golden.issues.map((issue) => ({ ...issue, title: 'x [y](http://evil.example)' }));

  for (const { message } of read({ ...golden, issues }).results) expect(message.text).not.toMatch(/(?<!\\)\]\(http:/);
});
