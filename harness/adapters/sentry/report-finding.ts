/** Reports a red scenario that sent nothing to Sentry, so that every finding is an issue with a short id. */
import type { Event, NodeClient, StackFrame } from '@sentry/node';
import { Failure } from '../../model/failure.ts';
import { parseStack } from '../../model/parse-stack.ts';
import { ownClient } from './own-client.ts';

export interface Finding {
  /** Id of the scenario. */
  readonly scenario: string;
  readonly step: string;
  readonly title: string;
  readonly message: string;
  /** `AssertionError` and the like; `ScenarioFailed` when left out. */
  readonly type?: string;
  /** As a browser, Node or Python prints it. */
  readonly stack?: string;
  /** Place in the scenario, for findings without a stack. */
  readonly file?: string;
  readonly line?: number;
  readonly pageUrl?: string;
}

export interface ReportOptions {
  readonly dsn: string;
  readonly environment: string;
  readonly release?: string;
}

const HARNESS_LOGGER = 'mendwright';
const FLUSH_MS = 10_000;

/** The id of the event, once Sentry took it. Throws an upstream Failure where it did not. */
export async function reportFinding(finding: Finding, options: ReportOptions): Promise<string> {
  const { client, scope } = ownClient({ ...options, release: options.release });
  try {
    const answered = answerOf(client);
    const id = client.captureEvent(eventOf(finding), {}, scope);
    const isFlushed = await client.flush(FLUSH_MS);
    const status = answered();
    if (isFlushed && status !== undefined && status >= 200 && status < 300) return id;
    const said = status === undefined ? 'did not answer' : `answered ${status}`;
    throw new Failure('upstream', 'finding-not-sent', `Sentry ${said} to the report of a red scenario.`, {
      hint: 'Check the DSN (sentry.dsn) and that its key is active.',
    });
  } finally {
    await client.close(0);
  }
}

/** Status of the last answer to an event. */
function answerOf(client: NodeClient): () => number | undefined {
  let status: number | undefined;
  client.on('afterSendEvent', (_event, answer) => {
    status = answer.statusCode;
  });
  return () => status;
}

function eventOf(finding: Finding): Event {
  const frames = framesOf(finding);
  const value = {
    type: finding.type ?? 'ScenarioFailed',
    value: finding.message,
    mechanism: { type: 'mendwright', handled: true },
    ...(frames.length === 0 ? {} : { stacktrace: { frames } }),
  };
  return {
    level: 'error',
    logger: HARNESS_LOGGER,
    transaction: finding.title,
    fingerprint: [finding.scenario, finding.step],
    exception: { values: [value] },
    tags: { 'mendwright.scenario': finding.scenario.slice(0, 200), 'mendwright.step': finding.step.slice(0, 200) },
    contexts: { mendwright: { scenario: finding.scenario, step: finding.step, title: finding.title } },
    ...(finding.pageUrl === undefined ? {} : { request: { url: finding.pageUrl } }),
  };
}

/** Outermost caller first. */
function framesOf(finding: Finding): StackFrame[] {
  const parsed = parseStack(finding.stack ?? '').map(({ file, line, column, inApp, function: name }) => ({
    filename: file,
    in_app: inApp,
    ...(name !== undefined && { function: name }),
    ...(line !== undefined && { lineno: line }),
    ...(column !== undefined && { colno: column }),
  }));
  if (parsed.length > 0 || finding.file === undefined) return parsed;
  return [
    {
      filename: finding.file,
      function: finding.step,
      in_app: true,
      ...(finding.line === undefined ? {} : { lineno: finding.line }),
    },
  ];
}
