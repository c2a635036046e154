import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { createProgress, type Progress } from './progress.ts';

interface Screen {
  readonly progress: Progress;
  /** Everything written so far. */
  written(): string;
  wait(seconds: number): void;
}

function watch({ isTerminal, isQuiet = false }: { isTerminal: boolean; isQuiet?: boolean }): Screen {
  let time = Date.parse('2026-11-23T02:00:00Z');
  let written = '';
  const stream = Object.assign(new PassThrough(), {
    isTTY: isTerminal,
    columns: 100,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => true,
  });
  stream.on('data', (chunk) => {
    written += chunk;
  });
  return {
    progress: createProgress({ stream, isTerminal, isQuiet, now: () => new Date(time) }),
    written: () => written,
    wait: (seconds) => {
      time += seconds * 1000;
    },
  };
}

test('says plainly, with the time, what begins, what was found and what is done', () => {
  const { progress, written, wait } = watch({ isTerminal: false });

  progress.stage('run', 'running every scenario');
  wait(12);
  progress.line('SHOP-1  TypeError: a is undefined');
  progress.stage('collect');
  progress.warn('The checkout is dirty.');
  wait(1);
  progress.done();

  expect(written()).toBe(
    [
      '[02:00:00] run: running every scenario',
      '[02:00:12]   SHOP-1 TypeError: a is undefined',
      '[02:00:12] run: done in 12 s',
      '[02:00:12] collect',
      '[02:00:12] warning: The checkout is dirty.',
      '[02:00:13] collect: done in 1.0 s',
      '',
    ].join('\n'),
  );
});

test('tells an unwatched log only now and then where a stage stands', () => {
  const { progress, written, wait } = watch({ isTerminal: false });

  progress.stage('validate', 'judging 40 candidates');
  for (let done = 1; done <= 40; done++) {
    wait(1);
    progress.update(`${done} of 40`);
  }

  expect(written().split('\n').slice(1, -1)).toEqual([
    '[02:00:10] validate: 10 of 40',
    '[02:00:20] validate: 20 of 40',
    '[02:00:30] validate: 30 of 40',
    '[02:00:40] validate: 40 of 40',
  ]);
});

test('keeps finished stages and findings on a terminal, and nothing spins after the end', () => {
  const { progress, written, wait } = watch({ isTerminal: true });

  progress.stage('run', 'running every scenario');
  progress.line('SHOP-1 TypeError');
  wait(2);
  progress.update('12 of 12');
  progress.stage('collect', 'reading the issues');
  wait(1);
  progress.done();

  const lines = stripVTControlCharacters(written()).split('\n');
  expect(lines.filter((line) => /SHOP-1|✔/.test(line)).map((line) => line.replace(/^.*(?=✔)/, ''))).toEqual([
    expect.stringContaining('SHOP-1 TypeError'),
    '✔ run        12 of 12  2.0 s',
    '✔ collect    reading the issues  1.0 s',
  ]);
  expect(lines.at(-1)).toBe('');
});

test.each([[true], [false]])('sends no control character of a title to the stream (terminal: %s)', (isTerminal) => {
  const { progress, written } = watch({ isTerminal });

  progress.stage('collect', 'a\u0007b');
  progress.line('SHOP-1 \u001b]0;owned\u0007\u202eevil\nsecond line');
  progress.warn('\u009b2Jgone');
  progress.done();

  for (const text of ['\u0007', 'owned', '\u202e', '\u009b', 'evil\n']) expect(written()).not.toContain(text);
  expect(written()).toContain('SHOP-1 ‹U+202E›evil second line');
});

test('shows nothing when it shall be quiet', () => {
  const { progress, written } = watch({ isTerminal: true, isQuiet: true });

  progress.stage('run');
  progress.line('a');
  progress.warn('b');
  progress.done();

  expect(written()).toBe('');
});

test.each([
  [true, '✖ run        running  3.0 s'],
  [false, '[02:00:03] run: given up after 3.0 s'],
])('calls no stage done that was given up (terminal: %s)', (isTerminal, last) => {
  const { progress, written, wait } = watch({ isTerminal });

  progress.stage('run', 'running');
  wait(3);
  progress.stop();
  progress.stop();

  const shown = stripVTControlCharacters(written()).trimEnd().split('\n').at(-1);
  expect(shown?.replace(/^.*(?=✖)/, '')).toBe(last);
});
