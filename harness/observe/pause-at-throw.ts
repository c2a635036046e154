/** Pauses a page of Chromium where an expected error is thrown, copies what its frames hold, and lets it go on. */
import type { CDPSession, Page } from '@playwright/test';
import type { Evaluation, ThrowState } from '../model/throw-state.ts';
import snapshotValues from './snapshot-values.cjs';
import { evaluationOf, frameToAsk, objectsOf, type PausedEvent, stateOf, thrownBy } from './throw-shape.cjs';

const COPY = snapshotValues.toString();
/** Longest that one copy may take; the app may hold anything. */
const COPY_MS = 500;
/** Longest that one expression may take; what it asks may loop. */
const EVALUATE_MS = 100;

export interface WantedThrows {
  /** Those of `errorPattern`. */
  readonly patterns: readonly string[];
  /** Evaluated in the throwing frame, without side effects. */
  readonly expressions: readonly string[];
}

/**
 * `tell` is called once per throw that matches a pattern, before the page goes on. Returns at once for other browsers, whose debugger nobody can ask.
 */
export async function pauseAtThrow(
  page: Page,
  { patterns, expressions }: WantedThrows,
  tell: (state: ThrowState) => void,
): Promise<void> {
  if (page.context().browser()?.browserType().name() !== 'chromium') return;
  const wanted = patterns.map((pattern) => new RegExp(pattern, 's'));
  const session = await page.context().newCDPSession(page);
  const scripts = new Map<string, string>();
  session.on('Debugger.scriptParsed', ({ scriptId, url }) => void scripts.set(scriptId, url));
  session.on('Debugger.paused', (paused) => {
    const event = { ...paused, scripts };
    const thrown = thrownBy(event);
    const isWanted = thrown !== undefined && wanted.some((pattern) => pattern.test(thrown.message));
    const read = isWanted ? readState(session, event, expressions).then(tell) : Promise.resolve();
    // A page that is gone need not go on, and one that could not be read must.
    void read.catch(() => undefined).then(() => session.send('Debugger.resume').catch(() => undefined));
  });
  await session.send('Debugger.enable');
  await session.send('Debugger.setPauseOnExceptions', { state: 'all' });
}

async function readState(session: CDPSession, event: PausedEvent, expressions: readonly string[]): Promise<ThrowState> {
  const at = new Date().toISOString();
  const copies = new Map<string, unknown>();
  for (const { objectId, depth } of objectsOf(event)) copies.set(objectId, await copyOf(session, objectId, depth));
  const evaluated: Evaluation[] = [];
  for (const expression of expressions) evaluated.push(await evaluate(session, event, expression));
  return stateOf(event, copies, { runtime: 'browser', at, ...(expressions.length > 0 && { evaluated }) });
}

async function evaluate(session: CDPSession, event: PausedEvent, expression: string): Promise<Evaluation> {
  const callFrameId = frameToAsk(event);
  if (callFrameId === undefined) return evaluationOf(expression, undefined);
  const request = { callFrameId, expression, silent: true, throwOnSideEffect: true, timeout: EVALUATE_MS };
  return evaluationOf(expression, await session.send('Debugger.evaluateOnCallFrame', request).catch(() => undefined));
}

async function copyOf(session: CDPSession, objectId: string, depth: number): Promise<unknown> {
  const ask = async (throwOnSideEffect: boolean): Promise<unknown> => {
    const { result, exceptionDetails } = await session.send('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: COPY,
      arguments: [{ value: depth }],
      returnByValue: true,
      silent: true,
      throwOnSideEffect,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value;
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), COPY_MS);
  });
  return Promise.race([ask(true).catch(() => ask(false)), late]).finally(() => clearTimeout(timer));
}
