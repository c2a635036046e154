/** How a night shows what it does: a spinner with lasting lines on a terminal, plain lines with their time elsewhere. */
import ora from 'ora';
import { oneLine } from '../markup/plain-text.ts';
import { formatSeconds } from '../report/night-words.ts';

export interface Progress {
  /** A new stage begins; the one before it is done. */
  stage(name: string, detail?: string): void;
  /** Where the stage stands: `7 of 12`. */
  update(detail: string): void;
  /** A finding that stays on the screen. */
  line(text: string): void;
  warn(text: string): void;
  /** The last stage is done; nothing spins after it. */
  done(): void;
  /** The running stage was given up: trouble, or Ctrl-C. After `done` it does nothing. */
  stop(): void;
}

export interface ProgressOptions {
  readonly stream: NodeJS.WritableStream;
  /** A person watches; false in CI and when piped. */
  readonly isTerminal: boolean;
  /** Nothing is shown at all. */
  readonly isQuiet?: boolean;
  readonly now: () => Date;
}

/** Everything that is shown passes as one harmless line: titles and messages are strangers' text. */
export function createProgress(options: ProgressOptions): Progress {
  if (options.isQuiet) return SILENT;
  return options.isTerminal ? spinner(options) : plainLines(options);
}

const SILENT: Progress = {
  stage: () => undefined,
  update: () => undefined,
  line: () => undefined,
  warn: () => undefined,
  done: () => undefined,
  stop: () => undefined,
};

interface Running {
  readonly name: string;
  readonly detail: string;
  readonly since: number;
}

const NAME = 10;

function spinner({ stream, now }: ProgressOptions): Progress {
  let running: Running | undefined;
  const elapsed = (since: number): string => formatSeconds(Math.max(0, now().getTime() - since) / 1000);
  const spin = ora({
    stream,
    isEnabled: true,
    // Raw mode would take Ctrl-C away from the process, and with it the clean end.
    discardStdin: false,
    suffixText: () => (running === undefined ? '' : elapsed(running.since)),
  });

  function finish(symbol: string): void {
    if (running === undefined) return;
    const { name, detail, since } = running;
    running = undefined;
    spin.stopAndPersist({ symbol, text: `${name.padEnd(NAME)} ${detail}  ${elapsed(since)}` });
  }

  /** A lasting line goes above the spinner, which is drawn again below it. */
  function above(text: string): void {
    const wasSpinning = spin.isSpinning;
    if (wasSpinning) spin.stop();
    stream.write(`${text}\n`);
    if (wasSpinning) spin.start();
  }

  return {
    stage(name, detail = '') {
      finish('✔');
      running = { name: oneLine(name, 40), detail: oneLine(detail, 120), since: now().getTime() };
      spin.start(`${running.name.padEnd(NAME)} ${running.detail}`);
    },
    update(detail) {
      if (running === undefined) return;
      running = { ...running, detail: oneLine(detail, 120) };
      spin.text = `${running.name.padEnd(NAME)} ${running.detail}`;
    },
    line: (text) => above(`  ${oneLine(text, 300)}`),
    warn: (text) => above(`! ${oneLine(text, 600)}`),
    done: () => finish('✔'),
    stop: () => finish('✖'),
  };
}

/** How often an unwatched stage says where it stands. */
const UPDATE_MS = 10_000;

function plainLines({ stream, now }: ProgressOptions): Progress {
  let running: Running | undefined;
  let spokenAt = 0;

  function say(text: string): void {
    spokenAt = now().getTime();
    stream.write(`[${now().toISOString().slice(11, 19)}] ${text}\n`);
  }

  function finish(how: 'done in' | 'given up after'): void {
    if (running === undefined) return;
    const { name, since } = running;
    running = undefined;
    say(`${name}: ${how} ${formatSeconds(Math.max(0, now().getTime() - since) / 1000)}`);
  }

  return {
    stage(name, detail = '') {
      finish('done in');
      running = { name: oneLine(name, 40), detail: oneLine(detail, 120), since: now().getTime() };
      say([running.name, running.detail].filter(Boolean).join(': '));
    },
    update(detail) {
      if (running === undefined || now().getTime() - spokenAt < UPDATE_MS) return;
      say(`${running.name}: ${oneLine(detail, 120)}`);
    },
    line: (text) => say(`  ${oneLine(text, 300)}`),
    warn: (text) => say(`warning: ${oneLine(text, 600)}`),
    done: () => finish('done in'),
    stop: () => finish('given up after'),
  };
}
