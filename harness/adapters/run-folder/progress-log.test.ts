import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeNightLock } from './night-lock.ts';
import { keepProgress, openProgressReader, type Told } from './progress-log.ts';
import { createRunFolder } from './run-folder.ts';

const RUN = '2026-11-24T02-00-00-aaaa';
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mendwright-progress-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function begin(run = RUN) {
  const said: string[] = [];
  const say = (text: string): void => {
    said.push(text);
  };
  const shown: Told = { stage: say, update: say, line: say, warn: say };
  let second = 0;
  const now = (): Date => new Date(Date.UTC(2026, 10, 24, 2, 0, second++));
  return { said, ...keepProgress(shown, createRunFolder(home, run), now) };
}

test('tells the terminal and keeps it for whoever reads along', () => {
  const reader = openProgressReader(home);
  expect(reader.read()).toBeUndefined();
  const release = takeNightLock(home, RUN);
  const { progress, end, said } = begin();
  progress.stage('run', 'running every scenario');
  progress.update('green: pays');

  expect(reader.read()).toEqual({
    ...{ run: RUN, state: 'running', startedAt: '2026-11-24T02:00:00.000Z', now: 'green: pays', lines: [] },
    stages: [{ name: 'run', detail: 'running every scenario', startedAt: '2026-11-24T02:00:00.000Z' }],
  });

  progress.line('SHOP-1 broke');
  progress.warn('The checkout has changes.');
  progress.stage('collect', 'reading the issues');
  expect(reader.read()).toMatchObject({
    now: 'reading the issues',
    lines: [
      { text: 'SHOP-1 broke', isWarning: false },
      { text: 'The checkout has changes.', isWarning: true },
    ],
  });
  end();
  release();

  expect(reader.read()).toMatchObject({
    ...{ state: 'ended', endedAt: '2026-11-24T02:00:05.000Z' },
    stages: [{ name: 'run' }, { name: 'collect' }],
  });
  expect(said).toEqual(['run', 'green: pays', 'SHOP-1 broke', 'The checkout has changes.', 'collect']);
});

test('a night whose process is gone was cut off', () => {
  begin().progress.stage('run', '');

  expect(openProgressReader(home).read()).toMatchObject({ run: RUN, state: 'killed' });
});

test('a run that is gone on with begins anew behind its end', () => {
  const first = begin();
  first.progress.stage('run', '');
  first.end();
  takeNightLock(home, RUN);
  begin().progress.stage('publish', '');

  expect(openProgressReader(home).read()).toMatchObject({ state: 'running', stages: [{ name: 'publish' }] });
});

test('turns to the newer run', () => {
  const reader = openProgressReader(home);
  begin().progress.line('old');
  reader.read();
  begin('2026-11-25T02-00-00-bbbb').progress.line('new');

  expect(reader.read()).toMatchObject({ run: '2026-11-25T02-00-00-bbbb', lines: [{ text: 'new' }] });
});

test('reads a half written line when it is whole, and gives nothing for lines of other versions', () => {
  const reader = openProgressReader(home);
  const file = join(createRunFolder(home, RUN).dir, 'progress.jsonl');
  const line = JSON.stringify({ at: '2026-11-24T02:00:00.000Z', kind: 'line', text: 'naïve ☂' });
  appendFileSync(file, `{"kind":"dance"}\nno json\n${line.slice(0, -6)}`);
  expect(reader.read()?.lines).toEqual([]);

  appendFileSync(file, `${line.slice(-6)}\n`);

  expect(reader.read()?.lines).toEqual([{ text: 'naïve ☂', isWarning: false }]);
});

test('keeps the newest findings and one update of thousands', () => {
  const reader = openProgressReader(home);
  const { progress } = begin();
  for (let index = 0; index < 100; index++) {
    progress.line(`finding ${index}`);
    progress.update(`at ${index}`);
    if (index === 70) reader.read();
  }

  const night = reader.read();

  expect(night?.now).toBe('at 99');
  expect(night?.lines.map(({ text }) => text)).toEqual(
    Array.from({ length: 40 }, (_, index) => `finding ${index + 60}`),
  );
});
