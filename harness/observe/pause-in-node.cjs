// Pauses the app's own Node process where an expected error is thrown, copies what its frames hold, and lets it go on.
'use strict';

const snapshotValues = require('./snapshot-values.cjs');
const { evaluationOf, frameToAsk, objectsOf, stateOf, thrownBy } = require('./throw-shape.cjs');

const COPY = snapshotValues.toString();

/** Longest that one expression may take; what it asks may loop. */
const EVALUATE_MS = 100;

/**
 * `patterns` are regular expressions of messages, `expressions` evaluated in the throwing frame; `tell` is called with each
 * state. Returns a function that ends it.
 */
module.exports = function pauseInNode({ patterns, expressions }, tell) {
  // Needed only where it is asked for: not every build of Node has it.
  const { Session } = require('node:inspector');
  const wanted = patterns.map((pattern) => new RegExp(pattern, 's'));
  const session = new Session();
  session.connect();
  // On its own thread a session answers at once, also while the thread is paused; when the listener returns, it goes on.
  const scripts = new Map();
  session.on('Debugger.scriptParsed', ({ params }) => scripts.set(params.scriptId, params.url));
  session.on('Debugger.paused', ({ params }) => {
    const event = { ...params, scripts };
    const thrown = thrownBy(event);
    if (thrown === undefined || !wanted.some((pattern) => pattern.test(thrown.message))) return;
    const copies = new Map();
    for (const { objectId, depth } of objectsOf(event)) copies.set(objectId, copyOf(session, objectId, depth));
    const at = new Date().toISOString();
    const evaluated = expressions.map((expression) => evaluate(session, frameToAsk(event), expression));
    tell(stateOf(event, copies, { runtime: 'server', at, ...(expressions.length > 0 && { evaluated }) }));
  });
  session.post('Debugger.enable');
  session.post('Debugger.setPauseOnExceptions', { state: 'all' });
  return () => session.disconnect();
};

function evaluate(session, callFrameId, expression) {
  let answer;
  const request = { callFrameId, expression, silent: true, throwOnSideEffect: true, timeout: EVALUATE_MS };
  session.post('Debugger.evaluateOnCallFrame', request, (error, given) => {
    if (!error) answer = given;
  });
  return evaluationOf(expression, answer);
}

function copyOf(session, objectId, depth) {
  let copy;
  for (const throwOnSideEffect of [true, false]) {
    const request = {
      objectId,
      functionDeclaration: COPY,
      arguments: [{ value: depth }],
      returnByValue: true,
      silent: true,
      throwOnSideEffect,
    };
    let failed = true;
    session.post('Runtime.callFunctionOn', request, (error, answer) => {
      failed = Boolean(error) || answer.exceptionDetails !== undefined;
      if (!failed) copy = answer.result.value;
    });
    if (!failed) break;
  }
  return copy;
}
