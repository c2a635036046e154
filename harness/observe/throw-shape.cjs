// Shapes what V8's debugger tells of a throw, for pages and Node servers alike: which objects to copy, and the state that
// is made of the copies. Plain CommonJS, because it is loaded into the app's own servers as well.
'use strict';

const MOST_FRAMES = 6;
const DEPTH = 3;
const LIBRARY = /[\\/]node_modules[\\/]/;
const KINDS = ['local', 'block', 'catch', 'closure', 'module'];

/** Type and message of what was thrown; undefined for pauses that are no throw. */
function thrownBy({ reason, data = {} }) {
  if (reason !== 'exception' && reason !== 'promiseRejection') return undefined;
  const { description, value } = data;
  if (description === undefined) return { errorType: '', message: String(value) };
  const [, text] = /^(.*?)(?:\n\s+at .*)?$/s.exec(description);
  const [, errorType = '', message = text] = /^([\w$.]*(?:Error|Exception)): ?(.*)$/s.exec(text) ?? [];
  return { errorType, message };
}

/** V8 names a script once, when it is parsed; frames only carry its id. */
function framesOf({ callFrames, scripts }) {
  return callFrames
    .map((frame) => ({ ...frame, url: scripts.get(frame.location.scriptId) ?? '' }))
    .filter(({ url }) => url !== '' && !url.startsWith('node:') && !LIBRARY.test(url))
    .slice(0, MOST_FRAMES);
}

function scopesOf(frame) {
  return frame.scopeChain.filter(({ type, object }) => KINDS.includes(type) && object.objectId !== undefined);
}

/** The objects to copy, each with how deep. */
function objectsOf(event) {
  return framesOf(event).flatMap((frame) => [
    ...scopesOf(frame).map(({ type, object }) => ({ objectId: object.objectId, depth: type === 'module' ? 1 : DEPTH })),
    ...(frame.this.objectId === undefined ? [] : [{ objectId: frame.this.objectId, depth: 2 }]),
  ]);
}

/** The frame in which expressions are evaluated: the innermost of the app. */
function frameToAsk(event) {
  return framesOf(event)[0]?.callFrameId;
}

const MOST_TEXT = 200;
/** Side effects, variables that were optimised away, and text that is no expression: the frame itself throws none of it. */
const CANNOT_TELL = /^(?:EvalError: Possible side-effect|ReferenceError: |SyntaxError: |Execution was terminated)/;

/** `answer` is V8's to `Debugger.evaluateOnCallFrame`; undefined where it gave none. */
function evaluationOf(expression, answer) {
  if (answer === undefined) return { expression, outcome: 'unknown', told: 'no answer' };
  const { result, exceptionDetails } = answer;
  if (exceptionDetails) {
    const told = textOf(exceptionDetails.exception ?? { description: exceptionDetails.text }).split('\n')[0];
    return { expression, outcome: CANNOT_TELL.test(told) ? 'unknown' : 'throws', told: told.slice(0, MOST_TEXT) };
  }
  return { expression, outcome: 'value', told: textOf(result).slice(0, MOST_TEXT) };
}

function textOf({ type, value, unserializableValue, description }) {
  if (type === 'undefined') return '<undefined>';
  if (type === 'string') return JSON.stringify(value);
  return unserializableValue ?? description ?? String(value);
}

/** `copies` are by object id; what could not be copied is left out. */
function stateOf(event, copies, facts) {
  return {
    ...facts,
    ...thrownBy(event),
    uncaught: event.data.uncaught === true,
    frames: framesOf(event).map((frame) => ({
      script: frame.url,
      place: placeOf(frame.location),
      function: frame.functionName,
      scopes: scopesOf(frame).flatMap(({ type, object, startLocation, endLocation }) => {
        const variables = copies.get(object.objectId);
        if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return [];
        const range = startLocation && endLocation && { from: placeOf(startLocation), to: placeOf(endLocation) };
        return [{ kind: type, ...range, variables }];
      }),
      this: frame.this.objectId === undefined ? (frame.this.value ?? '<undefined>') : copies.get(frame.this.objectId),
    })),
  };
}

/** V8 counts from 0. */
function placeOf({ lineNumber, columnNumber = 0 }) {
  return { line: lineNumber + 1, column: columnNumber + 1 };
}

module.exports = { thrownBy, objectsOf, stateOf, frameToAsk, evaluationOf };
