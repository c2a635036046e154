/** Refuses edits of what decides whether an error is reported: Sentry's set-up, its filters, its captures, log levels. */
import ts from 'typescript';
import { surplusOf } from '../../model/surplus.ts';
import type { GuardRule, PatchedFile } from './rule.ts';
import { parseFile } from './syntax.ts';

const MONITORING_CALLS =
  /^(?:Sentry\.)?(?:init|captureException|captureMessage|captureEvent|withScope|setTag|close|flush|addEventProcessor)$/;
const MONITORING_KEYS = new Set([
  'ignoreErrors',
  'denyUrls',
  'allowUrls',
  'beforeSend',
  'beforeSendTransaction',
  'sampleRate',
  'tracesSampleRate',
  'enabled',
  'integrations',
  'defaultIntegrations',
  'ignoreTransactions',
  'ignoreSpans',
  'maxBreadcrumbs',
  'transport',
  'environment',
  'release',
  'debug',
  'dsn',
  'tunnel',
  'logLevel',
]);

export const rule: GuardRule = {
  id: 'touches-monitoring',
  refuse({ files }) {
    const touched = files.find((file) => {
      const [before, after] = [monitoringIn(file, 'before'), monitoringIn(file, 'after')];
      const isFewer = surplusOf(before, after).length > 0;
      return isFewer || setUp(before) !== setUp(after);
    });
    return touched && `${touched.file} would report differently to Sentry.`;
  },
};

/** What may come: one report more. */
const REPORT = /^(?:Sentry\.)?capture(?:Exception|Message)$/;

/** In its order, all but the reports themselves. */
function setUp(found: readonly string[]): string {
  return found.filter((one) => !REPORT.test(one)).join('\n');
}

/** Every monitoring call and option of a file, in order, with its text. */
function monitoringIn(file: PatchedFile, side: 'before' | 'after'): string[] {
  const tree = parseFile(file.file, file[side]);
  if (tree === undefined) return [];
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isMonitoringCall(node)) found.push(node.expression.getText(tree));
    if (ts.isPropertyAssignment(node) && isInsideInit(node) && MONITORING_KEYS.has(node.name.getText(tree))) {
      found.push(node.getText(tree).replace(/\s+/g, ' '));
    }
    node.forEachChild(visit);
  };
  visit(tree);
  return found;
}

function isMonitoringCall(node: ts.CallExpression): boolean {
  const callee = node.expression.getText();
  return (
    callee.startsWith('Sentry.') ||
    (MONITORING_CALLS.test(callee) && /capture|addEventProcessor/.test(callee)) ||
    /\bgetClient\(\)|\bgetCurrentHub\(\)/.test(callee)
  );
}

function isInsideInit(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    if (ts.isCallExpression(at) && /\binit$/.test(at.expression.getText())) return true;
  }
  return false;
}
