/** Refuses new handlers that take every error of the page or the process before anybody sees it. */
import ts from 'typescript';
import type { GuardRule } from './rule.ts';
import { hasMore } from './syntax.ts';

const EVENTS = /^(?:error|unhandledrejection|rejectionhandled|uncaughtException|unhandledRejection)$/;
const HANDLERS = /(?:^|\.)on(?:error|unhandledrejection)$/;

export const rule: GuardRule = {
  id: 'swallows-globally',
  refuse({ files }) {
    const deaf = files.find((file) => hasMore(file, isGlobalHandler));
    return deaf && `${deaf.file} would take errors of the whole app, not only this one.`;
  },
};

function isGlobalHandler(node: ts.Node): boolean {
  if (ts.isBinaryExpression(node)) {
    return node.operatorToken.kind === ts.SyntaxKind.EqualsToken && HANDLERS.test(node.left.getText());
  }
  if (!ts.isCallExpression(node)) return false;
  const callee = node.expression.getText();
  const [event] = node.arguments;
  const listens =
    /^(?:(?:window|self|globalThis|process)\.)?(?:addEventListener|on|once|addListener|setUncaughtExceptionCaptureCallback)$/;
  if (/setUncaughtExceptionCaptureCallback$/.test(callee)) return true;
  return listens.test(callee) && event !== undefined && ts.isStringLiteralLike(event) && EVENTS.test(event.text);
}
