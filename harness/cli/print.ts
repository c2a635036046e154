/** The only writer to stdout and stderr: results on stdout, everything else on stderr. */
import process from 'node:process';
import { styleText } from 'node:util';
import { plainText } from '../markup/plain-text.ts';

/** A result as it is, with a line break at its end. */
export function printResult(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** Trouble, for people. Its text may quote strangers; `code` can be searched for. */
export function printError(text: string, code?: string): void {
  process.stderr.write(formatError(text, { code, colour: process.stderr.isTTY === true && !process.env.NO_COLOR }));
}

export interface ErrorFormat {
  readonly code: string | undefined;
  readonly colour: boolean;
}

/** First line marked, further lines (the next step, a stack) below it. */
export function formatError(text: string, { code, colour }: ErrorFormat): string {
  const [first = '', ...more] = plainText(text).split('\n');
  const mark = colour ? styleText('red', '✖', { validateStream: false }) : '✖';
  const suffix = code === undefined ? '' : ` (${code})`;
  const shownCode = colour && suffix ? styleText('dim', suffix, { validateStream: false }) : suffix;
  return `${[`${mark} ${first}${shownCode}`, ...more].join('\n')}\n`;
}
