// Counts which functions of its own files a Node process of the app calls. Plain CommonJS, loaded on demand.
'use strict';

const OTHERS = /[\\/]node_modules[\\/]/;

/** Returns `take`, which gives the functions called since it was asked last, and `stop`. */
module.exports = function coverNode() {
  // Needed only where it is asked for: not every build of Node has it.
  const { Session } = require('node:inspector');
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const take = () => {
    let covered = [];
    // A session on its own thread answers before it returns.
    session.post('Profiler.takePreciseCoverage', (error, answer) => {
      if (!error) covered = answer.result.flatMap(scriptOf);
    });
    return covered;
  };
  return { take, stop: () => session.disconnect() };
};

function scriptOf({ url, functions }) {
  const isOwn = (url.startsWith('file:') || url.startsWith('/')) && !OTHERS.test(url) && !url.includes(__dirname);
  if (!isOwn) return [];
  const called = functions.flatMap(({ functionName, ranges: [whole] }) =>
    whole.count > 0 && !(functionName === '' && whole.startOffset === 0) ? [whole.startOffset] : [],
  );
  return called.length === 0 ? [] : [{ script: url, functions: called.sort((a, b) => a - b) }];
}
