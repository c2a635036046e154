import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readGolden } from '../../test/golden/read-golden.ts';
import { createRunFolder, type RunFolder } from '../adapters/run-folder/run-folder.ts';
import { RunRecord } from '../model/run-record.ts';
import { tellNews } from './tell-news.ts';
import { REPORT_FILES, writeReports } from './write-reports.ts';

const golden = readGolden();
const ROOT = join(import.meta.dirname, '..', '..');

function repository(): string {
  const dir = mkdtempSync(join(tmpdir(), 'mendwright-reports-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function night(top: string, day: number, parts: Partial<RunRecord> = {}): { record: RunRecord; folder: RunFolder } {
  const id = `2026-11-${day}T02-00-00-3f2a`;
  const at = `2026-11-${day}T02:00:00.000Z`;
  const record = RunRecord.parse({ ...golden, id, startedAt: at, finishedAt: at, ...parts });
  return { record, folder: createRunFolder(join(top, '.mendwright'), id) };
}

test('writes every report, a page for each branch, and the viewer for its traces', () => {
  const top = repository();
  symlinkSync(join(ROOT, 'node_modules'), join(top, 'node_modules'));
  const { record, folder } = night(top, 20);

  const dir = writeReports(record, folder, {});

  for (const file of REPORT_FILES) expect(existsSync(join(dir, file))).toBe(true);
  expect(readFileSync(join(dir, 'branches', 'mend-shop-1-take-the-lines-own-price.md'), 'utf8')).toContain('SHOP-1');
  const [, link = ''] = /href="(trace\/index\.html)\?trace=/.exec(readFileSync(join(dir, 'report.html'), 'utf8')) ?? [];
  expect(existsSync(join(dir, link))).toBe(true);
});

test('a night without Playwright beside it links no viewer', () => {
  const { record, folder } = night(repository(), 20);

  const dir = writeReports(record, folder, {});

  expect(existsSync(join(dir, 'trace'))).toBe(false);
  expect(readFileSync(join(dir, 'report.html'), 'utf8')).not.toContain('trace/index.html');
});

test('trends hold the nights before, also one that left its record alone, and no broken one', () => {
  const top = repository();
  for (const day of [18, 19, 20]) {
    const { record, folder } = night(top, day);
    writeReports(record, folder, {});
    if (day === 18) rmSync(join(folder.dir, 'night.json'));
  }
  const broken = createRunFolder(join(top, '.mendwright'), '2026-11-17T02-00-00-3f2a');
  writeFileSync(join(broken.dir, 'night.json'), '{"version":99}');

  const { record, folder } = night(top, 21);
  const dir = writeReports(record, folder, {});

  expect(readFileSync(join(dir, 'report.html'), 'utf8')).toContain('Trends over 4 nights');
  expect(readFileSync(join(dir, 'report.md'), 'utf8')).toContain('### Trends over 4 nights');
});

test('the job summary keeps to GitHub’s limit together with what the step wrote before', () => {
  const top = repository();
  const file = join(top, 'summary.md');
  writeFileSync(file, 'x'.repeat(1024 * 1024 - 4_000));
  const { record, folder } = night(top, 20);

  writeReports(record, folder, { GITHUB_STEP_SUMMARY: file });

  const text = readFileSync(file, 'utf8');
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1024 * 1024);
  expect(text).toMatch(/not fit here; report\.html has the whole night\.\n$/);
});

async function hook(): Promise<{ url: string; bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { url: `http://127.0.0.1:${address.port}/`, bodies };
}

const NOTIFY = { notify: { webhook: 'HOOK_URL' } };
const CALM = { issues: [], outcomes: [], red: [], flaky: [], suspects: [], patches: [], verdicts: [], skipped: [] };

test('news go out once a night, and only when something changed', async () => {
  const top = repository();
  const { url, bodies } = await hook();
  const tell = async (day: number, parts: Partial<RunRecord> = {}): Promise<number> => {
    const { record, folder } = night(top, day, parts);
    writeReports(record, folder, {});
    expect(await tellNews(record, folder, NOTIFY, { HOOK_URL: url })).toEqual([]);
    return bodies.length;
  };

  expect(await tell(18)).toBe(1);
  expect(await tell(18)).toBe(1); // The same run again.
  expect(await tell(19)).toBe(1); // Nothing changed.
  expect(await tell(20, { ...CALM, dryRun: true })).toBe(1);
  expect(await tell(21, { ...CALM, command: 'fix' })).toBe(1);
  expect(await tell(22, CALM)).toBe(2);
  expect(JSON.parse(bodies[1] ?? '').changes.map(({ kind }: { kind: string }) => kind)).toContain('gone');
});

test('a green first night has no news, and a target that is down is only told of', async () => {
  const top = repository();
  const calm = night(top, 18, CALM);
  expect(await tellNews(calm.record, calm.folder, NOTIFY, {})).toEqual([]);

  const { record, folder } = night(top, 19);
  const troubles = await tellNews(record, folder, NOTIFY, { HOOK_URL: 'http://127.0.0.1:1/s3cret' });

  expect(troubles).toEqual(['webhook was not told: the address in HOOK_URL cannot be reached.']);
});

test('secrets reach no report and no message', async () => {
  const top = repository();
  mkdirSync(top, { recursive: true });
  const secret = `ghp_${'Zq'.repeat(18)}`;
  const issues = golden.issues.map((issue) => ({ ...issue, title: `${issue.title} ${secret}` }));
  const { record, folder } = night(top, 18, { issues, notes: [`Authorization: Bearer ${secret}`] });
  const { url, bodies } = await hook();

  const dir = writeReports(record, folder, {});
  await tellNews(record, folder, NOTIFY, { HOOK_URL: url });

  for (const file of [
    ...REPORT_FILES,
    'night.json',
    'dashboard.md',
    'branches/mend-shop-1-take-the-lines-own-price.md',
  ]) {
    expect(readFileSync(join(dir, file), 'utf8')).not.toContain(secret);
  }
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).not.toContain(secret);
});
